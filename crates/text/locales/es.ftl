# Español

language-name = Español
languages-label = Idioma
skip-to-content = Ir al contenido
site-description = Envía una contraseña, una clave o una nota con un enlace que funciona una sola vez.
footer-about = Cómo se protegen los secretos
footer-contact = Contacto
footer-terms = Condiciones de uso

## Time

duration-minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}
duration-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
duration-days = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
left-minutes = { $minutes ->
    [one] queda { $minutes } minuto
   *[other] quedan { $minutes } minutos
}
left-hours = { $hours ->
    [one] queda { $hours } hora
   *[other] quedan { $hours } horas
}
left-days = { $days ->
    [one] queda { $days } día
   *[other] quedan { $days } días
}
ago-now = ahora mismo
ago-minutes = { $minutes ->
    [one] hace { $minutes } minuto
   *[other] hace { $minutes } minutos
}
ago-hours = { $hours ->
    [one] hace { $hours } hora
   *[other] hace { $hours } horas
}
ago-days = { $days ->
    [one] hace { $days } día
   *[other] hace { $days } días
}
date-time = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { $year }, { $time } UTC

## Creating

create-title = Compartir un secreto
create-lead = Recibes un enlace que funciona una sola vez. La primera persona que lo abra verá el secreto; después desaparece.
create-kind-label = ¿Qué quieres compartir?
create-kind-text = Un texto propio
create-kind-generated = Una contraseña nueva
create-closed = Para crear un enlace aquí hace falta una cuenta.
secret-label = Secreto
secret-hint = Una contraseña, una clave, una nota: hasta { $bytes ->
    [one] { $bytes } byte
   *[other] { $bytes } bytes
} (más o menos uno por letra).
length-label = Longitud
length-hint = De { $least } a { $most } caracteres
characters-label = Caracteres
characters-all = Letras, cifras y símbolos
characters-plain = Letras y cifras
characters-readable = Letras y cifras sin caracteres parecidos
characters-digits = Solo cifras
lifetime-label = Válido durante
passphrase-label = Frase de acceso
passphrase-optional = opcional
passphrase-hint = El destinatario la necesita para abrir el enlace. Dísela por otra vía, por ejemplo por teléfono.
passphrase-minimum = { $characters ->
    [one] Al menos { $characters } carácter.
   *[other] Al menos { $characters } caracteres.
}
passphrase-edges = La frase de acceso empieza o termina con un espacio. El destinatario también tendrá que escribirlo.
account-summary = Tengo una cuenta
account-hint = Esta página guarda tu token solo en memoria, hasta que salgas de ella.
account-email-label = Tu dirección de correo
account-token-label = Token de API
recipient-label = Enviar el enlace por correo a
recipient-hint = El correo lleva el enlace, nunca el secreto ni la frase de acceso.
create-button = Crear el enlace
generate-button = Crear una contraseña y su enlace
working = Un momento…
network-lost-create = No ha llegado ninguna respuesta. Puedes intentarlo de nuevo: si a pesar de todo se creó un enlace, nadie lo conoce, salvo quien lo haya recibido por correo.
network-lost-reveal = No ha llegado ninguna respuesta y puede que el secreto se haya usado. Inténtalo de nuevo o vuelve a cargar esta página para comprobarlo.
network-lost-burn = No ha llegado ninguna respuesta. Vuelve a cargar esta página para ver qué ha sido del secreto.
network-refused = El servicio no ha aceptado el envío: los datos ocupan demasiado o son demasiados intentos a la vez. No ha pasado nada; inténtalo de nuevo.
offline = No tienes conexión y no se ha enviado nada. Inténtalo de nuevo cuando la recuperes.

## The link that was made

created-title = Tu enlace está listo
created-lead = Envíaselo al destinatario. Funciona una sola vez y después el secreto desaparece.
created-lead-mailed = Va de camino a { $recipient }. No tienes que hacer nada más.
created-passphrase = Dile la frase de acceso al destinatario por otra vía.
link-label = El enlace que debes enviar
link-summary = Mostrar el enlace
copy-link = Copiar el enlace
copy-message = Copiar con un mensaje
message-summary = Mostrar el mensaje
message-lead = Aquí tienes un secreto:
message-gone = Si el secreto ya no está, dímelo: puede que lo haya abierto otra persona.
copy-value = Copiar la contraseña
copy-secret = Copiar el secreto
copied = Copiado
copy-failed = Cópialo a mano: el texto está seleccionado.
text-show = Mostrar
text-hide = Ocultar
qr-summary = Mostrar como código QR
qr-label = Código QR del enlace
value-label = La contraseña nueva
value-hint = La ves ahora. La persona que abra el enlace la verá una vez más.
private-title = Solo para ti
private-lead = El recibo dice si el secreto se ha abierto y permite destruirlo sin leerlo. No compartas el enlace del recibo: cualquiera que lo tenga también puede abrir el secreto.
private-open = Abrir el recibo
create-another = Compartir otro secreto

