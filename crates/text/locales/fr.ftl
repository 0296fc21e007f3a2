# Français

language-name = Français
languages-label = Langue
skip-to-content = Aller au contenu
site-description = Transmettez un mot de passe, une clé ou une note avec un lien qui ne fonctionne qu’une fois.
footer-about = Comment vos secrets sont protégés
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
date-time = { $day ->
    [1] 1er
   *[other] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year } à { $time } UTC

## Creating

create-title = Partager un secret
create-lead = Vous obtenez un lien qui ne fonctionne qu’une fois. La première personne qui l’ouvre voit le secret ; ensuite, il disparaît.
create-kind-label = Que voulez-vous partager ?
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
characters-readable = Lettres et chiffres sans caractères ambigus
characters-digits = Chiffres seulement
lifetime-label = Valable pendant
passphrase-label = Phrase de passe
passphrase-optional = facultatif
passphrase-hint = Le destinataire en a besoin pour ouvrir le lien. Communiquez-la-lui par un autre moyen, par téléphone par exemple.
passphrase-minimum = { $characters ->
    [one] Au moins { $characters } caractère.
   *[other] Au moins { $characters } caractères.
}
passphrase-edges = La phrase de passe commence ou finit par une espace. Le destinataire devra la saisir aussi.
account-summary = J’ai un compte
account-hint = Cette page ne garde votre jeton qu’en mémoire, jusqu’à ce que vous la quittiez.
account-email-label = Votre adresse e-mail
account-token-label = Jeton d’API
recipient-label = Envoyer le lien par e-mail à
recipient-hint = L’e-mail contient le lien, jamais le secret ni la phrase de passe.
create-button = Créer le lien
generate-button = Créer un mot de passe et son lien
working = Un instant…
network-lost-create = Aucune réponse n’est arrivée. Vous pouvez réessayer : si un lien a tout de même été créé, personne ne le connaît, sauf la personne à qui il a été envoyé par e-mail.
network-lost-reveal = Aucune réponse n’est arrivée, et le secret a peut-être été consommé. Réessayez ou rechargez cette page pour le savoir.
network-lost-burn = Aucune réponse n’est arrivée. Rechargez cette page pour voir ce qu’est devenu le secret.
network-refused = Le service a refusé cet envoi : les données sont trop volumineuses, ou il y a eu trop de tentatives à la fois. Il ne s’est rien passé ; veuillez réessayer.
offline = Vous êtes hors ligne et rien n’a été envoyé. Réessayez quand vous serez de nouveau en ligne.

## The link that was made

created-title = Votre lien est prêt
created-lead = Transmettez-le au destinataire. Il ne fonctionne qu’une fois, puis le secret disparaît.
created-lead-mailed = Il est en route vers { $recipient }. Vous n’avez rien d’autre à faire.
created-passphrase = Communiquez la phrase de passe au destinataire par un autre moyen.
link-label = Le lien à transmettre
link-summary = Afficher le lien
copy-link = Copier le lien
copy-message = Copier avec un message
message-summary = Afficher le message
message-lead = Voici un secret pour vous :
message-gone = Si le secret n’est déjà plus là, dites-le-moi : quelqu’un d’autre l’a peut-être ouvert.
copy-value = Copier le mot de passe
copy-secret = Copier le secret
copied = Copié
copy-failed = Veuillez le copier à la main : le texte est sélectionné.
text-show = Afficher
text-hide = Masquer
qr-summary = Afficher en code QR
qr-label = Code QR du lien
value-label = Le nouveau mot de passe
value-hint = Vous le voyez maintenant. La personne qui ouvrira le lien le verra une fois.
private-title = Pour vous uniquement
private-lead = Le reçu indique si le secret a été ouvert et permet de le détruire sans le lire. Ne partagez pas le lien du reçu : toute personne qui le possède peut aussi ouvrir le secret.
private-open = Ouvrir le reçu
create-another = Partager un autre secret

