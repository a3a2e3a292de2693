"""The searches that are measured: words of each band of frequency, every order, every filter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hoistscraper.extraction.candidate import Status
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.query import Order, Search

# From which share of all calls on to which one: about 20 of a million, 500, 5,000, 50,000, 300,000.
BANDS = {
    "rare": (0.0, 0.000_05),
    "seldom": (0.000_3, 0.000_8),
    "middling": (0.003, 0.01),
    "usual": (0.03, 0.1),
    "common": (0.15, 1.0),
}
WORDS_A_BAND = 6
OPEN = (Status.OPEN,)


@dataclass(frozen=True, slots=True)
class Case:
    """Searches that are measured together."""

    name: str
    searches: tuple[Search, ...]


def cases(known: Frequencies, rare: list[str], website: UUID, now: datetime) -> Iterator[Case]:
    """Yield what is measured; ``rare``: words that are too rare for the statistics."""
    words = {band: _words(known, *bounds) for band, bounds in BANDS.items()} | {"rare": rare}
    yield Case("no word", (Search(), Search(statuses=OPEN), Search(statuses=(Status.CLOSED,))))
    for band, chosen in words.items():
        for order in Order:
            searches = tuple(Search(words=word, order=order) for word in chosen)
            yield Case(f"{band} word, by {order}", searches)
        yield Case(f"{band} word, open", tuple(Search(words=word, statuses=OPEN) for word in chosen))
    pairs = zip(words["common"], words["usual"] + words["common"][::-1], strict=False)
    yield Case("two words", tuple(Search(words=f"{one} {other}") for one, other in pairs))
    pairs = zip(words["common"], words["common"][1:], strict=False)
    yield Case("a phrase", tuple(Search(words=f'"{one} {other}"') for one, other in pairs))
    typing = tuple(Search(words=word[:4], is_typing=True) for word in words["usual"] + words["common"])
    yield Case("a word being typed", typing)
    for order in (Order.DEADLINE, Order.NEWEST, Order.AMOUNT):
        for name, search in _filters(website, now).items():
            yield Case(f"{name}, by {order}", (replace(search, order=order),))


def _filters(website: UUID, now: datetime) -> dict[str, Search]:
    today = now.date()
    return {
        "a category, open": Search(categories=("Water",), statuses=OPEN),
        "an organisation": Search(organisations=("Lindmere Council",)),
        "a website": Search(websites=(website,)),
        "a currency and amounts": Search(
            currencies=("EUR",), amount_min=Decimal(50_000), amount_max=Decimal(60_000)
        ),
        "closing within 14 days": Search(closing_within_days=14),
        "posted within 7 days": Search(posted_within_days=7),
        "a month of deadlines": Search(
            closes_from=today - timedelta(days=400), closes_to=today - timedelta(days=370)
        ),
        "opening dates": Search(opens_from=today - timedelta(days=60), opens_to=today - timedelta(days=50)),
        "with documents, still listed": Search(has_documents=True, is_listed=True),
        "forthcoming": Search(statuses=(Status.FORTHCOMING,)),
    }


def _words(known: Frequencies, low: float, high: float) -> list[str]:
    fitting = sorted(
        lexeme for lexeme, share in known.shares.items() if low <= share < high and lexeme.isalpha()
    )
    step = max(len(fitting) // WORDS_A_BAND, 1)
    return fitting[::step][:WORDS_A_BAND]