## Revealing

reveal-title = Alguien te ha enviado un secreto
reveal-lead = Se muestra una sola vez y después desaparece para siempre. Ten preparado dónde guardarlo.
reveal-hold = Mantén pulsado para ver el secreto
reveal-holding = No sueltes…
reveal-hold-hint = Mantén pulsado un segundo: con el dedo, el ratón o la barra espaciadora.
hold-too-short = Todavía no: mantén pulsado un segundo entero.
reveal-type-summary = No puedo mantener pulsado un botón
reveal-type-label = Escribe «{ $word }» para continuar
reveal-type-word = mostrar
reveal-show = Mostrar el secreto
deliberate-not-yet = Todavía no
reveal-deliberate = Muéstramelo ahora. Sé que solo funciona una vez.
deliberate-missing = Elige primero una respuesta. Al secreto no le ha pasado nada.
reveal-passphrase-label = Frase de acceso
reveal-passphrase-hint = El remitente te dice la frase de acceso por otra vía.
reveal-passphrase-wrong = Esta frase de acceso no abre el secreto. Fíjate en las mayúsculas y en los espacios. Después de { $guesses ->
    [one] { $guesses } intento fallido
   *[other] { $guesses } intentos fallidos
} hay que esperar hasta { $minutes ->
    [one] { $minutes } minuto.
   *[other] { $minutes } minutos.
}
revealed-title = Aquí está tu secreto
revealed-label = El secreto
revealed-once = El secreto solo se muestra esta vez. Guarda ahora el texto en un lugar seguro: desaparece cuando salgas de esta página.
gone-title = Aquí ya no hay nada
gone-lead = El secreto se ha abierto o destruido, o ha caducado. También puede que el enlace tenga un error.
gone-advice = Pide un enlace nuevo al remitente. Si no has abierto tú el secreto, díselo: puede que lo haya abierto otra persona.
link-incomplete-title = Este enlace está incompleto
link-incomplete-lead = Cópialo otra vez, entero. Al secreto no le ha pasado nada.

## The receipt

receipt-title = Recibo
receipt-open-title = Todavía sin abrir
receipt-open-lead = El enlace aún funciona, pero una sola vez.
receipt-ended-title = Se acabó el plazo
receipt-ended-lead = El enlace ya no funciona. Si se abrió en el último momento, esta página lo dirá en unos minutos.
receipt-received-title = El secreto se ha abierto
receipt-received-lead = El enlace ya no funciona. Si el secreto no lo abrió la persona adecuada, cambia lo que contenía.
receipt-burned-title = El secreto se ha destruido
receipt-burned-lead = Nadie lo ha abierto y ya nadie podrá abrirlo.
receipt-expired-title = El secreto ha caducado
receipt-expired-lead = Nadie lo ha abierto y ya nadie podrá abrirlo.
receipt-timeline = Historial
receipt-created = Creado
receipt-received = Abierto
receipt-burned = Destruido
receipt-expired = Caducado
receipt-ended = Terminado
receipt-expires = Caduca
receipt-mailed = Enviado por correo a { $recipient }
receipt-has-passphrase = Hace falta una frase de acceso para abrirlo
receipt-link-summary = Mostrar otra vez el enlace
receipt-reload = Vuelve a cargar esta página para ver si hay novedades.
receipt-private = Esta página es solo para ti: cualquiera que tenga su dirección puede abrir o destruir el secreto.
receipt-gone-title = Este recibo no existe
receipt-gone-lead = Ha caducado, o la dirección está incompleta. Un recibo dura el doble que su secreto.
burn-title = Destruir el secreto sin leerlo
burn-lead = Hazlo si el enlace llegó a la persona equivocada o ya no hace falta. No se puede deshacer.
burn-hold = Mantén pulsado para destruir el secreto
burn-button = Destruir el secreto
burn-deliberate = Destrúyelo. Sé que no se puede deshacer.
burn-type-word = destruir
burn-passphrase-hint = La frase de acceso que elegiste al compartir el secreto.
burn-passphrase-wrong = Esta no es la frase de acceso de este secreto. El secreto no se ha destruido.

## Errors

