# Polski

language-name = Polski
languages-label = Język
skip-to-content = Przejdź do treści
site-description = Przekaż hasło, klucz lub notatkę za pomocą linku, który działa tylko raz.
footer-about = Jak chronimy sekrety
footer-contact = Kontakt
footer-terms = Regulamin

## Time

duration-minutes = { $minutes ->
    [one] { $minutes } minuta
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}
duration-hours = { $hours ->
    [one] { $hours } godzina
    [few] { $hours } godziny
    [many] { $hours } godzin
   *[other] { $hours } godziny
}
duration-days = { $days ->
    [one] { $days } dzień
    [few] { $days } dni
    [many] { $days } dni
   *[other] { $days } dnia
}
left-minutes = { $minutes ->
    [one] pozostała { $minutes } minuta
    [few] pozostały { $minutes } minuty
    [many] pozostało { $minutes } minut
   *[other] pozostało { $minutes } minuty
}
left-hours = { $hours ->
    [one] pozostała { $hours } godzina
    [few] pozostały { $hours } godziny
    [many] pozostało { $hours } godzin
   *[other] pozostało { $hours } godziny
}
left-days = { $days ->
    [one] pozostał { $days } dzień
    [few] pozostały { $days } dni
    [many] pozostało { $days } dni
   *[other] pozostało { $days } dnia
}
ago-now = przed chwilą
ago-minutes = { $minutes ->
    [one] { $minutes } minutę temu
    [few] { $minutes } minuty temu
    [many] { $minutes } minut temu
   *[other] { $minutes } minuty temu
}
ago-hours = { $hours ->
    [one] { $hours } godzinę temu
    [few] { $hours } godziny temu
    [many] { $hours } godzin temu
   *[other] { $hours } godziny temu
}
ago-days = { $days ->
    [one] { $days } dzień temu
    [few] { $days } dni temu
    [many] { $days } dni temu
   *[other] { $days } dnia temu
}
date-time = { $day } { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
} { $year }, { $time } UTC

## Creating

create-title = Udostępnij sekret
create-lead = Otrzymasz link, który działa tylko raz. Pierwsza osoba, która go otworzy, zobaczy sekret, a potem sekret zniknie.
create-kind-label = Co chcesz udostępnić?
create-kind-text = Własny tekst
create-kind-generated = Nowe hasło
create-closed = Aby utworzyć tu link, trzeba mieć konto.
secret-label = Sekret
secret-hint = Hasło, klucz, notatka: do { $bytes ->
    [one] { $bytes } bajta
    [few] { $bytes } bajtów
    [many] { $bytes } bajtów
   *[other] { $bytes } bajta
} (mniej więcej jeden na literę).
length-label = Długość
length-hint = od { $least } do { $most } znaków
characters-label = Znaki
characters-all = Litery, cyfry i symbole
characters-plain = Litery i cyfry
characters-readable = Litery i cyfry bez znaków podobnych do siebie
characters-digits = Tylko cyfry
lifetime-label = Okres ważności
passphrase-label = Hasło do linku
passphrase-optional = opcjonalnie
passphrase-hint = Odbiorca musi je podać, aby otworzyć link. Przekaż je inną drogą, na przykład przez telefon.
passphrase-minimum = { $characters ->
    [one] Co najmniej { $characters } znak.
    [few] Co najmniej { $characters } znaki.
    [many] Co najmniej { $characters } znaków.
   *[other] Co najmniej { $characters } znaku.
}
passphrase-edges = Hasło do linku zaczyna się lub kończy spacją. Odbiorca też musi ją wpisać.
account-summary = Mam konto
account-hint = Ta strona przechowuje token wyłącznie w pamięci, dopóki jej nie opuścisz.
account-email-label = Twój adres e-mail
account-token-label = Token API
recipient-label = Wyślij link na adres
recipient-hint = Wiadomość zawiera link, nigdy sekret ani hasło do linku.
create-button = Utwórz link
generate-button = Utwórz hasło i link do niego
working = Chwileczkę…
network-lost-create = Odpowiedź nie dotarła. Możesz spróbować ponownie: jeśli link mimo to powstał, nie zna go nikt poza osobą, do której został wysłany e-mailem.
network-lost-reveal = Odpowiedź nie dotarła, a sekret mógł zostać zużyty. Spróbuj ponownie lub wczytaj tę stronę jeszcze raz, aby to sprawdzić.
network-lost-burn = Odpowiedź nie dotarła. Wczytaj tę stronę ponownie, aby zobaczyć, co się stało z sekretem.
network-refused = Usługa tego nie przyjęła: dane są za duże albo prób jest zbyt wiele naraz. Nic się nie stało; spróbuj ponownie.
offline = Nie masz połączenia z internetem i nic nie zostało wysłane. Spróbuj ponownie, gdy je odzyskasz.

