"""An invented website of twenty tenders, of realistic size, with two links that only look alike."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape

TENDERS = 20
LISTING_PATH = "/tenders/"
LOOK_ALIKES = {
    "/tenders/how-to-bid/": "How to bid for tenders: a guide for suppliers",
    "/tenders/alerts/": "Tender alerts by e-mail",
}
_WORKS = (
    "Resurfacing of", "Lighting for", "Cleaning of", "Supply of furniture for", "Energy audit of",
    "Roof repairs at", "Security services for", "Catering at", "Planting around", "Network cabling of",
)  # fmt: skip
_PLACES = ("the Castlegate car park", "the Marram Lane library")
_DEPARTMENTS = ("Highways and Transport", "Property Services", "Parks and Open Spaces", "Digital Services")
_SENTENCES = (
    "The successful supplier will appoint a named person who attends a meeting with the council every month.",
    "Work is to be arranged so that the building stays open to the public and deliveries come before nine.",
    "Materials must be reused where that is safe, and what leaves the site is weighed and recorded.",
    "Suppliers describe in no more than six pages how they would staff, plan and check the contract.",
    "Bids are weighed for quality at sixty per cent, for price at thirty and for social value at ten.",
    "The council pays correct invoices within thirty days and expects its suppliers to do the same.",
    "Variable quantities are measured on site by both parties and priced from the schedule of rates.",
    "A visit can be arranged with the contact named on this page, on working days and with a day of notice.",
)
_MENU = (
    "Council Democracy Housing Benefits Schools Libraries Museums Planning Waste Parking Roads Jobs".split()
)
_STYLE = "\n".join(
    f".c{number} {{ margin: {number % 7}px; padding: {number % 5}px; color: #{number * 4099 % 4096:03x}; }}"
    for number in range(110)
)
_SCRIPT = "\n".join(f"window.menu[{number}] = function () {{ return {number}; }};" for number in range(60))


def title_of(number: int) -> str:
    """Return the title of a tender, counted from 0."""
    return f"{_WORKS[number % 10]} {_PLACES[number // 10]}"


def path_of(number: int) -> str:
    """Return where a tender's page is."""
    return f"{LISTING_PATH}{title_of(number).lower().replace(' ', '-')}/"


def deadline_of(number: int, today: date) -> date:
    """Return a tender's deadline, some weeks away."""
    return today + timedelta(days=30 + 3 * number)


def build_pages(today: date) -> Mapping[str, str]:
    """Return every page of the website by its path."""
    pages = {LISTING_PATH: _listing(today)}
    pages |= {path_of(number): _detail(number, today) for number in range(TENDERS)}
    pages |= {path: _page(title, _paragraphs(3, 4)) for path, title in LOOK_ALIKES.items()}
    return pages


def _listing(today: date) -> str:
    rows = "\n".join(_row(number, today) for number in range(TENDERS))
    others = "\n".join(f'<li><a href="{path}">{title}</a></li>' for path, title in LOOK_ALIKES.items())
    return _page("Current tenders", f'<div class="results">\n{rows}\n</div>\n<ul>\n{others}\n</ul>')


def _row(number: int, today: date) -> str:
    return f"""<article class="result">
<h2><a href="{path_of(number)}">{escape(title_of(number))}</a></h2>
<p class="meta">{_DEPARTMENTS[number % 4]}</p>
<p class="meta">Closing date: {_words(deadline_of(number, today))}</p>
<p>{_SENTENCES[number % 8]}</p>
</article>"""


def _detail(number: int, today: date) -> str:
    facts = {
        "Reference number": f"LCC-{1400 + 7 * number}",
        "Department": _DEPARTMENTS[number % 4],
        "Status": "Open",
        "Publication date": _words(today - timedelta(days=number)),
        "Closing date": f"{_words(deadline_of(number, today))}, 12:00",
        "Contract value": f"£{25_000 + 15_500 * number:,}",
        "Contact e-mail": "procurement@larchcombe.example",
    }
    rows = "\n".join(
        f'<div class="row"><dt>{label}</dt><dd>{escape(value)}</dd></div>' for label, value in facts.items()
    )
    content = f"""<p class="lead">{_SENTENCES[number % 8]}</p>
<dl class="facts">
{rows}
</dl>
<h2>Who can bid</h2>
<p class="eligibility">Suppliers with two comparable contracts in the last five years.</p>
<h2>Description</h2>
{_paragraphs(number, 14 + number)}"""
    return _page(title_of(number), content)


def _paragraphs(first: int, count: int) -> str:
    return "\n".join(
        f"<p>{' '.join(_SENTENCES[(first + line + word) % 8] for word in range(5))}</p>"
        for line in range(count)
    )


def _page(title: str, content: str) -> str:
    menu = "\n".join(
        f'<li class="c{place}"><a href="/{word.lower()}/">{word}</a></li>' for place, word in enumerate(_MENU)
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{escape(title)} - Larchcombe Council</title>
<style>
{_STYLE}
</style>
<script>
window.menu = [];
{_SCRIPT}
</script>
</head>
<body>
<header><a href="/">Larchcombe Council (invented)</a><nav><ul>
{menu}
</ul></nav></header>
<main>
<h1>{escape(title)}</h1>
{content}
</main>
<footer><ul>
{menu}
</ul><p><a href="/privacy/">Privacy</a></p></footer>
</body>
</html>
"""


def _words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
