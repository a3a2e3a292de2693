import type { Phrase } from "./words";

/**
 * What is said everywhere, or in more rooms than one, by key. A `{name}` is filled in; plurals are told apart by
 * `{count}`. What a room alone says stands in `en/`, and loads with its pages.
 */
export const en = {
  "close": "Close",
  "loading": "Loading…",
  "app.what": "Tenders, grants and calls of the websites that are watched, each value with its proof.",
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

  "status.open": "Open",
  "status.forthcoming": "Not open yet",
  "status.closed": "Closed",
  "status.unknown": "Unknown",
  "closes.closed": "Closed",
  "closes.none": "No deadline stated",
  "closes.hours": { one: "Closes in {count} hour", other: "Closes in {count} hours" },
  "closes.days": { one: "Closes in {count} day", other: "Closes in {count} days" },
  "row.no_organisation": "Organisation not stated",
  "row.who": "Who may apply:",
  "row.who_unknown": "Who may apply: not stated",
  "row.no_amount": "Amount not stated",
  "row.no_website": "No website tells of it",
  "row.sources": { one: "{count} website tells of it", other: "{count} websites tell of it" },
  "row.checked": "Checked",
  "row.unlisted": "No longer listed",
  "list.from_start": "Back to the beginning",
  "filter.clear": "Clear filters",
  "filter.all": "Show all {count}",
  "filter.currency": "Currency",
  "export": "Export",

  "field.deadline": "Deadline",
  "new_window": "(opens a new window)",

  "cancel": "Cancel",
  "save": "Save",
  "saved": "Saved.",
  "copy": "Copy",
  "copied": "Copied",
  "actions": "Actions",

  "local.label": "Who can use this",
  "local.what": "Anyone who uses this computer can use HoistScraper, and nobody else.",
  "local.set_up": "Create the administrator",

  "profile.title": "Profile",

  "chart.as_table": "Show as a table",
  "chart.as_chart": "Show as a chart",
  "chart.most": "The most: {name}, {count}.",
  "connection.stay": "That page cannot be had now. Stay here: what you typed is kept until the server is back.",
} as const satisfies Readonly<Record<string, Phrase>>;
