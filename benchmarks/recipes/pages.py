"""Invented listings in many layouts, and the ways in which websites rebuild them."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import escape
from types import MappingProxyType

FIRST_DAY = date(2031, 1, 10)
_WORKS = "Restoration Digitisation Renewal Extension Monitoring Mapping Repair Lighting Survey".split()
_THINGS = (
    "wetlands orchards libraries museums archives bridges harbours forests schools clinics mills".split()
)
_PLACES = "Lindmere Oster Falkwick Marren Tolhaven Brae Essel Norrby Quint Vasse".split()
_KINDS = ("Grant for the", "Tender:", "Call for proposals:", "")
LAYOUTS = ("table", "cards", "list", "headings", "accordion")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a page tells it, and what is true of it."""

    title: str
    url: str
    deadline: date
    organisation: str
    reference: str
    amount: int


@dataclass(frozen=True, slots=True)
class Style:
    """How a website is built."""

    layout: str
    block: str = "call"
    parts: str = "call"
    holder: str = "calls"
    wrappers: int = 0
    reverse: bool = False
    date_format: str = "{d.day} {m} {d.year}"
    deadline_word: str = "Closing date"
    title_word: str = "Title"
    heading: str = "Open calls"
    has_header: bool = True
    parent: str = "main"
    above: Callable[["Style", random.Random], str] | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A way to rebuild a website: what it makes of its style, and which of its calls stay."""

    name: str
    restyle: Callable[[Style], Style]
    keeps: Callable[[Sequence[Call]], Sequence[Call]] = field(default=lambda calls: calls)


def randomness(seed: object) -> random.Random:
    """Return what pages are invented from: the same for the same seed."""
    return random.Random(str(seed))  # noqa: S311 - pages, not secrets


def invent(random_: random.Random, count: int, *, first: int = 0, kind: str | None = None) -> list[Call]:
    """Return so many different calls of one website."""
    named = random_.choice(_KINDS) if kind is None else kind
    calls = []
    for number in range(first, first + count):
        work, thing = random_.choice(_WORKS), random_.choice(_THINGS)
        title = f"{named} {work} of {thing} in {random_.choice(_PLACES)} {number + 1}".strip()
        calls.append(
            Call(
                title,
                f"https://calls.example.org/item/{number + 1}",
                FIRST_DAY + timedelta(days=random_.randrange(20, 320)),
                f"{random_.choice(_PLACES)} Foundation",
                f"RF-2031-{number + 1:03}",
                random_.randrange(5, 90) * 1_000,
            )
        )
    return calls


def page(style: Style, calls: Sequence[Call], random_: random.Random) -> str:
    """Return a listing page."""
    if style.body is not None:
        return style.body
    content = _LAYOUTS[style.layout](style, calls)
    above = style.above(style, random_) if style.above else ""
    for number in range(style.wrappers):
        content = f'<div class="wrap wrap-{"abc"[number % 3]}"><div>{content}</div></div>'
    pager = '<p class="pager"><a rel="next" href="?page=2">Next page</a></p>'
    inner = f"<h1>{style.heading}</h1>{above}{content}{pager}"
    return (
        f'<!doctype html><html lang="en"><head><title>{style.heading} | Riverside</title></head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>'
        f"<{style.parent}>{inner}</{style.parent.split()[0]}>"
        '<footer><a href="/privacy">Privacy</a></footer></body></html>'
    )


def _date(style: Style, day: date) -> str:
    return style.date_format.format(d=day, m=day.strftime("%B"))


def _table(style: Style, calls: Sequence[Call]) -> str:
    words = [style.title_word, "Reference", style.deadline_word]
    head = "".join(f"<th>{word}</th>" for word in (words[::-1] if style.reverse else words))
    rows = []
    for call in calls:
        cells = [
            f'<a href="{call.url}">{escape(call.title)}</a>',
            call.reference,
            _date(style, call.deadline),
        ]
        ordered = cells[::-1] if style.reverse else cells
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in ordered) + "</tr>")
    header = f"<thead><tr>{head}</tr></thead>" if style.has_header else ""
    return f'<table class="{style.holder}">{header}<tbody>{"".join(rows)}</tbody></table>'


def _cards(style: Style, calls: Sequence[Call]) -> str:
    made = []
    for call in calls:
        parts = [
            f'<h3 class="{style.parts}-name"><a href="{call.url}">{escape(call.title)}</a></h3>',
            f'<p class="{style.parts}-by">{call.organisation}</p>',
            f'<p class="{style.parts}-date">{style.deadline_word}: {_date(style, call.deadline)}</p>',
        ]
        ordered = [parts[0], parts[2], parts[1]] if style.reverse else parts
        made.append(f'<div class="{style.block}">{"".join(ordered)}</div>')
    return f'<div class="{style.holder}">{"".join(made)}</div>'


def _list(style: Style, calls: Sequence[Call]) -> str:
    made = []
    for call in calls:
        link = f'<a href="{call.url}">{escape(call.title)}</a>'
        when = f"<span>{style.deadline_word}: {_date(style, call.deadline)}</span>"
        inner = f"{when}<br>{link}" if style.reverse else f"{link}<br>{when}"
        made.append(f'<li class="{style.block}">{inner}</li>')
    return f'<ul class="{style.holder}">{"".join(made)}</ul>'


def _headings(style: Style, calls: Sequence[Call]) -> str:
    made = []
    for call in calls:
        prose = f"<p>The {call.organisation} gives up to EUR {call.amount:,} for this work in the region.</p>"
        when = f"<p>{style.deadline_word}: {_date(style, call.deadline)}</p>"
        below = when + prose if style.reverse else prose + when
        made.append(f'<h2 class="{style.block}"><a href="{call.url}">{escape(call.title)}</a></h2>{below}')
    return f'<section class="{style.holder}">{"".join(made)}</section>'


def _accordion(style: Style, calls: Sequence[Call]) -> str:
    made = []
    for call in calls:
        parts = [
            f"<p>{style.deadline_word}: {_date(style, call.deadline)}</p>",
            f'<p>Offered by {call.organisation}. <a href="{call.url}">Read more</a></p>',
        ]
        inner = "".join(parts[::-1] if style.reverse else parts)
        made.append(
            f'<details class="{style.block}"><summary>{escape(call.title)}</summary>{inner}</details>'
        )
    return f'<div class="{style.holder}">{"".join(made)}</div>'


_LAYOUTS: Mapping[str, Callable[[Style, Sequence[Call]], str]] = MappingProxyType(
    {"table": _table, "cards": _cards, "list": _list, "headings": _headings, "accordion": _accordion}
)


def _past(style: Style, random_: random.Random, *, heading: str, layout: str, count: int) -> str:
    awarded = invent(random_, count, first=500, kind="")
    past = [replace(call, deadline=call.deadline - timedelta(days=1200)) for call in awarded]
    plain = replace(
        style, layout=layout, holder="past", block="award", deadline_word="Awarded on", above=None
    )
    return f"<h2>{heading}</h2>{_LAYOUTS[layout](plain, past)}"


def _with_past(heading: str, layout: str, count: int) -> Callable[[Style], Style]:
    def above(style: Style, random_: random.Random) -> str:
        return _past(style, random_, heading=heading, layout=layout, count=count)

    return lambda style: replace(style, above=above)


def _other_layout(style: Style) -> Style:
    layout = "cards" if style.layout != "cards" else "table"
    return replace(style, layout=layout, holder="results", block="result", parts="result")


def _renamed(style: Style) -> Style:
    return replace(style, holder="kx-wrap", block="kx-tile", parts="kx")


_LOG_IN = (
    "<html><head><title>Log in</title></head><body><h1>Log in</h1><form method=post><input name=user>"
    "<input name=secret type=password></form></body></html>"
)
_SHELL = '<html><body><div id="root"></div><script src="app.js"></script></body></html>'

CHANGES: Sequence[Change] = (
    Change("classes renamed", _renamed),
    Change("wrapped in more blocks", lambda style: replace(style, wrappers=3)),
    Change("another layout", _other_layout),
    Change(
        "another layout, no labels", lambda s: replace(_other_layout(s), deadline_word="On", has_header=False)
    ),
    Change("order of columns or parts", lambda style: replace(style, reverse=True)),
    Change("dates as 2031-04-05", lambda style: replace(style, date_format="{d:%Y-%m-%d}")),
    Change("dates as 05.04.2031", lambda style: replace(style, date_format="{d:%d.%m.%Y}")),
    Change("dates as 05/04/2031", lambda style: replace(style, date_format="{d:%d/%m/%Y}")),
    Change("dates as 04/05/2031", lambda style: replace(style, date_format="{d:%m/%d/%Y}")),
    Change(
        "the same, no day after the 12th",
        lambda style: replace(style, date_format="{d:%m/%d/%Y}"),
        lambda calls: [call for call in calls if call.deadline.day <= 12],
    ),
    Change("words of the header", lambda s: replace(s, deadline_word="Apply by", title_word="Opportunity")),
    Change("words that say nothing", lambda s: replace(s, deadline_word="Gate", title_word="Item")),
    Change("under another parent", lambda s: replace(s, parent='section id="content" class="body"')),
    Change("another name of the page", lambda s: replace(s, heading="News and events")),
    Change("half of the calls gone", lambda style: style, lambda calls: calls[::2]),
    Change("past awards above, as a table", _with_past("Past awards", "table", 30)),
    Change("funded projects above, alike", lambda s: _with_past("Funded projects", s.layout, 30)(s)),
    Change("a list without a name above", lambda s: _with_past("2029 to 2030", "list", 40)(_renamed(s))),
    Change("a log-in in its place", lambda style: replace(style, body=_LOG_IN), lambda _calls: []),
    Change("an empty shell", lambda style: replace(style, body=_SHELL), lambda _calls: []),
    Change(
        "past awards in its place",
        lambda s: replace(_with_past("What we gave", "table", 30)(s), heading="Grants", holder="none"),
        lambda _calls: [],
    ),
)
