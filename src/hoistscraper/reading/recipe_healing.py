"""Find the rows of a listing again after its layout has changed: by what they said before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from hoistscraper.discovery.calls import calls_among, groups_of
from hoistscraper.discovery.layout import Layout
from hoistscraper.discovery.records import all_rows
from hoistscraper.discovery.rows import Row, RowGroup
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.folding import fold
from hoistscraper.reading.items import items_of_rows
from hoistscraper.reading.recipe import RememberedRow

LEAST_PROVEN = 3
_LEAST_SHARE = 0.3
_LEAST_NAMED_SHARE = 0.5
_MOST_CONTRADICTED = 0.1
_RUNNER_UP = 0.5
_LEAST_SWAPPED = 2


@dataclass(frozen=True, slots=True)
class Proof:
    """How the rows of a page compare with what is remembered.

    ``known`` rows bear a known name or address; of these, ``named`` have the same of both, ``proven`` the
    same name and the same deadline or none before, ``contradicted`` another deadline, ``swapped`` one whose
    day and month changed places.
    """

    rows: int
    known: int
    proven: int
    named: int
    contradicted: int
    swapped: int

    def suffices(self, remembered: int) -> bool:
        """Tell whether these are the rows that are remembered: nothing but chance would read so alike."""
        return (
            self.proven >= LEAST_PROVEN
            and self.known >= _LEAST_SHARE * min(self.rows, remembered)
            and self.contradicted <= _MOST_CONTRADICTED * self.known
        )

    def suffices_by_name(self, remembered: int) -> bool:
        """Tell whether these are the remembered rows, though they state less than before."""
        least = max(LEAST_PROVEN, _LEAST_NAMED_SHARE * min(self.rows, remembered))
        return self.named >= least and not self.contradicted

    @property
    def is_swapped(self) -> bool:
        """Whether dates read the other way round than before."""
        return self.swapped >= _LEAST_SWAPPED and self.swapped >= self.contradicted / 2


@dataclass(frozen=True, eq=False)
class Healed:
    """The rows that were found again, and what they were read as."""

    group: RowGroup
    rows: tuple[Row, ...]
    items: tuple[Candidate, ...]
    proof: Proof


def compare(items: Sequence[Candidate], remembered: Sequence[RememberedRow]) -> Proof:
    """Compare what rows say with what is remembered of them."""
    memory = _Memory(remembered)
    known = proven = named = contradicted = swapped = 0
    for item in items:
        before = memory.row(item)
        if before is None:
            continue
        known += 1
        is_named = fold(item.title or "") == fold(before.title)
        named += is_named and item.url == before.url
        now = item.deadline.date if item.deadline else None
        if before.deadline is None or now == before.deadline:
            proven += is_named
        elif now is not None:
            contradicted += 1
            swapped += is_swapped(before.deadline, now)
    return Proof(len(items), known, proven, named, contradicted, swapped)


def heal(layout: Layout, remembered: Sequence[RememberedRow], *, today: date) -> Healed | None:
    """Return the rows of a page that are proven to be the remembered ones, or ``None``.

    Another list of the page that holds them, too, makes them doubtful, unless it is a part of the same one.
    """
    memory = _Memory(remembered)
    found = [
        _read(group, layout, remembered, today=today)
        for group in groups_of(layout)
        if any(memory.knows(row) for row in group.rows)
    ]
    proven = [each for each in found if each is not None and each.proof.suffices(len(remembered))]
    best = max(proven, key=_strength, default=None)
    if best is None:
        return None
    own = set(_nodes(best))
    others = (each.proof.known for each in found if each is not None and not _shares(each, own))
    return best if max(others, default=0) <= _RUNNER_UP * best.proof.known else None


class _Memory:
    """Remembered rows by name and by address, as far as these name one row only."""

    def __init__(self, remembered: Sequence[RememberedRow]) -> None:
        self._by_title = _single([(fold(row.title), row) for row in remembered])
        self._by_url = _single([(row.url, row) for row in remembered if row.url])

    def row(self, item: Candidate) -> RememberedRow | None:
        by_title = self._by_title.get(fold(item.title or ""))
        by_url = self._by_url.get(item.url or "")
        return by_title or by_url

    def knows(self, row: Row) -> bool:
        return fold(row.title) in self._by_title or (row.url or "") in self._by_url


def _single(named: Sequence[tuple[str, RememberedRow]]) -> dict[str, RememberedRow]:
    counts = Counter(name for name, _ in named)
    return {name: row for name, row in named if counts[name] == 1}


def is_swapped(before: date, now: date) -> bool:
    """Tell whether day and month of a date changed places."""
    return before != now and before.year == now.year and (before.month, before.day) == (now.day, now.month)


def _read(
    group: RowGroup, layout: Layout, remembered: Sequence[RememberedRow], *, today: date
) -> Healed | None:
    rows = calls_among(all_rows(group, layout))
    if not rows:
        return None
    items = items_of_rows(rows, layout, today=today)
    return Healed(group, rows, items, compare(items, remembered))


def _strength(healed: Healed) -> tuple[int, int, int]:
    proof = healed.proof
    values = sum(len(item.evidence) for item in healed.items)
    return proof.proven - proof.contradicted, -(proof.rows - proof.known), values


def _nodes(healed: Healed) -> Sequence[HtmlElement]:
    return healed.group.nodes or tuple(row.node for row in healed.rows)


def _shares(other: Healed, own: set[HtmlElement]) -> bool:
    """Tell whether most rows of another list stand in, around or at those of this one."""
    nodes = _nodes(other)
    inside = sum(1 for node in nodes if node in own or any(above in own for above in node.iterancestors()))
    around = sum(1 for node in nodes if any(inner in own for inner in node.iterdescendants()))
    return 2 * max(inside, around) >= len(nodes)
