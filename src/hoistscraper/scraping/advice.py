"""What a person may do about a website that is not well, in sentences."""

from hoistscraper.scraping.envelope import Measure

_OPEN = "Open the website in a browser"
_ACCEPT = "run `hoistscraper website accept URL`"
_UNLESS_IT_LASTS = "Nothing has to be done unless it lasts."

_BY_KIND = {
    "blocked-page": (
        f"{_OPEN} to see what it asks; scrape it less often, or ask its owner to let the name in "
        "HOIST_USER_AGENT through."
    ),
    "logged-out": (
        "Test the log-in on the website's page or with `hoistscraper credential test URL`, and renew it if "
        "need be."
    ),
    "log-in-failed": (
        "Renew the log-in: `hoistscraper credential set URL`, or on the website's page; then test it there."
    ),
    "log-in-unreadable": "Give back the log-ins' key, or keep them anew: `hoistscraper credential set URL`.",
    "forbidden": (f"{_OPEN}: if it asks for a log-in, keep one for it; else it refuses programs."),
    "robots-forbidden": (
        "The website's robots.txt asks us to stay away; ask its owner, or watch another of its pages."
    ),
    "address-refused": "Check the address; if it is one of yours, name its host in HOIST_ALLOW_HOSTS.",
    "page-not-found": "Look up where the calls are listed now, add that address and remove this one.",
    "unknown-host": "Check the address for a slip; if the website has moved, add its new address.",
    "tls-failure": "The website has to renew its certificate; tell its owner if it does not.",
    "rate-limited": "Raise HOIST_PACE_SECONDS, or scrape this website less often.",
    "browser-missing": (
        "Run `hoistscraper doctor` to see which browser is missing, or have the website read without one "
        "where its pages need none: `hoistscraper website render URL auto`."
    ),
    "layout-changed": (
        f"{_OPEN} and see what it lists now; to have it learned anew, {_ACCEPT}. If it stays like this for "
        "three days, it is learned anew by itself."
    ),
    "maintenance": _UNLESS_IT_LASTS,
}
_BY_MEASURE = {
    Measure.NOTHING: f"{_OPEN}: does this page list calls? If it has none now, nothing has to be done.",
    Measure.EMPTY: (
        f"{_OPEN}: if its calls moved, add their new address; if it has none now, nothing has to be done."
    ),
    Measure.MISSING: (
        "Nothing was marked as no longer listed. If it stays like this for three days, it is taken as it is; "
        f"to do so at once, {_ACCEPT}."
    ),
    Measure.LISTED: f"{_OPEN} and compare: its listing may have been rebuilt.",
    Measure.FIELDS: (
        "See what is read with `hoistscraper inspect URL` of a call's page; if the website really says so "
        f"now, {_ACCEPT}."
    ),
    Measure.LACKING: (
        "Open the page of such a call: if it states what is said to be missing, see what is read with "
        "`hoistscraper inspect URL`. If it does not, nothing has to be done: after three days it is taken as "
        f"it is; to do so at once, {_ACCEPT}."
    ),
    Measure.FAILED_PAGES: "Nothing has to be done yet: these pages are asked for again next time.",
    Measure.NEW: "Look at the newest calls: if they are none, the website was rebuilt.",
    Measure.BYTES: _UNLESS_IT_LASTS,
    Measure.DURATION: _UNLESS_IT_LASTS,
}
WHEN_LIMITED = "Raise the limit, or do what else it says; until then nothing is marked as no longer listed."
WHEN_CUT_SHORT = (
    "Nothing was marked as no longer listed; if it lasts, the last job names the page that failed."
)


def on_failure(kind: str, *, is_lasting: bool) -> str:
    """Return what to do about a visit that failed in this way."""
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    return (
        f"{_OPEN}; if it has moved, add its new address."
        if is_lasting
        else "Nothing has to be done yet: it is tried again."
    )


def on_deviation(measure: Measure) -> str:
    """Return what to do about a figure that is not what it usually is."""
    return _BY_MEASURE[measure]