## The link that was made

created-title = Link jest gotowy
created-lead = Przekaż go odbiorcy. Zadziała tylko raz, a potem sekret zniknie.
created-lead-mailed = Jest już w drodze do { $recipient }. Nie musisz robić nic więcej.
created-passphrase = Hasło do linku przekaż odbiorcy inną drogą.
link-label = Link do przekazania
link-summary = Pokaż link
copy-link = Kopiuj link
copy-message = Kopiuj z wiadomością
message-summary = Pokaż wiadomość
message-lead = Przesyłam Ci sekret:
message-gone = Jeśli sekretu już nie ma, daj mi znać: mógł go otworzyć ktoś inny.
copy-value = Kopiuj hasło
copy-secret = Kopiuj sekret
copied = Skopiowano
copy-failed = Skopiuj ręcznie: tekst jest zaznaczony.
text-show = Pokaż
text-hide = Ukryj
qr-summary = Pokaż jako kod QR
qr-label = Kod QR linku
value-label = Nowe hasło
value-hint = Widzisz je teraz. Osoba, która otworzy link, zobaczy je jeszcze raz.
private-title = Tylko dla Ciebie
private-lead = Potwierdzenie pokazuje, czy sekret został otwarty, i pozwala zniszczyć go bez odczytania. Nie udostępniaj adresu potwierdzenia: każdy, kto go zna, może też otworzyć sekret.
private-open = Otwórz potwierdzenie
create-another = Udostępnij kolejny sekret

## Revealing

reveal-title = Ktoś przesłał Ci sekret
reveal-lead = Zobaczysz go tylko raz, potem zniknie na dobre. Przygotuj miejsce, w którym go zapiszesz.
reveal-hold = Przytrzymaj, aby zobaczyć sekret
reveal-holding = Nie puszczaj…
reveal-hold-hint = Naciśnij i przytrzymaj przez sekundę: palcem, myszą lub spacją.
hold-too-short = Jeszcze nie: przytrzymaj przez całą sekundę.
reveal-type-summary = Nie mogę przytrzymać przycisku
reveal-type-label = Wpisz „{ $word }”, aby przejść dalej
reveal-type-word = pokaż
reveal-show = Pokaż sekret
deliberate-not-yet = Jeszcze nie
reveal-deliberate = Pokaż mi go teraz. Wiem, że to działa tylko raz.
deliberate-missing = Najpierw wybierz odpowiedź. Z sekretem nic się nie stało.
reveal-passphrase-label = Hasło do linku
reveal-passphrase-hint = Nadawca przekaże Ci hasło do linku inną drogą.
reveal-passphrase-wrong = To hasło do linku nie otwiera sekretu. Zwróć uwagę na wielkie i małe litery oraz na spacje. Po { $guesses ->
    [one] { $guesses } błędnej próbie
    [few] { $guesses } błędnych próbach
    [many] { $guesses } błędnych próbach
   *[other] { $guesses } błędnej próby
} trzeba odczekać do { $minutes ->
    [one] { $minutes } minuty.
    [few] { $minutes } minut.
    [many] { $minutes } minut.
   *[other] { $minutes } minuty.
}
revealed-title = Oto Twój sekret
revealed-label = Sekret
revealed-once = Sekret widać tylko ten jeden raz. Zapisz teraz tekst w bezpiecznym miejscu: zniknie, gdy opuścisz tę stronę.
gone-title = Niczego już tu nie ma
gone-lead = Sekret został otwarty lub zniszczony albo wygasł. Możliwe też, że w linku jest błąd.
gone-advice = Poproś nadawcę o nowy link. Jeśli sekret mógł otworzyć ktoś inny, powiedz o tym nadawcy.
link-incomplete-title = Ten link jest niepełny
link-incomplete-lead = Skopiuj go jeszcze raz, w całości. Z sekretem nic się nie stało.

