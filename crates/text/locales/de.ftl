# Deutsch

language-name = Deutsch
languages-label = Sprache
skip-to-content = Zum Inhalt springen
site-description = Senden Sie ein Passwort, einen Schlüssel oder eine Notiz als Link, der nur einmal funktioniert.
footer-about = So bleiben Geheimnisse sicher
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
date-time = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }, { $time } Uhr UTC

## Creating

create-title = Ein Geheimnis teilen
create-lead = Sie bekommen einen Link, der nur einmal funktioniert. Wer ihn zuerst öffnet, sieht das Geheimnis; danach ist es weg.
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
passphrase-label = Kennwort für den Link
passphrase-optional = optional
passphrase-hint = Der Empfänger braucht es, um den Link zu öffnen. Teilen Sie es ihm auf anderem Weg mit, zum Beispiel am Telefon.
passphrase-minimum = { $characters ->
    [one] Mindestens { $characters } Zeichen.
   *[other] Mindestens { $characters } Zeichen.
}
passphrase-edges = Das Kennwort beginnt oder endet mit einem Leerzeichen. Auch das muss der Empfänger eingeben.
account-summary = Ich habe ein Konto
account-hint = Diese Seite behält Ihr Token nur im Arbeitsspeicher, bis Sie sie verlassen.
account-email-label = Ihre E-Mail-Adresse
account-token-label = API-Token
recipient-label = Link per E-Mail senden an
recipient-hint = Die E-Mail enthält den Link, aber nie das Geheimnis oder das Kennwort.
create-button = Link erstellen
generate-button = Passwort und Link erstellen
working = Einen Moment …
network-lost-create = Es ist keine Antwort angekommen. Sie können es noch einmal versuchen: Falls doch ein Link entstanden ist, kennt ihn niemand außer der Person, an die er per E-Mail ging.
network-lost-reveal = Es ist keine Antwort angekommen, und das Geheimnis ist vielleicht schon verbraucht. Versuchen Sie es noch einmal oder laden Sie diese Seite neu, um nachzusehen.
network-lost-burn = Es ist keine Antwort angekommen. Laden Sie diese Seite neu, um zu sehen, was aus dem Geheimnis geworden ist.
network-refused = Der Dienst hat das nicht angenommen: Die Daten sind zu groß, oder es kam zu viel auf einmal. Es ist nichts geschehen; bitte versuchen Sie es noch einmal.
offline = Sie sind offline, und es wurde nichts gesendet. Versuchen Sie es noch einmal, wenn Sie wieder online sind.

## The link that was made

created-title = Ihr Link ist fertig
created-lead = Senden Sie ihn dem Empfänger. Er funktioniert nur einmal, danach ist das Geheimnis weg.
created-lead-mailed = Er ist unterwegs an { $recipient }. Sie brauchen nichts weiter zu tun.
created-passphrase = Teilen Sie dem Empfänger das Kennwort auf anderem Weg mit.
link-label = Link zum Weitergeben
link-summary = Link anzeigen
copy-link = Link kopieren
copy-message = Mit Nachricht kopieren
message-summary = Nachricht anzeigen
message-lead = Hier ist ein Geheimnis:
message-gone = Falls das Geheimnis schon weg ist, sagen Sie mir bitte Bescheid: Vielleicht hat es jemand anderes geöffnet.
copy-value = Passwort kopieren
copy-secret = Geheimnis kopieren
copied = Kopiert
copy-failed = Bitte kopieren Sie von Hand: Der Text ist markiert.
text-show = Anzeigen
text-hide = Verbergen
qr-summary = Als QR-Code anzeigen
qr-label = QR-Code des Links
value-label = Das neue Passwort
value-hint = Sie sehen es jetzt. Wer den Link öffnet, sieht es noch einmal.
private-title = Nur für Sie
private-lead = Der Beleg zeigt, ob das Geheimnis geöffnet wurde; dort können Sie es auch ungelesen vernichten. Geben Sie den Link zum Beleg nicht weiter: Wer ihn hat, kann auch das Geheimnis öffnen.
private-open = Beleg öffnen
create-another = Noch ein Geheimnis teilen

## Revealing

