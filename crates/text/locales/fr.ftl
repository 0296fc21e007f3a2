# Français

language-name = Français
languages-label = Langue
skip-to-content = Aller au contenu
site-description = Transmettez un mot de passe, une clé ou une note avec un lien qui ne fonctionne qu’une fois.
footer-about = Comment c’est protégé
footer-contact = Contact
footer-terms = Conditions d’utilisation

## Time

duration-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
duration-hours = { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}
duration-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
left-minutes = { $minutes ->
    [one] encore { $minutes } minute
   *[other] encore { $minutes } minutes
}
left-hours = { $hours ->
    [one] encore { $hours } heure
   *[other] encore { $hours } heures
}
left-days = { $days ->
    [one] encore { $days } jour
   *[other] encore { $days } jours
}
ago-now = à l’instant
ago-minutes = { $minutes ->
    [one] il y a { $minutes } minute
   *[other] il y a { $minutes } minutes
}
ago-hours = { $hours ->
    [one] il y a { $hours } heure
   *[other] il y a { $hours } heures
}
ago-days = { $days ->
    [one] il y a { $days } jour
   *[other] il y a { $days } jours
}

## Creating

create-title = Partager un secret
create-lead = Vous obtenez un lien qui fonctionne une seule fois. La première personne qui l’ouvre voit le texte ; ensuite, il disparaît.
create-kind-label = Que voulez-vous partager ?
create-kind-text = Votre propre texte
create-kind-generated = Un nouveau mot de passe
create-closed = Il faut un compte pour créer un lien ici.
secret-label = Secret
secret-hint = Un mot de passe, une clé, une note : jusqu’à { $bytes ->
    [one] { $bytes } octet
   *[other] { $bytes } octets
} (environ un par lettre).
length-label = Longueur
length-hint = De { $least } à { $most } caractères
characters-label = Caractères
characters-all = Lettres, chiffres et symboles
characters-plain = Lettres et chiffres
characters-readable = Lettres et chiffres impossibles à confondre
characters-digits = Chiffres seulement
lifetime-label = Valable pendant
passphrase-label = Phrase secrète
passphrase-optional = facultative
passphrase-hint = Le destinataire en a besoin pour ouvrir le lien. Communiquez-la autrement, par téléphone par exemple.
account-summary = J’ai un compte
account-hint = Cette page ne garde votre jeton qu’en mémoire, jusqu’à ce que vous la quittiez.
account-email-label = Votre adresse e-mail
account-token-label = Jeton d’API
recipient-label = Envoyer le lien par e-mail à
recipient-hint = L’e-mail contient le lien, jamais le secret ni la phrase secrète.
create-button = Créer le lien
generate-button = Créer un mot de passe et son lien
working = Un instant…
network-lost-create = La réponse n’est pas arrivée. Vous pouvez réessayer : si un lien a tout de même été créé, personne ne le connaît, sauf la personne à qui il a été envoyé par e-mail.
network-lost-reveal = La réponse n’est pas arrivée, et le secret a peut-être été consommé. Rechargez cette page pour le savoir.
network-lost-burn = La réponse n’est pas arrivée. Rechargez cette page pour voir ce qu’est devenu le secret.
network-refused = Le service n’a pas accepté cet envoi : trop volumineux, ou trop à la fois. Il ne s’est rien passé ; veuillez réessayer.

## The link that was made

created-title = Votre lien est prêt
created-lead = Transmettez-le. Il fonctionne une fois, puis le secret disparaît.
created-mailed = Le lien a été envoyé à { $recipient }.
created-passphrase = Communiquez la phrase secrète au destinataire par un autre moyen.
link-label = Le lien à transmettre
copy-link = Copier le lien
copy-value = Copier le mot de passe
copy-secret = Copier le secret
copied = Copié
copy-failed = Veuillez copier à la main : le texte est sélectionné.
text-show = Afficher
text-hide = Masquer
qr-summary = Afficher en code QR
qr-label = Code QR du lien
value-label = Le nouveau mot de passe
value-hint = Vous le voyez maintenant, et la personne qui ouvrira le lien le verra une fois.
private-title = Pour vous seulement
private-lead = Le reçu indique si le secret a été ouvert et permet de le détruire sans qu’il soit lu. Ne partagez pas son lien : qui le possède peut aussi ouvrir le secret.
private-open = Ouvrir le reçu
create-another = Partager un autre secret

