"""Learned pages of calls that are rebuilt: which deadlines are kept afterwards, against what is true."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from html import escape
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from benchmarks.recipes.pages import FIRST_DAY, Call, invent, randomness
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.page import Page
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.reading.call_pages import CallPages, as_json, from_json
from hoistscraper.reading.read import READER
from hoistscraper.scraping.call_fields import CallFields
from hoistscraper.scraping.call_page import CallPage, read_call_page
from hoistscraper.scraping.held import Screen

LAYOUTS = ("dl", "table", "lines", "headings", "prose")
_NEW = 2  # calls that come at the same time
_AT = datetime.combine(FIRST_DAY, datetime.min.time(), UTC)
_NAMES = MappingProxyType(
    {"by": "Organisation", "reference": "Reference number", "deadline": "Deadline", "amount": "Grant amount"}
)


@dataclass(frozen=True, slots=True)
class Style:
    """How the pages of a website's calls are built."""

    layout: str
    names: Mapping[str, str] = field(default_factory=lambda: _NAMES)
    date_format: str = "{d.day} {m} {d.year}"
    wrappers: int = 0
    above: str = ""
    without: str = ""
    prefix: str = "call"
    shown: Callable[[Call], Call] = field(default=lambda call: call)
    body: str | None = None


@dataclass(slots=True)
class Tally:
    """What became of websites after one change: learned anew, refused, and of their calls' deadlines."""

    name: str
    websites: int = 0
    repaired: int = 0
    refused: int = 0
    wrongly_repaired: int = 0
    right: int = 0
    missing: int = 0
    wrong: int = 0
    wrong_without: int = 0

    def add(self, other: "Tally") -> None:
        """Add the figures of another change."""
        for each in fields(self)[1:]:
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def page(style: Style, call: Call) -> str:
    """Return the page of a call."""
    if style.body is not None:
        return style.body
    told = style.shown(call)
    values = {
        "by": told.organisation,
        "reference": told.reference,
        "deadline": style.date_format.format(d=told.deadline, m=told.deadline.strftime("%B")),
        "amount": f"EUR {told.amount:,}",
    }
    pairs = [(style.names[name], value) for name, value in values.items() if name != style.without]
    content = _LAYOUTS[style.layout](style, pairs)
    for number in range(style.wrappers):
        content = f'<div class="wrap-{number}"><div>{content}</div></div>'
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(call.title)}</title></head><body>'
        f'<nav><a href="/">Home</a></nav><main>{style.above}<h1>{escape(call.title)}</h1>'
        "<p>This call supports work in the region that lasts up to two years and serves everybody there.</p>"
        f"{content}<h2>Who can apply</h2><p>Registered charities and public bodies may apply.</p></main>"
        "</body></html>"
    )


Pairs = Sequence[tuple[str, str]]


def _dl(style: Style, pairs: Pairs) -> str:
    made = "".join(f'<dt class="{style.prefix}-name">{name}</dt><dd>{value}</dd>' for name, value in pairs)
    return f'<dl class="{style.prefix}-facts">{made}</dl>'


def _table(style: Style, pairs: Pairs) -> str:
    made = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in pairs)
    return f'<table class="{style.prefix}-facts">{made}</table>'


def _lines(style: Style, pairs: Pairs) -> str:
    return "".join(f'<p class="{style.prefix}"><b>{name}:</b> {value}</p>' for name, value in pairs)


def _headings(style: Style, pairs: Pairs) -> str:
    return "".join(f'<h3 class="{style.prefix}">{name}</h3><p>{value}</p>' for name, value in pairs)


def _prose(style: Style, pairs: Pairs) -> str:
    named = dict(pairs)
    when = named.pop(style.names["deadline"], None)
    rest = "".join(f"<p>{name}: {value}</p>" for name, value in named.items())
    word = "must be submitted by" if style.names is _NAMES else "are taken at the gate, which shuts on"
    return rest + (f"<p>Applications {word} {when}.</p>" if when else "")


_LAYOUTS: Mapping[str, Callable[[Style, Pairs], str]] = MappingProxyType(
    {"dl": _dl, "table": _table, "lines": _lines, "headings": _headings, "prose": _prose}
)


def _called(**names: str) -> Callable[[Style], Style]:
    return lambda style: replace(style, names=MappingProxyType({**_NAMES, **names}))


def _dates(written: str) -> Callable[[Style], Style]:
    return lambda style: replace(style, date_format=written)


def _other_layout(style: Style) -> Style:
    return replace(style, layout="table" if style.layout != "table" else "lines", prefix="kx")


def _others_deadline(style: Style) -> Style:
    """The page leads with the deadline of another call, in words of its own."""
    moved = replace(_other_layout(style), shown=lambda c: replace(c, deadline=c.deadline - timedelta(days=9)))
    return _called(deadline="Submission deadline")(moved)


