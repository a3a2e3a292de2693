import { accounts } from "./fr/accounts";
import { dashboard } from "./fr/dashboard";
import { descriptions } from "./fr/descriptions";
import { jobs } from "./fr/jobs";
import { opportunities } from "./fr/opportunities";
import { opportunity } from "./fr/opportunity";
import { settings } from "./fr/settings";
import { websites } from "./fr/websites";
import type { Catalogue, Foreign } from "./words";

const catalogue: Catalogue = {
  ...accounts,
  ...dashboard,
  ...jobs,
  ...opportunities,
  ...opportunity,
  ...settings,
  ...websites,

  "close": "Fermer",
  "loading": "Chargement…",
  "app.what": "Marchés, subventions et appels des sites surveillés, chaque valeur avec sa preuve.",
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

  "status.open": "Ouvert",
  "status.forthcoming": "Pas encore ouvert",
  "status.closed": "Clos",
  "status.unknown": "Inconnu",
  "closes.closed": "Clos",
  "closes.none": "Sans date limite indiquée",
  "closes.hours": { one: "Clôture dans {count} heure", other: "Clôture dans {count} heures" },
  "closes.days": { one: "Clôture dans {count} jour", other: "Clôture dans {count} jours" },
  "row.no_organisation": "Organisme non précisé",
  "row.who": "Qui peut postuler :",
  "row.who_unknown": "Qui peut postuler : non précisé",
  "row.no_amount": "Montant non précisé",
  "row.no_website": "Aucun site ne l’annonce",
  "row.sources": { one: "{count} site l’annonce", other: "{count} sites l’annoncent" },
  "row.checked": "Vérifié",
  "row.unlisted": "N’est plus annoncé",
  "list.from_start": "Revenir au début",
  "filter.clear": "Effacer les filtres",
  "filter.all": "Tout afficher ({count})",
  "filter.currency": "Devise",
  "export": "Exporter",

  "field.deadline": "Date limite",
  "new_window": "(ouvre une nouvelle fenêtre)",

  "cancel": "Annuler",
  "save": "Enregistrer",
  "saved": "C’est enregistré.",
  "copy": "Copier",
  "copied": "Copié",
  "actions": "Actions",

  "local.label": "Qui peut s’en servir",
  "local.what": "Toute personne devant cet ordinateur peut utiliser HoistScraper, et personne d’autre.",
  "local.set_up": "Créer l’administrateur",

  "profile.title": "Profil",

  "chart.as_table": "Afficher en tableau",
  "chart.as_chart": "Afficher en graphique",
  "chart.most": "Le maximum : {name}, {count}.",
  "connection.stay": "Cette page ne peut pas venir maintenant. Restez ici : ce que vous avez tapé est gardé jusqu’au retour du serveur.",
};

/** Every room's words in French, in one file: it is asked for once, and kept. */
export const fr: Foreign = { catalogue, descriptions };