## Revealing

reveal-title = On vous a envoyé un secret
reveal-lead = Il s’affiche une seule fois, puis disparaît définitivement. Prévoyez où le conserver.
reveal-hold = Maintenir pour afficher le secret
reveal-holding = Continuez à maintenir…
reveal-hold-hint = Maintenez appuyé pendant une seconde : avec le doigt, la souris ou la barre d’espace.
reveal-type-summary = Je ne peux pas maintenir un bouton
reveal-type-label = Saisissez « { $word } » pour continuer
reveal-type-word = afficher
reveal-show = Afficher le secret
deliberate-not-yet = Pas encore
reveal-deliberate = Affichez-le maintenant. Je sais que cela ne fonctionne qu’une fois.
deliberate-missing = Veuillez d’abord choisir. Rien n’est arrivé au secret.
reveal-passphrase-label = Phrase secrète
reveal-passphrase-hint = L’expéditeur vous l’a communiquée par un autre moyen.
reveal-passphrase-wrong = Cette phrase de passe n’ouvre pas le secret. Vérifiez les majuscules et les espaces. Après { $guesses ->
    [one] { $guesses } essai erroné
   *[other] { $guesses } essais erronés
}, il faut attendre jusqu’à { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
revealed-title = Voici votre secret
revealed-label = Le secret
revealed-once = C’était la seule fois. Conservez ce texte en lieu sûr dès maintenant : il disparaît lorsque vous quittez cette page.
gone-title = Il n’y a plus rien ici
gone-lead = Le secret a été ouvert, a expiré ou a été retiré, ou bien le lien est incomplet.
gone-advice = Demandez-en un nouveau à l’expéditeur. Si ce n’est pas vous qui l’avez ouvert, dites-le-lui : quelqu’un d’autre l’a lu.

## The receipt

receipt-title = Reçu
receipt-open-title = Pas encore ouvert
receipt-open-lead = Le lien fonctionne encore, une fois.
receipt-ended-title = Le délai est écoulé
receipt-ended-lead = Le lien ne fonctionne plus. S’il a été ouvert au dernier moment, cette page le dira dans quelques minutes.
receipt-received-title = Le secret a été ouvert
receipt-received-lead = Le lien ne fonctionne plus. S’il n’a pas été ouvert par la bonne personne, changez ce qu’il contenait.
receipt-burned-title = Le secret a été détruit
receipt-burned-lead = Personne ne l’a lu, et personne ne le pourra plus.
receipt-expired-title = Le secret a expiré
receipt-expired-lead = Personne ne l’a lu, et personne ne le pourra plus.
receipt-timeline = Ce qui s’est passé
receipt-created = Créé
receipt-received = Ouvert
receipt-burned = Détruit
receipt-expired = Expiré
receipt-ended = Terminé
receipt-expires = Expire
receipt-mailed = Envoyé par e-mail à { $recipient }
receipt-has-passphrase = S’ouvre avec une phrase secrète
receipt-link-summary = Afficher de nouveau le lien
receipt-private = Cette page est pour vous seulement : qui a son adresse peut ouvrir ou détruire le secret.
receipt-gone-title = Ce reçu n’existe pas
receipt-gone-lead = Il a expiré, ou son adresse est incomplète. Un reçu vit deux fois plus longtemps que son secret.
burn-title = Le détruire sans qu’il soit lu
burn-lead = Si le lien est parti à la mauvaise personne, ou n’est plus utile. C’est irréversible.
burn-hold = Maintenir pour le détruire
burn-button = Détruire le secret
burn-deliberate = Détruisez-le. Je sais que c’est irréversible.
burn-type-word = détruire
burn-passphrase-hint = Celle que vous avez donnée au secret en le partageant.
burn-passphrase-wrong = Ce n’est pas la phrase secrète de ce secret. Il n’a pas été détruit.

## Errors

error-title = Cela n’a pas fonctionné
error-nothing-to-share = Il n’y a pas encore de secret à partager.
error-too-large = { $bytes ->
    [one] Le secret dépasse { $bytes } octet.
   *[other] Le secret dépasse { $bytes } octets.
}
error-passphrase-short = { $characters ->
    [one] Une phrase de passe doit compter au moins { $characters } caractère.
   *[other] Une phrase de passe doit compter au moins { $characters } caractères.
}
error-passphrase-long = { $characters ->
    [one] Une phrase de passe peut compter au plus { $characters } caractère.
   *[other] Une phrase de passe peut compter au plus { $characters } caractères.
}
error-account-to-mail = Il faut un compte pour envoyer des e-mails.
error-undeliverable = { $address } n’est pas une adresse e-mail.
error-two-recipients = Un lien qui fonctionne une seule fois ne peut aller qu’à une adresse.
error-domain = Vous ne pouvez pas utiliser le domaine { $domain }.
error-length-short = { $characters ->
    [one] Un mot de passe doit compter au moins { $characters } caractère.
   *[other] Un mot de passe doit compter au moins { $characters } caractères.
}
error-length-long = { $characters ->
    [one] Un mot de passe peut compter au plus { $characters } caractère.
   *[other] Un mot de passe peut compter au plus { $characters } caractères.
}
error-no-characters = Il ne reste aucun caractère à choisir.
error-payload = Le formulaire n’a pas pu être lu. Veuillez recharger la page.
error-not-authorized = L’adresse e-mail ou le jeton est incorrect, ou bien il faut un compte pour créer un lien ici.
error-too-many = { $minutes ->
    [one] Trop de tentatives. Veuillez réessayer dans { $minutes } minute.
   *[other] Trop de tentatives. Veuillez réessayer dans { $minutes } minutes.
}
error-too-many-hours = { $hours ->
    [one] Trop de tentatives. Veuillez réessayer dans { $hours } heure.
   *[other] Trop de tentatives. Veuillez réessayer dans { $hours } heures.
}
error-mail = L’e-mail n’a pas pu être envoyé, et le secret n’a pas été conservé. Veuillez réessayer.
error-mail-off = Ce service n’envoie pas d’e-mails, et le secret n’a pas été conservé.
error-unavailable = Le service est momentanément indisponible. Veuillez réessayer dans un instant.
error-unexpected = Une erreur s’est produite de notre côté. Veuillez réessayer.
error-elsewhere = Ce formulaire venait d’un autre site, et rien n’a été fait.
error-back = Vers la page d’accueil
not-found-title = Cette page n’existe pas
not-found-lead = L’adresse est peut-être incomplète.

## How it is kept safe

about-title = Comment c’est protégé
about-once = Un secret s’affiche une seule fois, pour la première personne qui ouvre son lien, et le même geste le détruit.
about-deliberate = Ouvrir le lien ne montre encore rien : il faut un geste que les antivirus de messagerie et les aperçus ne font pas, si bien qu’ils ne consomment pas le secret.
about-sealed = Le texte est scellé avec une clé qui lui est propre, et le lien fait partie de cette clé.
about-table = Ce que nous conservons n’ouvre rien sans le lien, pas même pour nous.
about-passphrase = La phrase secrète, s’il y en a une, fait elle aussi partie de la clé.
about-guessing = Après { $guesses ->
    [one] { $guesses } phrase de passe erronée
   *[other] { $guesses } phrases de passe erronées
}, il faut attendre jusqu’à { $minutes ->
    [one] { $minutes } minute avant l’essai suivant.
   *[other] { $minutes } minutes avant l’essai suivant.
}
about-expiry = Ce que personne n’ouvre expire, et ne peut plus être ouvert à partir de ce moment.
about-backup = Il n’existe aucune sauvegarde des secrets : ce qui a disparu ne revient pas.
about-tracking = Ces pages ne déposent aucun cookie, ne chargent rien d’ailleurs et ne comptent personne.
about-receipt = Le reçu dit à l’expéditeur qu’un secret a été ouvert, mais pas par qui : si ce n’était pas le destinataire, changez ce qu’il contenait.

## The mail

mail-subject = { $sender } vous a envoyé un secret
mail-title = Un secret pour vous
mail-lead = { $sender } partage un secret avec vous :
mail-button = Ouvrir le lien
mail-until = Le lien fonctionne une fois, jusqu’au { $until } ({ $duration }).
mail-passphrase = Il faut une phrase secrète pour l’ouvrir ; vous la recevrez séparément.
mail-unexpected = Si vous ne vous y attendiez pas, n’ouvrez pas le lien et interrogez l’expéditeur.