## The receipt

receipt-title = Potwierdzenie
receipt-open-title = Jeszcze nieotwarty
receipt-open-lead = Link nadal działa i zadziała tylko raz.
receipt-ended-title = Czas minął
receipt-ended-lead = Link już nie działa. Jeśli otwarto go w ostatniej chwili, ta strona pokaże to za kilka minut.
receipt-received-title = Sekret został otwarty
receipt-received-lead = Link już nie działa. Jeśli sekret otworzyła niewłaściwa osoba, zmień to, co zawierał.
receipt-burned-title = Sekret został zniszczony
receipt-burned-lead = Nikt go nie otworzył i nikt już go nie otworzy.
receipt-expired-title = Sekret wygasł
receipt-expired-lead = Nikt go nie otworzył i nikt już go nie otworzy.
receipt-timeline = Historia
receipt-created = Utworzono
receipt-received = Otwarto
receipt-burned = Zniszczono
receipt-expired = Wygasł
receipt-ended = Zakończono
receipt-expires = Wygasa
receipt-mailed = Wysłano na adres { $recipient }
receipt-has-passphrase = Do otwarcia potrzebne jest hasło do linku
receipt-link-summary = Pokaż link ponownie
receipt-reload = Wczytaj tę stronę ponownie, aby sprawdzić, co nowego.
receipt-private = Ta strona jest tylko dla Ciebie: każdy, kto zna jej adres, może otworzyć lub zniszczyć sekret.
receipt-gone-title = Nie ma takiego potwierdzenia
receipt-gone-lead = Skończyła się jego ważność albo adres jest niepełny. Potwierdzenie jest ważne dwa razy dłużej niż sekret.
burn-title = Zniszcz sekret bez odczytania
burn-lead = Zrób to, jeśli link trafił do niewłaściwej osoby lub nie jest już potrzebny. Tego nie można cofnąć.
burn-hold = Przytrzymaj, aby zniszczyć sekret
burn-button = Zniszcz sekret
burn-deliberate = Zniszcz go. Wiem, że tego nie można cofnąć.
burn-type-word = zniszcz
burn-passphrase-hint = Hasło do linku, które ustawiono przy udostępnianiu sekretu.
burn-passphrase-wrong = To nie jest właściwe hasło do linku. Sekret nie został zniszczony.

## Errors

error-title = Nie udało się
error-nothing-to-share = Nie podano jeszcze żadnego sekretu.
error-too-large = { $bytes ->
    [one] Sekret jest większy niż { $bytes } bajt.
    [few] Sekret jest większy niż { $bytes } bajty.
    [many] Sekret jest większy niż { $bytes } bajtów.
   *[other] Sekret jest większy niż { $bytes } bajta.
}
error-passphrase-short = { $characters ->
    [one] Hasło do linku musi mieć co najmniej { $characters } znak.
    [few] Hasło do linku musi mieć co najmniej { $characters } znaki.
    [many] Hasło do linku musi mieć co najmniej { $characters } znaków.
   *[other] Hasło do linku musi mieć co najmniej { $characters } znaku.
}
error-passphrase-long = { $characters ->
    [one] Hasło do linku może mieć najwyżej { $characters } znak.
    [few] Hasło do linku może mieć najwyżej { $characters } znaki.
    [many] Hasło do linku może mieć najwyżej { $characters } znaków.
   *[other] Hasło do linku może mieć najwyżej { $characters } znaku.
}
error-account-to-mail = Aby wysyłać wiadomości, trzeba mieć konto.
error-undeliverable = { $address } nie jest adresem e-mail.
error-two-recipients = Link, który działa tylko raz, może trafić tylko na jeden adres.
error-domain = Nie możesz używać domeny { $domain }.
error-length-short = { $characters ->
    [one] Hasło musi mieć co najmniej { $characters } znak.
    [few] Hasło musi mieć co najmniej { $characters } znaki.
    [many] Hasło musi mieć co najmniej { $characters } znaków.
   *[other] Hasło musi mieć co najmniej { $characters } znaku.
}
error-length-long = { $characters ->
    [one] Hasło może mieć najwyżej { $characters } znak.
    [few] Hasło może mieć najwyżej { $characters } znaki.
    [many] Hasło może mieć najwyżej { $characters } znaków.
   *[other] Hasło może mieć najwyżej { $characters } znaku.
}
error-no-characters = Nie ma znaków, z których można wybierać.
error-payload = Nie udało się odczytać formularza. Wczytaj stronę ponownie.
error-not-authorized = Adres e-mail lub token jest błędny albo utworzenie linku wymaga tu konta.
error-credentials = Adres e-mail lub token jest błędny.
error-too-many = { $minutes ->
    [one] Zbyt wiele prób. Spróbuj ponownie za { $minutes } minutę.
    [few] Zbyt wiele prób. Spróbuj ponownie za { $minutes } minuty.
    [many] Zbyt wiele prób. Spróbuj ponownie za { $minutes } minut.
   *[other] Zbyt wiele prób. Spróbuj ponownie za { $minutes } minuty.
}
error-too-many-hours = { $hours ->
    [one] Zbyt wiele prób. Spróbuj ponownie za { $hours } godzinę.
    [few] Zbyt wiele prób. Spróbuj ponownie za { $hours } godziny.
    [many] Zbyt wiele prób. Spróbuj ponownie za { $hours } godzin.
   *[other] Zbyt wiele prób. Spróbuj ponownie za { $hours } godziny.
}
error-mail = Nie udało się wysłać wiadomości i sekret nie został zapisany. Spróbuj ponownie.
error-mail-off = Ta usługa nie wysyła wiadomości i sekret nie został zapisany.
error-unavailable = Usługa jest chwilowo niedostępna. Spróbuj ponownie za chwilę.
error-unexpected = Coś poszło nie tak po naszej stronie. Spróbuj ponownie.
error-elsewhere = Ten formularz wysłano z innej witryny. Nic się nie stało.
error-back = Wróć na stronę główną
not-found-title = Nie ma takiej strony
not-found-lead = Być może adres jest niepełny.

