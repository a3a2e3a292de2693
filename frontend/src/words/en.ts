/** Every string of the interface, by key. A `{name}` is filled in; plurals are told apart by `{count}`. */
export const en = {
  "close": "Close",
  "loading": "Loading…",
  "skip": "Skip to the content",
  "language": "Language",
  "unknown": "Not stated",

  "nav.label": "Main",
  "nav.opportunities": "Opportunities",
  "nav.websites": "Websites",
  "nav.jobs": "Jobs",
  "nav.dashboard": "Dashboard",
  "nav.settings": "Settings",

  "theme.system": "as the system",
  "theme.light": "light",
  "theme.dark": "dark",
  "theme.switch": "Theme: {name}. Change it",

  "account.of": "Signed in as {name}",

  "connection.lost": "HoistScraper does not answer. What you see may be old; it goes on by itself as soon as the server is back.",
  "connection.slow": "HoistScraper takes long to answer. It is still working on it.",

  "error.title": "Something went wrong",
  "error.unexpected": "The page met something that it did not expect.",
  "error.unreachable": "HoistScraper does not answer.",
  "error.status": "HoistScraper answered with status {status}.",
  "error.again_by_itself": "It is tried again by itself.",
  "error.try_now": "Try now",
  "error.start_again": "Start again",
  "error.case": "Case {name}",

  "not_found.title": "There is no such page",
  "not_found.what": "The address may be mistyped, or what it led to was removed.",
  "not_found.lead": "Show the opportunities",

  "unbuilt.title": "This page is not there yet",
  "unbuilt.what": "The command line and the API can do all of it: see hoistscraper --help and /api/docs.",

  "list.more": "Show more",
  "list.go_on": "Go on from here",

  "health.green": "Working",
  "health.amber": "Needs a look",
  "health.red": "Not working",
  "health.unvisited": "Not visited yet",

  "money.from": "from {amount}",
  "money.up_to": "up to {amount}",

  "search.label": "Search opportunities",
  "search.placeholder": "Search titles, organisations, texts",
} as const satisfies Readonly<Record<string, import("./words").Phrase>>;
