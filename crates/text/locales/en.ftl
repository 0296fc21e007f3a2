# English, the reference: the other languages have the same messages.

language-name = English
languages-label = Language
skip-to-content = Skip to the content
site-description = Hand over a password, a key or a note with a link that works once.
footer-about = How it is kept safe
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

## Creating

create-title = Share a secret
create-lead = You get a link that works once. Whoever opens it first sees the text; after that it is gone.
create-kind-label = What to share
create-kind-text = A text of your own
create-kind-generated = A new password
create-closed = Creating a link needs an account here.
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
characters-readable = Letters and digits that look different
characters-digits = Digits only
lifetime-label = Works for
passphrase-label = Passphrase
passphrase-optional = optional
passphrase-hint = The recipient needs it to open the link. Tell it some other way, by phone for example.
account-summary = I have an account
account-hint = This page keeps your token in memory only, until you leave it.
account-email-label = Your e-mail address
account-token-label = API token
recipient-label = Mail the link to
recipient-hint = The mail has the link in it, never the secret or the passphrase.
create-button = Create the link
generate-button = Make a password and its link
working = One moment…
network-lost-create = The answer did not arrive. You may try again: if a link was made all the same, nobody knows it but whoever it was mailed to.
network-lost-reveal = The answer did not arrive, and the secret may have been used up by it. Load this page again to see.
network-lost-burn = The answer did not arrive. Load this page again to see what has become of the secret.
network-refused = The service did not take this: it is too large, or too much at once. Nothing has happened; please try again.

## The link that was made

created-title = Your link is ready
created-lead = Hand it over. It works once, and then it is gone.
created-mailed = The link was mailed to { $recipient }.
created-passphrase = Tell the recipient the passphrase some other way.
link-label = The link to hand over
copy-link = Copy the link
copy-value = Copy the password
copy-secret = Copy the secret
copied = Copied
copy-failed = Please copy it by hand: it is selected.
text-show = Show
text-hide = Hide
qr-summary = Show as a QR code
qr-label = QR code of the link
value-label = The new password
value-hint = It is shown to you now, and once more to whoever opens the link.
private-title = For you alone
private-lead = The receipt tells whether the secret was opened, and can destroy it unread. Do not share its link: who has it can also open the secret.
private-open = Open the receipt
create-another = Share another secret

## Revealing

