import type { Phrase } from "../words";

import type { accounts as english } from "../en/accounts";

export const accounts: Readonly<Record<keyof typeof english, Phrase>> = {
  "account.name": "Nom",
  "account.email": "Adresse e-mail",
  "account.password": "Mot de passe",
  "account.role": "Rôle",

  "role.viewer": "Lecture",
  "role.viewer_what": "Lit tout ce qui a été trouvé, sans rien changer.",
  "role.editor": "Édition",
  "role.editor_what": "Ajoute et modifie aussi des sites, lance et arrête des visites.",
  "role.administrator": "Administration",
  "role.administrator_what": "Change aussi les réglages et décide qui peut se connecter.",

  "password.show": "Afficher le mot de passe",
  "password.hide": "Masquer le mot de passe",
  "password.hint": "Au moins {shortest} caractères. Quatre mots font un bon mot de passe.",
  "password.missing": { one: "Encore {count} caractère.", other: "Encore {count} caractères." },

  "sign_in.title": "Se connecter",
  "sign_in.do": "Se connecter",
  "sign_in.forgotten": "Mot de passe oublié ?",
  "sign_in.not_needed": "Personne n’a besoin de se connecter ici pour l’instant : il n’y a pas d’administrateur.",
  "sign_in.go_on": "Continuer",
  "sign_in.again": "Se reconnecter",
  "sign_in.again_why": "Votre session est terminée. Votre saisie est toujours là ; une fois connecté, refaites ce qui n’a pas été pris en compte.",

  "sign_out": "Se déconnecter",

  "set_up.title": "Créer l’administrateur",
  "set_up.what": "Dès lors chacun se connecte, et HoistScraper peut être ouvert à votre réseau.",
  "set_up.do": "Créer et se connecter",
  "set_up.later": "Plus tard",
  "set_up.there_is_one": "Il y a déjà un administrateur.",
  "set_up.done": "Vous êtes l’administrateur",
  "set_up.done_what": "Vous êtes connecté. Et maintenant ?",
  "set_up.websites": "Ajouter des sites à suivre",
  "set_up.users": "Ajouter d’autres personnes",
  "set_up.opportunities": "Voir les opportunités",

  "needs_user.title": "Personne n’est connecté ici",

  "profile.name": "Votre nom",
  "profile.password": "Votre mot de passe",
  "profile.password_what": "En changer vous déconnecte de tous les autres navigateurs.",
  "profile.password_current": "Mot de passe actuel",
  "profile.password_new": "Nouveau mot de passe",
  "profile.password_change": "Changer le mot de passe",
  "profile.password_changed": "Le mot de passe est changé.",
  "profile.browser": "Ce navigateur",
  "profile.browser_what": "Gardé dans ce navigateur, et aussitôt dans toutes ses fenêtres.",
  "profile.theme": "Thème",
  "profile.zone": "Fuseau horaire",
  "profile.zone_what": "Dans lequel les heures sont affichées. Les dates limites restent telles que leurs pages les indiquent.",
  "profile.zone_own": "Celui de cet ordinateur ({zone})",
  "profile.sessions": "Où je suis connecté",

  "invitation.title": "Vous êtes invité",
  "invitation.what": "Choisissez le nom sous lequel les autres vous connaîtront, et un mot de passe.",
  "invitation.do": "Accepter et se connecter",
  "link.incomplete": "Le lien n’est pas complet : rouvrez-le depuis le message, ou copiez-le en entier.",
  "new_password.title": "Choisir un nouveau mot de passe",
  "new_password.what": "Vous êtes déconnecté partout, et vous vous connectez avec le nouveau.",
  "new_password.done": "Le mot de passe est changé. Connectez-vous avec le nouveau.",
  "forgotten.title": "Mot de passe oublié ?",
  "forgotten.what": "Nous vous envoyons un lien pour en choisir un nouveau.",
  "forgotten.sent": "Si {email} appartient à un utilisateur d’ici, un message avec un lien est en route. Il ne sert qu’une fois.",
  "forgotten.do": "Envoyer le lien",
  "forgotten.back": "Retour à la connexion",
  "sign_in.by": "Se connecter par {name}",
};