## How secrets are kept safe

about-title = Jak chronimy sekrety
about-once = Sekret widać tylko raz: zobaczy go ten, kto pierwszy otworzy link, i w tym samym kroku sekret zostaje zniszczony.
about-deliberate = Samo otwarcie linku nie pokazuje jeszcze sekretu: potrzebny jest kolejny krok, którego skanery poczty i podglądy linków nie wykonują, więc nie zużywają sekretu.
about-sealed = Każdy sekret jest zaszyfrowany osobnym kluczem, a link jest częścią tego klucza.
about-table = Bez linku nikt, nawet my, nie odczyta tego, co przechowujemy.
about-passphrase = Jeśli ustawisz hasło do linku, ono również stanie się częścią klucza.
about-guessing = Po { $guesses ->
    [one] { $guesses } błędnym haśle do linku
    [few] { $guesses } błędnych hasłach do linku
    [many] { $guesses } błędnych hasłach do linku
   *[other] { $guesses } błędnego hasła do linku
} na kolejną próbę trzeba czekać do { $minutes ->
    [one] { $minutes } minuty.
    [few] { $minutes } minut.
    [many] { $minutes } minut.
   *[other] { $minutes } minuty.
}
about-expiry = Nieotwarty sekret wygasa i od tej chwili nie da się go otworzyć.
about-backup = Nie ma kopii zapasowych sekretów: co zniknęło, nie wróci.
about-tracking = Te strony nie ustawiają ciasteczek, niczego nie wczytują z zewnątrz i nikogo nie śledzą.
about-receipt = Potwierdzenie pokazuje, czy Twój sekret został otwarty, choć nie przez kogo: jeśli nie przez odbiorcę, zmień to, co zawierał.

## The mail

mail-subject = { $sender } przesyła Ci sekret
mail-title = Sekret dla Ciebie
mail-lead = { $sender } udostępnia Ci sekret:
mail-button = Otwórz link
mail-until = Link zadziała tylko raz i jest ważny do { $until } ({ $duration }).
mail-once = Przygotuj miejsce, w którym zapiszesz sekret: zobaczysz go tylko raz.
mail-passphrase = Do otwarcia potrzebne jest hasło do linku, które otrzymasz osobno.
mail-unexpected = Jeśli się tego nie spodziewasz, nie otwieraj linku i najpierw zapytaj nadawcę.
mail-about = { $brand } przekazuje hasła, klucze i notatki za pomocą linków, które działają tylko raz.
