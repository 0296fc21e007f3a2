# English, the reference: the other languages have the same messages.

language-name = English
languages-label = Language
skip-to-content = Skip to the content
site-description = Send a password, a key or a note as a link that works only once.
footer-about = How secrets are kept safe
footer-contact = Contact
footer-terms = Terms

## Time

duration-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
duration-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
duration-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
left-minutes = { $minutes ->
    [one] { $minutes } minute left
   *[other] { $minutes } minutes left
}
left-hours = { $hours ->
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
left-days = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
ago-now = just now
ago-minutes = { $minutes ->
    [one] { $minutes } minute ago
   *[other] { $minutes } minutes ago
}
ago-hours = { $hours ->
    [one] { $hours } hour ago
   *[other] { $hours } hours ago
}
ago-days = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
date-time = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $time } UTC

## Creating

create-title = Share a secret
create-lead = You get a link that works only once. The first person to open it sees the secret; after that it is gone.
create-kind-label = What do you want to share?
create-kind-text = Your own text
create-kind-generated = A new password
create-closed = You need an account to create a link here.
secret-label = Secret
secret-hint = A password, a key, a note: up to { $bytes ->
    [one] { $bytes } byte
   *[other] { $bytes } bytes
} (about one per letter).
length-label = Length
length-hint = { $least } to { $most } characters
characters-label = Characters
characters-all = Letters, digits and symbols
characters-plain = Letters and digits
characters-readable = Letters and digits without look-alikes
characters-digits = Digits only
lifetime-label = Valid for
passphrase-label = Passphrase
passphrase-optional = optional
passphrase-hint = The recipient needs it to open the link. Share it some other way, by phone for example.
passphrase-minimum = { $characters ->
    [one] At least { $characters } character.
   *[other] At least { $characters } characters.
}
passphrase-edges = The passphrase begins or ends with a space. The recipient must type that, too.
account-summary = I have an account
account-hint = This page keeps your token in memory only, until you leave it.
account-email-label = Your e-mail address
account-token-label = API token
recipient-label = Mail the link to
recipient-hint = The mail contains the link, never the secret or the passphrase.
create-button = Create link
generate-button = Create password and link
working = One moment…
network-lost-create = No answer arrived. You can try again: if a link was created all the same, nobody knows it except the person it was mailed to.
network-lost-reveal = No answer arrived, and the secret may have been used up. Try again or reload this page to find out.
network-lost-burn = No answer arrived. Reload this page to see what happened to the secret.
network-refused = The service refused this: the data is too large, or there were too many attempts at once. Nothing has happened; please try again.
offline = You are offline, and nothing was sent. Try again when you are back online.

## The link that was made

created-title = Your link is ready
created-lead = Send it to the recipient. It works only once; after that the secret is gone.
created-lead-mailed = It is on its way to { $recipient }. There is nothing more for you to do.
created-passphrase = Tell the recipient the passphrase some other way.
link-label = The link to send
link-summary = Show the link
copy-link = Copy the link
copy-message = Copy with a message
message-summary = Show the message
message-lead = Here is a secret for you:
message-gone = If the secret is already gone, tell me: somebody else may have opened it.
copy-value = Copy the password
copy-secret = Copy the secret
copied = Copied
copy-failed = Please copy it by hand: the text is selected.
text-show = Show
text-hide = Hide
qr-summary = Show as a QR code
qr-label = QR code of the link
value-label = The new password
value-hint = You see it now. The person who opens the link sees it once more.
private-title = Only for you
private-lead = The receipt shows whether the secret was opened. There you can also destroy the secret unread. Do not share the link to the receipt: anyone who has it can also open the secret.
private-open = Open the receipt
create-another = Share another secret

## Revealing