reveal-title = Jemand hat Ihnen ein Geheimnis geschickt
reveal-lead = Es wird nur einmal angezeigt und ist danach endgültig weg. Überlegen Sie vorher, wo Sie es aufbewahren.
reveal-hold = Gedrückt halten zum Anzeigen
reveal-holding = Weiter gedrückt halten …
reveal-hold-hint = Eine Sekunde gedrückt halten: mit dem Finger, der Maus oder der Leertaste.
hold-too-short = Noch nicht: Halten Sie eine ganze Sekunde lang gedrückt.
reveal-type-summary = Ich kann nicht gedrückt halten
reveal-type-label = Geben Sie „{ $word }“ ein, um fortzufahren
reveal-type-word = zeigen
reveal-show = Geheimnis anzeigen
deliberate-not-yet = Noch nicht
reveal-deliberate = Jetzt anzeigen. Ich weiß, dass das nur einmal geht.
deliberate-missing = Bitte wählen Sie zuerst eine Antwort. Mit dem Geheimnis ist nichts geschehen.
reveal-passphrase-label = Kennwort für den Link
reveal-passphrase-hint = Der Absender teilt Ihnen das Kennwort auf anderem Weg mit.
reveal-passphrase-wrong = Dieses Kennwort öffnet das Geheimnis nicht. Achten Sie auf Groß- und Kleinschreibung und auf Leerzeichen. Nach { $guesses ->
    [one] { $guesses } falschen Versuch
   *[other] { $guesses } falschen Versuchen
} müssen Sie bis zu { $minutes ->
    [one] { $minutes } Minute warten.
   *[other] { $minutes } Minuten warten.
}
revealed-title = Hier ist Ihr Geheimnis
revealed-label = Das Geheimnis
revealed-once = Das Geheimnis wird nur dieses eine Mal angezeigt. Bewahren Sie den Text jetzt sicher auf: Er ist weg, wenn Sie diese Seite verlassen.
gone-title = Hier ist nichts mehr
gone-lead = Das Geheimnis wurde geöffnet oder vernichtet, oder es ist abgelaufen. Vielleicht enthält auch der Link einen Fehler.
gone-advice = Bitten Sie den Absender um einen neuen Link. Wenn Sie das Geheimnis nicht selbst geöffnet haben, sagen Sie es ihm: Vielleicht hat es jemand anderes geöffnet.
link-incomplete-title = Dieser Link ist unvollständig
link-incomplete-lead = Kopieren Sie ihn noch einmal, und zwar ganz. Mit dem Geheimnis ist nichts geschehen.

## The receipt

receipt-title = Beleg
receipt-open-title = Noch nicht geöffnet
receipt-open-lead = Der Link funktioniert noch, aber nur einmal.
receipt-ended-title = Die Zeit ist um
receipt-ended-lead = Der Link funktioniert nicht mehr. Wurde er im letzten Augenblick geöffnet, steht das in einigen Minuten hier.
receipt-received-title = Das Geheimnis wurde geöffnet
receipt-received-lead = Der Link funktioniert nicht mehr. Wenn die falsche Person das Geheimnis geöffnet hat, ändern Sie, was darin stand.
receipt-burned-title = Das Geheimnis wurde vernichtet
receipt-burned-lead = Niemand hat es geöffnet, und niemand kann es mehr öffnen.
receipt-expired-title = Das Geheimnis ist abgelaufen
receipt-expired-lead = Niemand hat es geöffnet, und niemand kann es mehr öffnen.
receipt-timeline = Verlauf
receipt-created = Erstellt
receipt-received = Geöffnet
receipt-burned = Vernichtet
receipt-expired = Abgelaufen
receipt-ended = Beendet
receipt-expires = Läuft ab
receipt-mailed = Per E-Mail an { $recipient }
receipt-has-passphrase = Zum Öffnen ist ein Kennwort nötig
receipt-link-summary = Link noch einmal anzeigen
receipt-reload = Laden Sie diese Seite neu, um den neuesten Stand zu sehen.
receipt-private = Diese Seite ist nur für Sie: Wer ihre Adresse hat, kann das Geheimnis öffnen oder vernichten.
receipt-gone-title = Diesen Beleg gibt es nicht
receipt-gone-lead = Er ist abgelaufen, oder die Adresse ist unvollständig. Ein Beleg gilt doppelt so lange wie sein Geheimnis.
burn-title = Geheimnis ungelesen vernichten
burn-lead = Sinnvoll, wenn der Link an die falsche Person ging oder nicht mehr gebraucht wird. Das lässt sich nicht rückgängig machen.
burn-hold = Gedrückt halten zum Vernichten
burn-button = Geheimnis vernichten
burn-deliberate = Vernichten. Ich weiß, dass sich das nicht rückgängig machen lässt.
burn-type-word = vernichten
burn-passphrase-hint = Das Kennwort, das Sie beim Teilen festgelegt haben.
burn-passphrase-wrong = Das ist nicht das Kennwort dieses Geheimnisses. Das Geheimnis wurde nicht vernichtet.

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
error-account-to-mail = Um E-Mails zu senden, brauchen Sie ein Konto.
error-undeliverable = { $address } ist keine E-Mail-Adresse.
error-two-recipients = Ein Link, der nur einmal funktioniert, kann nur an eine Adresse gehen.
error-domain = Sie dürfen die Domain { $domain } nicht verwenden.
error-length-short = { $characters ->
    [one] Ein Passwort muss mindestens { $characters } Zeichen haben.
   *[other] Ein Passwort muss mindestens { $characters } Zeichen haben.
}
error-length-long = { $characters ->
    [one] Ein Passwort darf höchstens { $characters } Zeichen haben.
   *[other] Ein Passwort darf höchstens { $characters } Zeichen haben.
}
error-no-characters = Es sind keine Zeichen zur Auswahl übrig.
error-payload = Das Formular ließ sich nicht lesen. Bitte laden Sie die Seite neu.
error-not-authorized = Die E-Mail-Adresse oder das Token ist falsch, oder Sie brauchen hier ein Konto, um einen Link zu erstellen.
error-credentials = Die E-Mail-Adresse oder das Token ist falsch.
error-too-many = { $minutes ->
    [one] Zu viele Versuche. Bitte versuchen Sie es in { $minutes } Minute noch einmal.
   *[other] Zu viele Versuche. Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
}
error-too-many-hours = { $hours ->
    [one] Zu viele Versuche. Bitte versuchen Sie es in { $hours } Stunde noch einmal.
   *[other] Zu viele Versuche. Bitte versuchen Sie es in { $hours } Stunden noch einmal.
}
error-mail = Die E-Mail ließ sich nicht senden, und das Geheimnis wurde nicht gespeichert. Bitte versuchen Sie es noch einmal.
error-mail-off = Dieser Dienst sendet keine E-Mails, und das Geheimnis wurde nicht gespeichert.
error-unavailable = Der Dienst ist gerade nicht verfügbar. Bitte versuchen Sie es gleich noch einmal.
error-unexpected = Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.
error-elsewhere = Dieses Formular kam von einer anderen Website. Es ist nichts geschehen.
error-back = Zur Startseite
not-found-title = Diese Seite gibt es nicht
not-found-lead = Vielleicht ist die Adresse unvollständig.

