"""The kinds of websites in the fleet, how many of each a thousand has, and how a job of each should end."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Shape(StrEnum):
    """What is particular about a website."""

    TABLE = "table, pages behind"
    CARDS = "cards, pages behind"
    ACCORDION = "accordion, one page"
    DEFINITIONS = "titles only, definitions behind"
    PAGINATED = "several listing pages"
    FEED = "feed"
    SITEMAP = "sitemap"
    PDF = "PDF behind"
    SLOW = "slow"
    STUMBLING = "500 now and then"
    HEALING = "down, heals"
    BROKEN = "down for good"
    CHANGING = "always changing"
    CONDITIONAL = "304 where unchanged"
    FORM = "log-in: form"
    BASIC = "log-in: HTTP basic"
    COOKIE = "log-in: cookie"
    HEADER = "log-in: header"
    SCRIPT = "JavaScript"
    REDIRECTING = "redirecting"
    FORBIDDEN = "robots.txt forbids"
    NEIGHBOUR = "two on one host"


IN_A_THOUSAND: Mapping[Shape, int] = MappingProxyType(
    {
        Shape.TABLE: 130, Shape.CARDS: 130, Shape.ACCORDION: 70, Shape.DEFINITIONS: 100, Shape.PAGINATED: 60,
        Shape.FEED: 60, Shape.SITEMAP: 50, Shape.PDF: 30, Shape.SLOW: 30, Shape.STUMBLING: 50,
        Shape.HEALING: 20, Shape.BROKEN: 15, Shape.CHANGING: 50, Shape.CONDITIONAL: 70, Shape.FORM: 10,
        Shape.BASIC: 10, Shape.COOKIE: 10, Shape.HEADER: 10, Shape.SCRIPT: 5, Shape.REDIRECTING: 40,
        Shape.FORBIDDEN: 20, Shape.NEIGHBOUR: 30,
    }
)  # fmt: skip
# Their rows state the deadline, so that a visit sees it move without asking for every page again.
TOLD_BY_ROWS = frozenset(
    {Shape.TABLE, Shape.CARDS, Shape.ACCORDION, Shape.PAGINATED, Shape.CHANGING, Shape.CONDITIONAL}
)
CALM = (Shape.TABLE, Shape.CARDS, Shape.ACCORDION, Shape.DEFINITIONS, Shape.PAGINATED, Shape.FEED)
LOG_INS = frozenset({Shape.FORM, Shape.BASIC, Shape.COOKIE, Shape.HEADER})
UNREADABLE = frozenset({Shape.BROKEN, Shape.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class Ending:
    """How the job of a website should end."""

    status: str
    error_kind: str | None
    attempt: int


def ending_of(shape: Shape, *, visit: int, job_attempts: int) -> Ending:
    """Return how a job ends; ``visit`` counts the rounds of the fleet from 1."""
    match shape:
        case Shape.BROKEN:
            return Ending("failed", "server-failure", job_attempts)
        case Shape.FORBIDDEN:
            return Ending("failed", "robots-forbidden", 1)
        case Shape.HEALING if visit == 1:
            return Ending("completed", None, 2)
        case _:
            return Ending("completed", None, 1)


def shapes_of(websites: int) -> list[Shape]:
    """Return a shape for each website, in the proportions of a thousand, each shape at least once.

    Neighbours come in pairs.
    """
    counts = {shape: max(1, round(share * websites / 1_000)) for shape, share in IN_A_THOUSAND.items()}
    counts[Shape.NEIGHBOUR] += counts[Shape.NEIGHBOUR] % 2
    counts[Shape.TABLE] += websites - sum(counts.values())
    if counts[Shape.TABLE] < 1:
        raise SystemExit(f"A fleet with every kind of website has {len(Shape) + 1} at least.")
    return [shape for shape, count in counts.items() for _ in range(count)]