reveal-title = Somebody has sent you a secret
reveal-lead = It is shown only once, and then it is gone for good. Have a place ready to keep it.
reveal-hold = Hold to show the secret
reveal-holding = Keep holding…
reveal-hold-hint = Press and hold for one second: with a finger, the mouse or the space bar.
hold-too-short = Not yet: keep pressing for a whole second.
reveal-type-summary = I cannot hold a button
reveal-type-label = Type “{ $word }” to continue
reveal-type-word = show
reveal-show = Show the secret
deliberate-not-yet = Not yet
reveal-deliberate = Show it to me now. I know that this works only once.
deliberate-missing = Please choose an answer first. Nothing has happened to the secret.
reveal-passphrase-label = Passphrase
reveal-passphrase-hint = The sender gives you the passphrase some other way.
reveal-passphrase-wrong = This passphrase does not open the secret. Check capital letters and spaces. After { $guesses ->
    [one] { $guesses } wrong attempt
   *[other] { $guesses } wrong attempts
} you must wait for up to { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
revealed-title = Here is your secret
revealed-label = The secret
revealed-once = The secret is shown only this once. Save the text somewhere safe now: it is gone when you leave this page.
gone-title = There is nothing here any more
gone-lead = The secret was opened or destroyed, or it has expired. It is also possible that there is a mistake in the link.
gone-advice = Ask the sender for a new link. If you did not open the secret yourself, say so: somebody else may have opened it.
link-incomplete-title = This link is not complete
link-incomplete-lead = Copy it once more, all of it. Nothing has happened to the secret.

## The receipt

receipt-title = Receipt
receipt-open-title = Not opened yet
receipt-open-lead = The link still works, but only once.
receipt-ended-title = Time is up
receipt-ended-lead = The link no longer works. If it was opened at the last moment, this page will say so in a few minutes.
receipt-received-title = The secret was opened
receipt-received-lead = The link no longer works. If the wrong person opened the secret, change what it contained.
receipt-burned-title = The secret was destroyed
receipt-burned-lead = Nobody has opened it, and nobody can any more.
receipt-expired-title = The secret has expired
receipt-expired-lead = Nobody has opened it, and nobody can any more.
receipt-timeline = History
receipt-created = Created
receipt-received = Opened
receipt-burned = Destroyed
receipt-expired = Expired
receipt-ended = Ended
receipt-expires = Expires
receipt-mailed = Mailed to { $recipient }
receipt-has-passphrase = A passphrase is needed to open it
receipt-link-summary = Show the link again
receipt-reload = Reload this page for news.
receipt-private = This page is only for you: anyone who has its address can open or destroy the secret.
receipt-gone-title = There is no such receipt
receipt-gone-lead = It has expired, or its address is not complete. A receipt stays valid twice as long as its secret.
burn-title = Destroy the secret unread
burn-lead = Do this if the link went to the wrong person or is no longer needed. It cannot be undone.
burn-hold = Hold to destroy the secret
burn-button = Destroy the secret
burn-deliberate = Destroy it. I know that this cannot be undone.
burn-type-word = destroy
burn-passphrase-hint = The passphrase that you chose when you shared the secret.
burn-passphrase-wrong = This is not the passphrase of this secret. The secret was not destroyed.

## Errors

error-title = That did not work
error-nothing-to-share = There is no secret to share yet.
error-too-large = { $bytes ->
    [one] The secret is larger than { $bytes } byte.
   *[other] The secret is larger than { $bytes } bytes.
}
error-passphrase-short = { $characters ->
    [one] A passphrase must have at least { $characters } character.
   *[other] A passphrase must have at least { $characters } characters.
}
error-passphrase-long = { $characters ->
    [one] A passphrase may have at most { $characters } character.
   *[other] A passphrase may have at most { $characters } characters.
}
error-account-to-mail = You need an account to send mail.
error-undeliverable = { $address } is not an e-mail address.
error-two-recipients = A link that works only once can go to only one address.
error-domain = You may not use the domain { $domain }.
error-length-short = { $characters ->
    [one] A password must have at least { $characters } character.
   *[other] A password must have at least { $characters } characters.
}
error-length-long = { $characters ->
    [one] A password may have at most { $characters } character.
   *[other] A password may have at most { $characters } characters.
}
error-no-characters = There are no characters left to choose from.
error-payload = The form could not be read. Please reload the page.
error-not-authorized = The e-mail address or the token is wrong, or you need an account to create a link here.
error-credentials = The e-mail address or the token is wrong.
error-too-many = { $minutes ->
    [one] Too many attempts. Please try again in { $minutes } minute.
   *[other] Too many attempts. Please try again in { $minutes } minutes.
}
error-too-many-hours = { $hours ->
    [one] Too many attempts. Please try again in { $hours } hour.
   *[other] Too many attempts. Please try again in { $hours } hours.
}
error-mail = The mail could not be sent, and the secret was not kept. Please try again.
error-mail-off = This service does not send mail, and the secret was not kept.
error-unavailable = The service is not available at the moment. Please try again shortly.
error-unexpected = Something went wrong on our side. Please try again.
error-elsewhere = This form was sent from another site. Nothing has happened.
error-back = Back to the start page
not-found-title = There is no such page
not-found-lead = Perhaps the address is not complete.

## How secrets are kept safe

about-title = How secrets are kept safe
about-once = A secret is shown only once, to the first person who opens its link, and the same step destroys it.
about-deliberate = Opening the link does not show the secret yet: that takes one more step, which mail scanners and link previews do not take, so they do not use the secret up.
about-sealed = Each secret is encrypted with a key of its own, and the link is part of that key.
about-table = Without the link nobody can read what we store, not even us.
about-passphrase = If you choose a passphrase, it becomes part of the key as well.
about-guessing = After { $guesses ->
    [one] { $guesses } wrong passphrase
   *[other] { $guesses } wrong passphrases
}, no further attempt is possible for up to { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
about-expiry = A secret that nobody opens expires, and from then on it cannot be opened.
about-backup = There are no backups of secrets: what is gone stays gone.
about-tracking = These pages set no cookies, load nothing from third parties and track nobody.
about-receipt = The receipt tells you whether your secret was opened, but not by whom: if it was not the recipient, change what the secret contained.

## The mail

mail-subject = { $sender } sent you a secret
mail-title = A secret for you
mail-lead = { $sender } has shared a secret with you:
mail-button = Open the link
mail-until = The link works only once and is valid until { $until } ({ $duration }).
mail-once = Have a place ready to keep the secret: it is shown only once.
mail-passphrase = To open it you need a passphrase, which you get separately.
mail-unexpected = If you did not expect this, do not open the link; ask the sender first.
mail-about = { $brand } sends passwords, keys and notes as links that work only once.