## How secrets are kept safe

about-title = So bleiben Geheimnisse sicher
about-once = Ein Geheimnis wird nur einmal angezeigt, und zwar der Person, die den Link zuerst öffnet; derselbe Schritt vernichtet es.
about-deliberate = Das Öffnen des Links zeigt das Geheimnis noch nicht: Dazu braucht es einen weiteren Schritt, den Mailscanner und Linkvorschauen nicht tun, sodass sie das Geheimnis nicht verbrauchen.
about-sealed = Jedes Geheimnis ist mit einem eigenen Schlüssel verschlüsselt, und der Link ist ein Teil dieses Schlüssels.
about-table = Ohne den Link kann niemand lesen, was wir speichern, auch wir nicht.
about-passphrase = Wenn Sie ein Kennwort festlegen, wird auch dieses ein Teil des Schlüssels.
about-guessing = Nach { $guesses ->
    [one] { $guesses } falschen Kennwort
   *[other] { $guesses } falschen Kennwörtern
} ist bis zu { $minutes ->
    [one] { $minutes } Minute lang kein weiterer Versuch möglich.
   *[other] { $minutes } Minuten lang kein weiterer Versuch möglich.
}
about-expiry = Ein Geheimnis, das niemand öffnet, läuft ab und lässt sich von da an nicht mehr öffnen.
about-backup = Von Geheimnissen gibt es keine Sicherungskopien: Was weg ist, bleibt weg.
about-tracking = Diese Seiten setzen keine Cookies, laden nichts von Dritten und verfolgen niemanden.
about-receipt = Der Beleg zeigt Ihnen, ob Ihr Geheimnis geöffnet wurde, aber nicht, von wem: War es nicht der Empfänger, ändern Sie, was darin stand.

## The mail

mail-subject = { $sender } hat Ihnen ein Geheimnis geschickt
mail-title = Ein Geheimnis für Sie
mail-lead = { $sender } hat ein Geheimnis mit Ihnen geteilt:
mail-button = Link öffnen
mail-until = Der Link funktioniert nur einmal und ist bis zum { $until } gültig ({ $duration }).
mail-once = Überlegen Sie vorher, wo Sie das Geheimnis aufbewahren: Es wird nur einmal angezeigt.
mail-passphrase = Zum Öffnen brauchen Sie ein Kennwort, das Sie gesondert erhalten.
mail-unexpected = Wenn Sie das nicht erwartet haben, öffnen Sie den Link nicht, sondern fragen Sie zuerst den Absender.
mail-about = { $brand } überträgt Passwörter, Schlüssel und Notizen mit Links, die nur einmal funktionieren.
