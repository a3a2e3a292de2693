"""The pages of each kind of website, of realistic weight."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from benchmarks.fleet.shapes import Shape
from benchmarks.fleet.websites import PAGE_SIZE, Call, FleetWebsite
from hoistscraper.sample_portal.pdf import write_pdf

HTML, XML, PDF, RSS = "text/html", "application/xml", "application/pdf", "application/rss+xml"
_SENTENCES = (
    "Projects may run for up to two years and report in the middle and at the end.",
    "Work is arranged so that buildings stay open to the public.",
    "Costs are paid against invoices within thirty days.",
    "Materials must be reused where that is safe.",
    "A visit can be arranged with a day of notice.",
    "Applications are weighed for quality, price and value to the neighbourhood.",
    "Partners from other towns are welcome to join.",
    "What was learned is told to others at an open evening.",
)
_STYLE = "\n".join(f".c{n} {{ margin: {n % 7}px; color: #{n * 4099 % 4096:03x}; }}" for n in range(80))
_MENU = "".join(
    f'<li><a href="/{word.lower()}/">{word}</a></li>' for word in "News Council Libraries Roads Jobs".split()
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an address answers."""

    body: bytes
    kind: str = HTML


def pages_of(website: FleetWebsite, visit: int, *, origin: str) -> Mapping[str, Content]:
    """Return every page of a website by path and query, as it is in a round; ``origin`` is where it is."""
    calls = website.calls(visit)
    pages = {
        path: _html(website, title, body) for path, title, body in _LISTINGS[website.shape](website, calls)
    }
    if website.shape is Shape.FEED:
        pages[f"{website.prefix}/feed.xml"] = Content(_feed(website, calls, origin).encode(), RSS)
    if website.shape is Shape.SITEMAP:
        places = [f"{origin}{_path(website, call)}" for call in calls]
        pages[website.start_path] = Content(_sitemap(f"{origin}/about/", *places).encode(), XML)
        pages["/about/"] = _html(website, "About us", _prose(5))
    for call in () if website.shape is Shape.ACCORDION else calls:
        pages[_path(website, call)] = _detail(website, call)
    return pages


def _path(website: FleetWebsite, call: Call) -> str:
    return f"{website.prefix}/calls/{call.number}{'.pdf' if website.shape is Shape.PDF else '/'}"


Listing = Iterable[tuple[str, str, str]]
"""Path, title and content of each listing page."""


def _table(website: FleetWebsite, calls: list[Call]) -> Listing:
    yield website.start_path, "Open calls", _rows(website, calls)


def _rows(website: FleetWebsite, calls: list[Call]) -> str:
    rows = "".join(
        f'<tr><td><a href="{_path(website, c)}">{escape(c.title)}</a></td><td>{c.reference}</td>'
        f"<td>{c.deadline_in_words}</td></tr>"
        for c in calls
    )
    head = "<thead><tr><th>Call</th><th>Reference</th><th>Closing date</th></tr></thead>"
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _cards(website: FleetWebsite, calls: list[Call]) -> Listing:
    cards = "".join(
        f'<article class="result"><h2><a href="{_path(website, c)}">{escape(c.title)}</a></h2>'
        f"<p>{escape(c.organisation)}</p><p>Deadline: {c.deadline_in_words}</p>"
        f"<p>{_SENTENCES[c.number % 8]}</p></article>"
        for c in calls
    )
    yield website.start_path, "Calls for proposals", f'<div class="results">{cards}</div>'


def _accordion(website: FleetWebsite, calls: list[Call]) -> Listing:
    panels = "".join(
        f"<h3>{escape(c.title)}</h3><div><p>{_SENTENCES[c.number % 8]}</p>"
        f"<p>Reference number: {c.reference}</p><p>Deadline: {c.deadline_in_words}</p></div>"
        for c in calls
    )
    yield website.start_path, "Funding calls", f'<section class="accordion">{panels}</section>'


def _titles(website: FleetWebsite, calls: list[Call]) -> Listing:
    rows = "".join(
        f'<li class="call"><h2><a href="{_path(website, c)}">{escape(c.title)}</a></h2>'
        f"<p>{_SENTENCES[c.number % 8]}</p></li>"
        for c in calls
    )
    yield website.start_path, "Grants", f'<ul class="calls">{rows}</ul>'