## Revealing

reveal-title = On vous a envoyé un secret
reveal-lead = Il ne s’affiche qu’une fois, puis disparaît définitivement. Prévoyez où le conserver.
reveal-hold = Maintenez appuyé pour afficher le secret
reveal-holding = Continuez d’appuyer…
reveal-hold-hint = Maintenez appuyé pendant une seconde : avec le doigt, la souris ou la barre d’espace.
hold-too-short = Pas encore : gardez le bouton appuyé pendant une seconde entière.
reveal-type-summary = Je ne peux pas garder le bouton appuyé
reveal-type-label = Saisissez « { $word } » pour continuer
reveal-type-word = afficher
reveal-show = Afficher le secret
deliberate-not-yet = Pas encore
reveal-deliberate = Affichez-le maintenant. Je sais que cela ne fonctionne qu’une fois.
deliberate-missing = Veuillez d’abord choisir une réponse. Il n’est rien arrivé au secret.
reveal-passphrase-label = Phrase de passe
reveal-passphrase-hint = L’expéditeur vous communique la phrase de passe par un autre moyen.
reveal-passphrase-wrong = Cette phrase de passe n’ouvre pas le secret. Vérifiez les majuscules et les espaces. Après { $guesses ->
    [one] { $guesses } essai erroné
   *[other] { $guesses } essais erronés
}, il faut attendre jusqu’à { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
revealed-title = Voici votre secret
revealed-label = Le secret
revealed-once = Le secret ne s’affiche que cette fois. Conservez ce texte en lieu sûr dès maintenant : il disparaît lorsque vous quittez cette page.
gone-title = Il n’y a plus rien ici
gone-lead = Le secret a été ouvert ou détruit, ou il a expiré. Il se peut aussi que le lien contienne une erreur.
gone-advice = Demandez un nouveau lien à l’expéditeur. Si ce n’est pas vous qui avez ouvert le secret, dites-le-lui : quelqu’un d’autre l’a peut-être ouvert.
link-incomplete-title = Ce lien est incomplet
link-incomplete-lead = Copiez-le de nouveau, en entier. Il n’est rien arrivé au secret.

## The receipt

receipt-title = Reçu
receipt-open-title = Pas encore ouvert
receipt-open-lead = Le lien fonctionne encore, mais une seule fois.
receipt-ended-title = Le délai est écoulé
receipt-ended-lead = Le lien ne fonctionne plus. S’il a été ouvert au dernier moment, cette page le dira dans quelques minutes.
receipt-received-title = Le secret a été ouvert
receipt-received-lead = Le lien ne fonctionne plus. Si la mauvaise personne a ouvert le secret, changez ce qu’il contenait.
receipt-burned-title = Le secret a été détruit
receipt-burned-lead = Personne ne l’a ouvert, et personne ne pourra plus l’ouvrir.
receipt-expired-title = Le secret a expiré
receipt-expired-lead = Personne ne l’a ouvert, et personne ne pourra plus l’ouvrir.
receipt-timeline = Historique
receipt-created = Créé
receipt-received = Ouvert
receipt-burned = Détruit
receipt-expired = Expiré
receipt-ended = Terminé
receipt-expires = Expire
receipt-mailed = Envoyé par e-mail à { $recipient }
receipt-has-passphrase = Il faut une phrase de passe pour l’ouvrir
receipt-link-summary = Afficher de nouveau le lien
receipt-reload = Rechargez cette page pour avoir des nouvelles.
receipt-private = Cette page est pour vous uniquement : toute personne qui possède son adresse peut ouvrir ou détruire le secret.
receipt-gone-title = Ce reçu n’existe pas
receipt-gone-lead = Il a expiré, ou son adresse est incomplète. Un reçu reste valable deux fois plus longtemps que son secret.
burn-title = Détruire le secret sans le lire
burn-lead = À faire si le lien a été envoyé à la mauvaise personne ou n’est plus utile. C’est irréversible.
burn-hold = Maintenez appuyé pour détruire le secret
burn-button = Détruire le secret
burn-deliberate = Détruisez-le. Je sais que c’est irréversible.
burn-type-word = détruire
burn-passphrase-hint = La phrase de passe que vous avez choisie en partageant le secret.
burn-passphrase-wrong = Ce n’est pas la phrase de passe de ce secret. Le secret n’a pas été détruit.

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
error-two-recipients = Un lien qui ne fonctionne qu’une fois ne peut être envoyé qu’à une seule adresse.
error-domain = Vous ne pouvez pas utiliser le domaine { $domain }.
error-length-short = { $characters ->
    [one] Un mot de passe doit compter au moins { $characters } caractère.
   *[other] Un mot de passe doit compter au moins { $characters } caractères.
}
error-length-long = { $characters ->
    [one] Un mot de passe peut compter au plus { $characters } caractère.
   *[other] Un mot de passe peut compter au plus { $characters } caractères.
}
error-no-characters = Il ne reste plus de caractères à choisir.
error-payload = Le formulaire n’a pas pu être lu. Veuillez recharger la page.
error-not-authorized = L’adresse e-mail ou le jeton est incorrect, ou bien il faut un compte pour créer un lien ici.
error-credentials = L’adresse e-mail ou le jeton est incorrect.
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
error-elsewhere = Ce formulaire venait d’un autre site. Il ne s’est rien passé.
error-back = Retour à l’accueil
not-found-title = Cette page n’existe pas
not-found-lead = L’adresse est peut-être incomplète.

## How secrets are kept safe

about-title = Comment vos secrets sont protégés
about-once = Un secret ne s’affiche qu’une fois, pour la première personne qui ouvre son lien, et le même geste le détruit.
about-deliberate = Ouvrir le lien n’affiche pas encore le secret : il faut un geste de plus, que les analyseurs de messagerie et les aperçus de liens ne font pas, si bien qu’ils ne consomment pas le secret.
about-sealed = Chaque secret est chiffré avec une clé qui lui est propre, et le lien fait partie de cette clé.
about-table = Sans le lien, personne, pas même nous, ne peut lire ce que nous conservons.
about-passphrase = Si vous choisissez une phrase de passe, elle fait elle aussi partie de la clé.
about-guessing = Après { $guesses ->
    [one] { $guesses } phrase de passe erronée
   *[other] { $guesses } phrases de passe erronées
}, il faut attendre jusqu’à { $minutes ->
    [one] { $minutes } minute avant l’essai suivant.
   *[other] { $minutes } minutes avant l’essai suivant.
}
about-expiry = Un secret que personne n’ouvre expire, et ne peut plus être ouvert à partir de ce moment.
about-backup = Il n’existe aucune sauvegarde des secrets : ce qui a disparu ne revient pas.
about-tracking = Ces pages ne déposent aucun cookie, ne chargent rien d’ailleurs et ne suivent personne.
about-receipt = Le reçu vous dit si votre secret a été ouvert, mais pas par qui : si ce n’était pas le destinataire, changez ce que le secret contenait.

## The mail

mail-subject = { $sender } vous a envoyé un secret
mail-title = Un secret pour vous
mail-lead = { $sender } a partagé un secret avec vous :
mail-button = Ouvrir le lien
mail-until = Le lien ne fonctionne qu’une fois et reste valable jusqu’au { $until } ({ $duration }).
mail-once = Prévoyez où conserver le secret : il ne s’affiche qu’une fois.
mail-passphrase = Il faut une phrase de passe pour l’ouvrir ; vous la recevrez séparément.
mail-unexpected = Si vous ne vous y attendiez pas, n’ouvrez pas le lien et demandez confirmation à l’expéditeur.
mail-about = { $brand } transmet des mots de passe, des clés et des notes par des liens qui ne fonctionnent qu’une fois.
