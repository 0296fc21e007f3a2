# Deutsch

language-name = Deutsch
languages-label = Sprache
skip-to-content = Zum Inhalt springen
site-description = Übergeben Sie ein Passwort, einen Schlüssel oder eine Notiz mit einem Link, der nur einmal funktioniert.
footer-about = So bleibt es sicher
footer-contact = Kontakt
footer-terms = Nutzungsbedingungen

## Time

duration-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
duration-hours = { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
}
duration-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
left-minutes = { $minutes ->
    [one] noch { $minutes } Minute
   *[other] noch { $minutes } Minuten
}
left-hours = { $hours ->
    [one] noch { $hours } Stunde
   *[other] noch { $hours } Stunden
}
left-days = { $days ->
    [one] noch { $days } Tag
   *[other] noch { $days } Tage
}
ago-now = gerade eben
ago-minutes = { $minutes ->
    [one] vor { $minutes } Minute
   *[other] vor { $minutes } Minuten
}
ago-hours = { $hours ->
    [one] vor { $hours } Stunde
   *[other] vor { $hours } Stunden
}
ago-days = { $days ->
    [one] vor { $days } Tag
   *[other] vor { $days } Tagen
}

## Creating

create-title = Ein Geheimnis teilen
create-lead = Sie bekommen einen Link, der einmal funktioniert. Wer ihn zuerst öffnet, sieht den Text; danach ist er weg.
create-kind-label = Was möchten Sie teilen?
create-kind-text = Eigener Text
create-kind-generated = Neues Passwort
create-closed = Um hier einen Link zu erstellen, brauchen Sie ein Konto.
secret-label = Geheimnis
secret-hint = Ein Passwort, ein Schlüssel, eine Notiz: bis zu { $bytes ->
    [one] { $bytes } Byte
   *[other] { $bytes } Byte
} (etwa eines pro Buchstabe).
length-label = Länge
length-hint = { $least } bis { $most } Zeichen
characters-label = Zeichen
characters-all = Buchstaben, Ziffern und Sonderzeichen
characters-plain = Buchstaben und Ziffern
characters-readable = Buchstaben und Ziffern ohne Verwechslungsgefahr
characters-digits = Nur Ziffern
lifetime-label = Gültig für
passphrase-label = Kennwort
passphrase-optional = optional
passphrase-hint = Der Empfänger braucht es, um den Link zu öffnen. Teilen Sie es auf anderem Weg mit, zum Beispiel am Telefon.
account-summary = Ich habe ein Konto
account-hint = Diese Seite behält Ihr Token nur im Speicher, bis Sie sie verlassen.
account-email-label = Ihre E-Mail-Adresse
account-token-label = API-Token
recipient-label = Link per E-Mail senden an
recipient-hint = In der E-Mail steht der Link, nie das Geheimnis oder das Kennwort.
create-button = Link erstellen
generate-button = Passwort und Link erstellen
working = Einen Moment …
network-lost-create = Die Antwort ist nicht angekommen. Versuchen Sie es ruhig noch einmal: Falls doch ein Link entstanden ist, kennt ihn nur, wem er per E-Mail geschickt wurde.
network-lost-reveal = Die Antwort ist nicht angekommen, und das Geheimnis kann dabei verbraucht worden sein. Laden Sie diese Seite neu, um es zu sehen.
network-lost-burn = Die Antwort ist nicht angekommen. Laden Sie diese Seite neu, um zu sehen, was aus dem Geheimnis geworden ist.
network-refused = Der Dienst hat das nicht angenommen: Es ist zu groß oder zu viel auf einmal. Es ist nichts geschehen; bitte versuchen Sie es noch einmal.

## The link that was made

created-title = Ihr Link ist fertig
created-lead = Geben Sie ihn weiter. Er funktioniert einmal, danach ist das Geheimnis weg.
created-mailed = Der Link ging per E-Mail an { $recipient }.
created-passphrase = Teilen Sie dem Empfänger das Kennwort auf anderem Weg mit.
link-label = Link zum Weitergeben
copy-link = Link kopieren
copy-value = Passwort kopieren
copy-secret = Geheimnis kopieren
copied = Kopiert
copy-failed = Bitte kopieren Sie von Hand: Der Text ist markiert.
text-show = Anzeigen
text-hide = Verbergen
qr-summary = Als QR-Code anzeigen
qr-label = QR-Code des Links
value-label = Das neue Passwort
value-hint = Sie sehen es jetzt, und wer den Link öffnet, sieht es noch einmal.
private-title = Nur für Sie
private-lead = Der Beleg zeigt, ob das Geheimnis geöffnet wurde, und kann es ungelesen vernichten. Geben Sie seinen Link nicht weiter: Wer ihn hat, kann auch das Geheimnis öffnen.
private-open = Beleg öffnen
create-another = Noch ein Geheimnis teilen