reveal-title = Somebody has sent you a secret
reveal-lead = It is shown once, and then it is gone for good. Have a place ready to keep it.
reveal-hold = Hold to show the secret
reveal-holding = Keep holding…
reveal-hold-hint = Press and hold for a second: with a finger, the mouse, or the space bar.
reveal-type-summary = I cannot hold a button
reveal-type-label = Type “{ $word }” to go on
reveal-type-word = show
reveal-show = Show the secret
deliberate-not-yet = Not yet
reveal-deliberate = Show it to me now. I know that this works once.
deliberate-missing = Please choose first. Nothing has happened to the secret.
reveal-passphrase-label = Passphrase
reveal-passphrase-hint = The sender has told it to you some other way.
reveal-passphrase-wrong = This passphrase does not open the secret. Check capital letters and spaces. After { $guesses ->
    [one] { $guesses } wrong attempt
   *[other] { $guesses } wrong attempts
} you must wait for up to { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
revealed-title = Here is your secret
revealed-label = The secret
revealed-once = This was the only time. Keep the text somewhere safe now: it is gone when you leave this page.
gone-title = There is nothing here any more
gone-lead = The secret was opened, has expired or was withdrawn, or the link is not complete.
gone-advice = Ask the sender for a new one. If it was not you who opened it, say so: then somebody else has read it.

## The receipt

receipt-title = Receipt
receipt-open-title = Not opened yet
receipt-open-lead = The link still works, once.
receipt-ended-title = Its time is up
receipt-ended-lead = The link works no longer. If it was opened at the last moment, this page will say so in a few minutes.
receipt-received-title = The secret was opened
receipt-received-lead = The link works no longer. If it was not opened by the one you meant it for, change what was in it.
receipt-burned-title = The secret was destroyed
receipt-burned-lead = Nobody has read it, and nobody can any more.
receipt-expired-title = The secret has expired
receipt-expired-lead = Nobody has read it, and nobody can any more.
receipt-timeline = What has happened
receipt-created = Created
receipt-received = Opened
receipt-burned = Destroyed
receipt-expired = Expired
receipt-ended = Ended
receipt-expires = Expires
receipt-mailed = Mailed to { $recipient }
receipt-has-passphrase = Opens with a passphrase
receipt-link-summary = Show the link again
receipt-private = This page is for you alone: who has its address can open or destroy the secret.
receipt-gone-title = There is no such receipt
receipt-gone-lead = It has ended, or its address is not complete. A receipt lives twice as long as its secret.
burn-title = Destroy it unread
burn-lead = If the link went to the wrong person, or is needed no longer. There is no way back.
burn-hold = Hold to destroy it
burn-button = Destroy the secret
burn-deliberate = Destroy it. I know that there is no way back.
burn-type-word = destroy
burn-passphrase-hint = The one you gave to the secret when you shared it.
burn-passphrase-wrong = This is not the passphrase of the secret. It was not destroyed.

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
error-account-to-mail = Only accounts can send mails.
error-undeliverable = { $address } is not an e-mail address.
error-two-recipients = A link that works once can only go to one address.
error-domain = You may not use the domain { $domain }.
error-length-short = { $characters ->
    [one] A password must have at least { $characters } character.
   *[other] A password must have at least { $characters } characters.
}
error-length-long = { $characters ->
    [one] A password may have at most { $characters } character.
   *[other] A password may have at most { $characters } characters.
}
error-no-characters = No characters to choose from are left.
error-payload = The form could not be read. Please load the page again.
error-not-authorized = The e-mail address or the token is wrong, or creating a link needs an account here.
error-too-many = { $minutes ->
    [one] Too many attempts. Please try again in { $minutes } minute.
   *[other] Too many attempts. Please try again in { $minutes } minutes.
}
error-too-many-hours = { $hours ->
    [one] Too many attempts. Please try again in { $hours } hour.
   *[other] Too many attempts. Please try again in { $hours } hours.
}
error-mail = The mail could not be sent, and the secret was not kept. Please try again.
error-mail-off = This service sends no mails, and the secret was not kept.
error-unavailable = The service is not available at the moment. Please try again shortly.
error-unexpected = Something went wrong on our side. Please try again.
error-elsewhere = This form was sent from another site, and nothing was done.
error-back = To the start page
not-found-title = There is no such page
not-found-lead = Perhaps the address is not complete.

## How it is kept safe

about-title = How it is kept safe
about-once = A secret is shown once, to whoever opens its link first, and destroyed by the same step.
about-deliberate = Opening the link shows nothing yet: that takes a step which mail scanners and previews do not take, so they do not use the secret up.
about-sealed = The text is sealed with a key of its own, and the link is a part of that key.
about-table = What we store opens nothing without the link, not even for us.
about-passphrase = A passphrase, if there is one, becomes a part of the key as well.
about-guessing = After { $guesses ->
    [one] { $guesses } wrong passphrase
   *[other] { $guesses } wrong passphrases
}, no further attempt is possible for up to { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
about-expiry = What nobody opens expires, and cannot be opened from that moment on.
about-backup = There are no backups of secrets: what is gone stays gone.
about-tracking = These pages set no cookies, load nothing from anybody else, and count nobody.
about-receipt = The receipt tells the sender that a secret was opened, though not by whom: if it was not the recipient, change what was in it.

## The mail

mail-subject = { $sender } sent you a secret
mail-title = A secret for you
mail-lead = { $sender } has shared a secret with you:
mail-button = Open the link
mail-until = The link works once, and until { $until } ({ $duration }).
mail-passphrase = You need a passphrase to open it, which you get separately.
mail-unexpected = If you did not expect this, do not open the link, and ask the sender.
