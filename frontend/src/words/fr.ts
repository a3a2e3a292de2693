import type { Catalogue } from "./words";

export const fr: Catalogue = {
  "close": "Fermer",
  "loading": "Chargement…",
  "skip": "Aller au contenu",
  "language": "Langue",
  "unknown": "Non précisé",

  "nav.label": "Principal",
  "nav.opportunities": "Opportunités",
  "nav.websites": "Sites",
  "nav.jobs": "Visites",
  "nav.dashboard": "Tableau de bord",
  "nav.settings": "Réglages",

  "theme.system": "comme le système",
  "theme.light": "clair",
  "theme.dark": "sombre",
  "theme.switch": "Thème : {name}. Changer",

  "account.of": "Connecté en tant que {name}",

  "connection.lost": "HoistScraper ne répond pas. Ce que vous voyez peut dater ; tout reprend de lui-même dès que le serveur revient.",
  "connection.slow": "HoistScraper met du temps à répondre. Il y travaille encore.",

  "error.title": "Un problème est survenu",
  "error.unexpected": "La page a rencontré quelque chose d’inattendu.",
  "error.unreachable": "HoistScraper ne répond pas.",
  "error.status": "HoistScraper a répondu avec le statut {status}.",
  "error.again_by_itself": "Un nouvel essai a lieu de lui-même.",
  "error.try_now": "Réessayer maintenant",
  "error.start_again": "Recommencer",
  "error.case": "Cas {name}",

  "not_found.title": "Cette page n’existe pas",
  "not_found.what": "L’adresse est peut-être mal saisie, ou ce qu’elle désignait a été supprimé.",
  "not_found.lead": "Voir les opportunités",

  "unbuilt.title": "Cette page n’existe pas encore",
  "unbuilt.what": "La ligne de commande et l’API savent tout faire : voyez hoistscraper --help et /api/docs.",

  "list.more": "En voir plus",
  "list.go_on": "Continuer à partir d’ici",

  "health.green": "En bon état",
  "health.amber": "À regarder",
  "health.red": "En panne",
  "health.unvisited": "Pas encore visité",

  "money.from": "à partir de {amount}",
  "money.up_to": "jusqu’à {amount}",

  "search.label": "Chercher des opportunités",
  "search.placeholder": "Chercher dans les titres, organismes, textes",
};