## Revealing

reveal-title = Jemand hat Ihnen ein Geheimnis geschickt
reveal-lead = Es wird einmal angezeigt und ist danach endgültig weg. Überlegen Sie vorher, wo Sie es aufbewahren.
reveal-hold = Halten, um es anzuzeigen
reveal-holding = Weiter halten …
reveal-hold-hint = Eine Sekunde gedrückt halten: mit dem Finger, der Maus oder der Leertaste.
reveal-type-summary = Ich kann keine Taste gedrückt halten
reveal-type-label = Tippen Sie „{ $word }“, um fortzufahren
reveal-type-word = zeigen
reveal-show = Geheimnis anzeigen
deliberate-not-yet = Noch nicht
reveal-deliberate = Jetzt anzeigen. Ich weiß, dass das nur einmal geht.
deliberate-missing = Bitte wählen Sie zuerst. Mit dem Geheimnis ist nichts geschehen.
reveal-passphrase-label = Kennwort
reveal-passphrase-hint = Der Absender hat es Ihnen auf anderem Weg mitgeteilt.
reveal-passphrase-wrong = Dieses Kennwort öffnet das Geheimnis nicht. Achten Sie auf Groß- und Kleinschreibung und auf Leerzeichen. Nach { $guesses ->
    [one] { $guesses } falschen Versuch
   *[other] { $guesses } falschen Versuchen
} müssen Sie bis zu { $minutes ->
    [one] { $minutes } Minute warten.
   *[other] { $minutes } Minuten warten.
}
revealed-title = Hier ist Ihr Geheimnis
revealed-label = Das Geheimnis
revealed-once = Das war das einzige Mal. Bewahren Sie den Text jetzt sicher auf: Er ist weg, wenn Sie diese Seite verlassen.
gone-title = Hier ist nichts mehr
gone-lead = Das Geheimnis wurde geöffnet, ist abgelaufen oder wurde zurückgezogen, oder der Link ist unvollständig.
gone-advice = Bitten Sie den Absender um einen neuen. Wenn nicht Sie es geöffnet haben, sagen Sie es ihm: Dann hat es jemand anderes gelesen.

## The receipt

receipt-title = Beleg
receipt-open-title = Noch nicht geöffnet
receipt-open-lead = Der Link funktioniert noch, genau einmal.
receipt-ended-title = Die Zeit ist um
receipt-ended-lead = Der Link funktioniert nicht mehr. Wurde er im letzten Augenblick geöffnet, steht das in einigen Minuten hier.
receipt-received-title = Das Geheimnis wurde geöffnet
receipt-received-lead = Der Link funktioniert nicht mehr. Wenn ihn jemand anderes geöffnet hat, ändern Sie, was darin stand.
receipt-burned-title = Das Geheimnis wurde vernichtet
receipt-burned-lead = Niemand hat es gelesen, und niemand kann es mehr lesen.
receipt-expired-title = Das Geheimnis ist abgelaufen
receipt-expired-lead = Niemand hat es gelesen, und niemand kann es mehr lesen.
receipt-timeline = Was geschehen ist
receipt-created = Erstellt
receipt-received = Geöffnet
receipt-burned = Vernichtet
receipt-expired = Abgelaufen
receipt-ended = Beendet
receipt-expires = Läuft ab
receipt-mailed = Per E-Mail an { $recipient }
receipt-has-passphrase = Öffnet sich mit einem Kennwort
receipt-link-summary = Link noch einmal anzeigen
receipt-private = Diese Seite ist nur für Sie: Wer ihre Adresse hat, kann das Geheimnis öffnen oder vernichten.
receipt-gone-title = Diesen Beleg gibt es nicht
receipt-gone-lead = Er ist abgelaufen, oder die Adresse ist unvollständig. Ein Beleg lebt doppelt so lange wie sein Geheimnis.
burn-title = Ungelesen vernichten
burn-lead = Falls der Link an die falsche Person ging oder nicht mehr gebraucht wird. Das lässt sich nicht rückgängig machen.
burn-hold = Halten, um es zu vernichten
burn-button = Geheimnis vernichten
burn-deliberate = Vernichten. Ich weiß, dass sich das nicht rückgängig machen lässt.
burn-type-word = vernichten
burn-passphrase-hint = Das Kennwort, das Sie dem Geheimnis beim Teilen gegeben haben.
burn-passphrase-wrong = Das ist nicht das Kennwort des Geheimnisses. Es wurde nicht vernichtet.

## Errors