def _paginated(website: FleetWebsite, calls: list[Call]) -> Listing:
    pages = -(-len(calls) // PAGE_SIZE)
    for page in range(1, pages + 1):
        path = website.start_path if page == 1 else f"{website.start_path}?page={page}"
        following = f'<nav><a rel="next" href="{website.start_path}?page={page + 1}">Next</a></nav>'
        rows = _rows(website, calls[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
        yield path, "Open calls", rows + (following if page < pages else "")


def _home_with_feed(website: FleetWebsite, _calls: list[Call]) -> Listing:
    link = f'<link rel="alternate" type="application/rss+xml" href="{website.prefix}/feed.xml">'
    yield website.start_path, "Welcome", f"{link}{_prose(4)}"


def _nothing(_website: FleetWebsite, _calls: list[Call]) -> Listing:
    return ()


def _script(website: FleetWebsite, calls: list[Call]) -> Listing:
    rows = [[_path(website, c), c.title, c.deadline_in_words] for c in calls]
    yield (
        website.start_path,
        "Calls",
        f"""<div id="app"></div><noscript>You need to enable JavaScript to see the calls.</noscript>
<script>
for (const [path, title, deadline] of {json.dumps(rows)}) {{
  const card = document.createElement("article");
  card.innerHTML = `<h2><a href="${{path}}">${{title}}</a></h2><p>Deadline: ${{deadline}}</p>`;
  document.getElementById("app").append(card);
}}
</script>""",
    )


def _redirected(website: FleetWebsite, calls: list[Call]) -> Listing:
    yield f"{website.prefix}/calls/current/", "Open calls", _rows(website, calls)


_LISTINGS: Mapping[Shape, Callable[[FleetWebsite, list[Call]], Listing]] = {
    **dict.fromkeys(Shape, _table),
    Shape.CARDS: _cards,
    Shape.ACCORDION: _accordion,
    Shape.DEFINITIONS: _titles,
    Shape.PAGINATED: _paginated,
    Shape.FEED: _home_with_feed,
    Shape.SITEMAP: _nothing,
    Shape.SCRIPT: _script,
    Shape.REDIRECTING: _redirected,
}


def _detail(website: FleetWebsite, call: Call) -> Content:
    facts = {
        "Organisation": call.organisation,
        "Reference number": call.reference,
        "Deadline": call.deadline_in_words,
        "Grant amount": f"EUR {call.amount:,}",
    }
    if website.shape is Shape.PDF:
        lines = [f"{label}: {value}" for label, value in facts.items()]
        return Content(write_pdf(call.title, [*_SENTENCES[:3], *lines]), PDF)
    pairs = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in facts.items())
    eligible = "<h2>Who can apply</h2><p>Registered charities and public bodies may apply.</p>"
    return _html(website, call.title, f"<dl>{pairs}</dl>{eligible}{_prose(4 + call.number)}")


def _prose(paragraphs: int) -> str:
    lines = (" ".join(_SENTENCES[(line + word) % 8] for word in range(5)) for line in range(paragraphs))
    return "".join(f"<p>{line}</p>" for line in lines)


def _html(website: FleetWebsite, title: str, content: str) -> Content:
    return Content(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{escape(title)} | {escape(website.organisation)}</title><style>{_STYLE}</style></head><body>
<header><a href="/">{escape(website.organisation)} (invented)</a><nav><ul>{_MENU}</ul></nav></header>
<main><h1>{escape(title)}</h1>{content}</main>
<footer><ul>{_MENU}</ul><a href="/privacy/">Privacy</a></footer></body></html>""".encode()
    )


def _feed(website: FleetWebsite, calls: list[Call], origin: str) -> str:
    entries = "".join(
        f"<item><title>{escape(c.title)}</title><link>{origin}{_path(website, c)}</link>"
        f"<description>{_SENTENCES[c.number % 8]}</description></item>"
        for c in calls
    )
    return f'<rss version="2.0"><channel><title>Calls</title>{entries}</channel></rss>'


def _sitemap(*places: str) -> str:
    entries = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