error-title = No ha funcionado
error-nothing-to-share = Todavía no hay ningún secreto que compartir.
error-too-large = { $bytes ->
    [one] El secreto ocupa más de { $bytes } byte.
   *[other] El secreto ocupa más de { $bytes } bytes.
}
error-passphrase-short = { $characters ->
    [one] Una frase de acceso debe tener al menos { $characters } carácter.
   *[other] Una frase de acceso debe tener al menos { $characters } caracteres.
}
error-passphrase-long = { $characters ->
    [one] Una frase de acceso puede tener como máximo { $characters } carácter.
   *[other] Una frase de acceso puede tener como máximo { $characters } caracteres.
}
error-account-to-mail = Hace falta una cuenta para enviar correos.
error-undeliverable = { $address } no es una dirección de correo.
error-two-recipients = Un enlace que funciona una sola vez solo puede enviarse a una dirección.
error-domain = No puedes usar el dominio { $domain }.
error-length-short = { $characters ->
    [one] Una contraseña debe tener al menos { $characters } carácter.
   *[other] Una contraseña debe tener al menos { $characters } caracteres.
}
error-length-long = { $characters ->
    [one] Una contraseña puede tener como máximo { $characters } carácter.
   *[other] Una contraseña puede tener como máximo { $characters } caracteres.
}
error-no-characters = No quedan caracteres entre los que elegir.
error-payload = No se ha podido leer el formulario. Vuelve a cargar la página.
error-not-authorized = La dirección de correo o el token no son correctos, o aquí hace falta una cuenta para crear un enlace.
error-credentials = La dirección de correo o el token no son correctos.
error-too-many = { $minutes ->
    [one] Demasiados intentos. Inténtalo de nuevo dentro de { $minutes } minuto.
   *[other] Demasiados intentos. Inténtalo de nuevo dentro de { $minutes } minutos.
}
error-too-many-hours = { $hours ->
    [one] Demasiados intentos. Inténtalo de nuevo dentro de { $hours } hora.
   *[other] Demasiados intentos. Inténtalo de nuevo dentro de { $hours } horas.
}
error-mail = No se ha podido enviar el correo y el secreto no se ha guardado. Inténtalo de nuevo.
error-mail-off = Este servicio no envía correos y el secreto no se ha guardado.
error-unavailable = El servicio no está disponible en este momento. Inténtalo de nuevo en breve.
error-unexpected = Algo ha fallado por nuestra parte. Inténtalo de nuevo.
error-elsewhere = Este formulario venía de otro sitio web. No ha pasado nada.
error-back = Volver a la página de inicio
not-found-title = Esta página no existe
not-found-lead = Quizá la dirección esté incompleta.

## How secrets are kept safe

about-title = Cómo se protegen los secretos
about-once = Un secreto se muestra una sola vez, a la primera persona que abre su enlace, y el mismo paso lo destruye.
about-deliberate = Abrir el enlace todavía no muestra el secreto: hace falta un paso más, que los analizadores de correo y las vistas previas no dan, así que el secreto sigue disponible.
about-sealed = Cada secreto se cifra con una clave propia, y el enlace es parte de esa clave.
about-table = Sin el enlace nadie puede leer lo que guardamos, ni siquiera nosotros.
about-passphrase = Si eliges una frase de acceso, también pasa a ser parte de la clave.
about-guessing = Después de { $guesses ->
    [one] { $guesses } frase de acceso errónea
   *[other] { $guesses } frases de acceso erróneas
} hay que esperar hasta { $minutes ->
    [one] { $minutes } minuto para probar otra.
   *[other] { $minutes } minutos para probar otra.
}
about-expiry = Un secreto que nadie abre caduca, y desde ese momento ya no se puede abrir.
about-backup = No hay copias de seguridad de los secretos: lo que desaparece no vuelve.
about-tracking = Estas páginas no usan cookies, no cargan nada de terceros y no rastrean a nadie.
about-receipt = El recibo te dice si tu secreto se ha abierto, aunque no quién lo hizo: si no fue el destinatario, cambia lo que contenía.

## The mail

mail-subject = { $sender } te ha enviado un secreto
mail-title = Un secreto para ti
mail-lead = { $sender } ha compartido un secreto contigo:
mail-button = Abrir el enlace
mail-until = El enlace funciona una sola vez y es válido hasta el { $until } ({ $duration }).
mail-once = Ten preparado dónde guardar el secreto: se muestra una sola vez.
mail-passphrase = Para abrirlo necesitas una frase de acceso, que recibirás por separado.
mail-unexpected = Si no lo esperabas, no abras el enlace y pregunta antes al remitente.
mail-about = { $brand } envía contraseñas, claves y notas con enlaces que funcionan una sola vez.