error-title = Das hat nicht geklappt
error-nothing-to-share = Es gibt noch kein Geheimnis zum Teilen.
error-too-large = { $bytes ->
    [one] Das Geheimnis ist größer als { $bytes } Byte.
   *[other] Das Geheimnis ist größer als { $bytes } Byte.
}
error-passphrase-short = { $characters ->
    [one] Ein Kennwort muss mindestens { $characters } Zeichen haben.
   *[other] Ein Kennwort muss mindestens { $characters } Zeichen haben.
}
error-passphrase-long = { $characters ->
    [one] Ein Kennwort darf höchstens { $characters } Zeichen haben.
   *[other] Ein Kennwort darf höchstens { $characters } Zeichen haben.
}
error-account-to-mail = Nur mit einem Konto lassen sich E-Mails senden.
error-undeliverable = { $address } ist keine E-Mail-Adresse.
error-two-recipients = Ein Link, der einmal funktioniert, kann nur an eine Adresse gehen.
error-domain = Sie dürfen die Domain { $domain } nicht verwenden.
error-length-short = { $characters ->
    [one] Ein Passwort muss mindestens { $characters } Zeichen haben.
   *[other] Ein Passwort muss mindestens { $characters } Zeichen haben.
}
error-length-long = { $characters ->
    [one] Ein Passwort darf höchstens { $characters } Zeichen haben.
   *[other] Ein Passwort darf höchstens { $characters } Zeichen haben.
}
error-no-characters = Es bleiben keine Zeichen zur Auswahl.
error-payload = Das Formular ließ sich nicht lesen. Bitte laden Sie die Seite neu.
error-not-authorized = Die E-Mail-Adresse oder das Token ist falsch, oder Sie brauchen hier ein Konto, um einen Link zu erstellen.
error-too-many = { $minutes ->
    [one] Zu viele Versuche. Bitte versuchen Sie es in { $minutes } Minute noch einmal.
   *[other] Zu viele Versuche. Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
}
error-too-many-hours = { $hours ->
    [one] Zu viele Versuche. Bitte versuchen Sie es in { $hours } Stunde noch einmal.
   *[other] Zu viele Versuche. Bitte versuchen Sie es in { $hours } Stunden noch einmal.
}
error-mail = Die E-Mail ließ sich nicht senden, und das Geheimnis wurde nicht behalten. Bitte versuchen Sie es noch einmal.
error-mail-off = Dieser Dienst sendet keine E-Mails, und das Geheimnis wurde nicht behalten.
error-unavailable = Der Dienst ist gerade nicht verfügbar. Bitte versuchen Sie es gleich noch einmal.
error-unexpected = Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.
error-elsewhere = Dieses Formular kam von einer anderen Website, und es wurde nichts getan.
error-back = Zur Startseite
not-found-title = Diese Seite gibt es nicht
not-found-lead = Vielleicht ist die Adresse unvollständig.

## How it is kept safe

about-title = So bleibt es sicher
about-once = Ein Geheimnis wird einmal angezeigt, und zwar dem, der seinen Link zuerst öffnet; derselbe Schritt vernichtet es.
about-deliberate = Das Öffnen des Links zeigt noch nichts: Dazu braucht es einen Schritt, den Mailscanner und Vorschauen nicht tun, sodass sie das Geheimnis nicht verbrauchen.
about-sealed = Der Text ist mit einem eigenen Schlüssel versiegelt, und der Link ist ein Teil dieses Schlüssels.
about-table = Was wir speichern, öffnet ohne den Link nichts, auch nicht uns.
about-passphrase = Ein Kennwort wird, wenn es eines gibt, ebenfalls ein Teil des Schlüssels.
about-guessing = Nach { $guesses ->
    [one] { $guesses } falschen Kennwort
   *[other] { $guesses } falschen Kennwörtern
} ist bis zu { $minutes ->
    [one] { $minutes } Minute lang kein weiterer Versuch möglich.
   *[other] { $minutes } Minuten lang kein weiterer Versuch möglich.
}
about-expiry = Was niemand öffnet, läuft ab und lässt sich von da an nicht mehr öffnen.
about-backup = Von Geheimnissen gibt es keine Sicherungskopien: Was weg ist, bleibt weg.
about-tracking = Diese Seiten setzen keine Cookies, laden nichts von Dritten und zählen niemanden.
about-receipt = Der Beleg sagt dem Absender, dass ein Geheimnis geöffnet wurde, aber nicht, von wem: War es nicht der Empfänger, ändern Sie, was darin stand.

## The mail

mail-subject = { $sender } hat Ihnen ein Geheimnis geschickt
mail-title = Ein Geheimnis für Sie
mail-lead = { $sender } teilt ein Geheimnis mit Ihnen:
mail-button = Link öffnen
mail-until = Der Link funktioniert einmal, und zwar bis { $until } ({ $duration }).
mail-passphrase = Zum Öffnen brauchen Sie ein Kennwort, das Sie gesondert erhalten.
mail-unexpected = Wenn Sie das nicht erwartet haben, öffnen Sie den Link nicht, und fragen Sie den Absender.