_LOG_IN = "<html><title>Log in</title><h1>Log in</h1><form method=post><input type=password></form></html>"
_NOTICE = "<p><b>Deadline of the readers' prize:</b> {day} January 2031</p>"
CHANGES: Mapping[str, Callable[[Style], Style]] = MappingProxyType(
    {
        "classes renamed": lambda style: replace(style, prefix="kx"),
        "wrapped in more blocks": lambda style: replace(style, wrappers=3),
        "another layout": _other_layout,
        "another layout, other words": lambda s: _called(deadline="Apply by")(_other_layout(s)),
        "words of the labels": _called(deadline="Closing date", by="Offered by"),
        "words that say nothing": _called(deadline="Gate"),
        "dates as 2031-04-05": _dates("{d:%Y-%m-%d}"),
        "dates as 05.04.2031": _dates("{d:%d.%m.%Y}"),
        "dates as 05/04/2031": _dates("{d:%d/%m/%Y}"),
        "dates as 04/05/2031": _dates("{d:%m/%d/%Y}"),
        "no deadline any more": lambda style: replace(style, without="deadline"),
        "a notice with another deadline": lambda s: replace(s, above=_NOTICE.format(day=20)),
        "the same, and another layout": lambda s: replace(_other_layout(s), above=_NOTICE.format(day=20)),
        "another date under other words": _others_deadline,
        "a log-in in its place": lambda style: replace(style, body=_LOG_IN),
    }
)


@dataclass(frozen=True, slots=True)
class Website:
    """A website as it was learned: its calls with those to come, and what was read of their pages."""

    style: Style
    calls: Sequence[Call]
    learned: CallPages
    before: Mapping[str, Candidate]


def measure(seed: int, websites: int) -> list[Tally]:
    """Rebuild the pages of so many websites of each layout in each way."""
    learned = [
        _website(Style(layout), randomness(f"{seed} call {layout} {number}"))
        for layout in LAYOUTS
        for number in range(websites)
    ]
    return [_of_change(name, restyle, learned) for name, restyle in CHANGES.items()]


def _website(style: Style, random_: random.Random) -> Website:
    known = invent(random_, random_.randrange(6, 25))
    new = invent(random_, _NEW, first=300, kind=known[0].title.split(" ")[0])
    read = {call.url: _read(style, call, CallPages()) for call in known}
    learned = CallPages().after(each.fields for each in read.values() if each.fields)
    kept = from_json(as_json(learned, reader=READER), reader=READER)  # as it comes back from the database
    before = {url: each.candidate or Candidate() for url, each in read.items()}
    return Website(style, [*known, *new], kept, before)


def _of_change(name: str, restyle: Callable[[Style], Style], websites: Sequence[Website]) -> Tally:
    tally = Tally(name)
    for website in websites:
        rebuilt, pages = restyle(website.style), CallFields(website.learned)
        told = {call.url: _read(rebuilt, call, website.learned) for call in website.calls}
        plain = {call.url: _read(rebuilt, call, CallPages()) for call in website.calls}
        kept = _kept(told, website.before, pages)
        without = _kept(plain, website.before, CallFields(CallPages()))
        _count(tally, kept, without, website.calls, pages)
    return tally


def _kept(
    told: Mapping[str, CallPage], before: Mapping[str, Candidate], pages: CallFields
) -> dict[str, Candidate]:
    """Return what is stored of each call after a visit."""
    sources = {url: _source(url) for url in before}
    # Of a page that is not used, what was known stays.
    read = {url: each.candidate or before.get(url, Candidate()) for url, each in told.items()}
    screened = Screen(sources, calls=pages).screen(
        [_finding(url, candidate) for url, candidate in read.items()],
        {sources[url].id: candidate for url, candidate in before.items()},
        {url: each.fields for url, each in told.items() if each.fields},
    )
    held = {each.finding.identity: before[each.finding.identity] for each in screened.held}
    return held | {each.identity: each.candidate for each in screened.told}


def _count(
    tally: Tally,
    kept: Mapping[str, Candidate],
    without: Mapping[str, Candidate],
    calls: Sequence[Call],
    pages: CallFields,
) -> None:
    ended = Counter(_ending(kept[call.url], call) for call in calls)
    is_repaired = any(name == "deadline" for _, name, _, _ in pages.moves)
    tally.websites += 1
    tally.repaired += is_repaired
    tally.wrongly_repaired += is_repaired and ended["wrong"] > 0
    tally.refused += "deadline" in pages.doubts
    tally.right += ended["right"]
    tally.missing += ended["missing"]
    tally.wrong += ended["wrong"]
    tally.wrong_without += sum(_ending(without[call.url], call) == "wrong" for call in calls)


def _ending(read: Candidate, call: Call) -> str:
    if read.deadline is None:
        return "missing"
    return "right" if read.deadline.date == call.deadline else "wrong"


def _read(style: Style, call: Call, known: CallPages) -> CallPage:
    content = page(style, call).encode()
    answer = Page(url=call.url, final_url=call.url, status=200, content=content, fetched_at=_AT)
    return read_call_page(answer, row_title=call.title, today=FIRST_DAY, known=known)


def _source(url: str) -> KnownSource:
    name = uuid5(NAMESPACE_URL, url)
    return KnownSource(
        id=name,
        opportunity_id=name,
        identity=url,
        listing_url="",
        row_hash="",
        verified_at=None,
        is_listed=True,
    )


def _finding(url: str, candidate: Candidate) -> Finding:
    return Finding(identity=url, listing_url="", row_hash="", candidate=candidate, verified_at=None)


def as_table(tallies: Sequence[Tally]) -> str:
    """Return the figures as a table in Markdown."""
    head = (
        "| what changed on the pages of calls | websites | learned anew | refused | learned wrongly | right "
        "| missing | wrong | wrong without |"
    )
    lines = [head, "|---|---|---|---|---|---|---|---|---|"]
    whole = Tally("all")
    for tally in tallies:
        whole.add(tally)
    for tally in (*tallies, whole):
        cells = " | ".join(str(getattr(tally, each.name)) for each in fields(tally))
        lines.append(f"| {cells} |")
    return "\n".join(lines)
