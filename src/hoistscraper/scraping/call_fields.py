"""Do the pages of calls state what they state as a rule, and where? Counted over one visit. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.standing import FIELDS, Standing
from hoistscraper.reading.call_pages import (
    CallPageKind,
    CallPages,
    KindOfPage,
    PageFields,
    name_in_words,
    place_in_words,
)
from hoistscraper.reading.recipe_healing import is_swapped
from hoistscraper.scraping.figures import core_fields
from hoistscraper.scraping.suspicion import LEAST_CALLS, MOST_LOST_SHARE

# Of which two readings are the same or are not; names and texts are told differently from page to page.
COMPARED = ("deadline", "opening_date", "amount", "reference_number", "contact_email")
LEAST_SAME = 3
_MOST_CONTRADICTED = 0.1
_RUNNER_UP = 0.5
_LEAST_SWAPPED = 2


@dataclass(slots=True)
class _Compared:
    """One field of the known calls of one kind of page: how it reads now, against what was read last.

    ``same`` and ``others`` are counted by the places where no value is usual.
    """

    known: int = 0
    lost: int = 0
    swapped: int = 0
    differing: int = 0
    same: Counter[Standing] = field(default_factory=Counter)
    others: Counter[Standing] = field(default_factory=Counter)

    @property
    def moved(self) -> int:
        """On how many pages the field stands elsewhere."""
        return self.same.total() + self.others.total()

    @property
    def is_lost(self) -> bool:
        return self.lost >= LEAST_CALLS and self.lost > MOST_LOST_SHARE * self.known

    @property
    def is_swapped(self) -> bool:
        return self.swapped >= _LEAST_SWAPPED and self.swapped >= self.differing / 2

    def is_moved(self, least: int) -> bool:
        """Tell whether the field stands elsewhere on so many pages, and on most or otherwise than before."""
        is_on_most = self.moved > (self.known - self.lost) / 2
        contradicted = self.others.total()
        is_otherwise = contradicted >= least and contradicted > _MOST_CONTRADICTED * self.known
        return self.moved >= least and (is_on_most or is_otherwise)

    @property
    def new_place(self) -> Standing | None:
        """Where the field stands now, if enough calls prove it and no other place comes near."""
        (best, same), *rest = [*self.same.most_common(2), (None, 0)]
        runner_up = max((count for _, count in rest), default=0)
        contradicted = self.others.total()
        is_proven = same >= LEAST_SAME and contradicted <= _MOST_CONTRADICTED * self.moved
        return best if is_proven and runner_up <= _RUNNER_UP * same else None


class CallFields:
    """What was learned of the pages of calls, held against those that a visit reads.

    ``is_in_doubt``: the last visit did not believe some; only these are read again, however few they are.
    """

    def __init__(self, learned: CallPages, *, is_in_doubt: bool = False) -> None:
        self._learned = learned
        self._least_moved = 1 if is_in_doubt else LEAST_CALLS
        self._pages: list[PageFields] = []
        self._compared: dict[tuple[CallPageKind, str], _Compared] = {}

    def count(self, page: PageFields, before: Candidate | None, now: Candidate) -> frozenset[str]:
        """Take one page and what its call stated before, if it was known; return what the page lacks."""
        self._pages.append(page)
        kind = self._learned.of(page.kind)
        if before is not None:
            for name in kind.known.intersection(COMPARED):
                self._compare(name, kind, page, _value(before, name), _value(now, name))
        return kind.expected - page.standings.keys()

    def _compare(self, name: str, kind: KindOfPage, page: PageFields, before: object, now: object) -> None:
        if before is None:
            return
        counted = self._compared.setdefault((page.kind, name), _Compared())
        counted.known += 1
        standing = page.standings.get(name)
        if now is None:
            counted.lost += 1
            return
        counted.differing += before != now
        counted.swapped += isinstance(before, date) and isinstance(now, date) and is_swapped(before, now)
        if standing is not None and not kind.is_usual(name, standing):
            (counted.same if before == now else counted.others)[standing] += 1

    @property
    def pages(self) -> int:
        """How many pages were read."""
        return len(self._pages)

    @property
    def doubts(self) -> Mapping[str, str]:
        """The fields that are not to be believed on this visit, each with the reason."""
        told = ((name, self._doubt(kind, name, each)) for (kind, name), each in self._compared.items())
        return {name: sentence for name, sentence in told if sentence}

    def _doubt(self, kind: CallPageKind, name: str, each: _Compared) -> str | None:
        words = name_in_words(name)
        if each.is_lost:
            return f"The {words} of {each.lost} of {each.known} known calls could not be read any more."
        if each.is_swapped:
            return (
                f"The {words} of {each.swapped} known calls reads with day and month the other way round: "
                "how dates are written here has changed."
            )
        if each.is_moved(self._least_moved) and each.new_place is None:
            place = (each.same + each.others).most_common(1)[0][0]
            same, calls = each.same[place], "call" if each.moved == 1 else "calls"
            return (
                f"The pages of calls were rebuilt: the {words} stands elsewhere now "
                f"({place_in_words(place)}), where {same or 'none'} of {each.moved} known {calls} "
                f"{'reads' if same < 2 else 'read'} as before."
            )
        return None

    @property
    def moves(self) -> list[tuple[CallPageKind, str, Standing, int]]:
        """The fields that stand elsewhere now, where, and how many calls prove it."""
        return [
            (kind, name, place, each.same[place])
            for (kind, name), each in self._compared.items()
            if each.is_moved(self._least_moved) and (place := each.new_place) and name not in self.doubts
        ]

    def confirmed(self, page: PageFields, call: Candidate, before: Candidate | None = None) -> Candidate:
        """Return a call without what it did not state ``before``, and stands where nothing confirms it."""
        new = [name for name in self.doubts if before is None or _value(before, name) is None]
        left_out = {each for name in new if self._is_open(page, name) for each in fields_of(name)}
        empty = {name: None for name in left_out if getattr(call, name) is not None}
        if not empty:
            return call
        proof = {name: each for name, each in call.evidence.items() if name not in left_out}
        return replace(call, **empty, evidence=proof)  # type: ignore[arg-type]

    def _is_open(self, page: PageFields, name: str) -> bool:
        standing = page.standings.get(name)
        if standing is None:
            return False
        counted = self._compared.get((page.kind, name))
        is_usual = self._learned.of(page.kind).is_usual(name, standing)
        return not is_usual or (counted is not None and counted.is_swapped)

    def learned(self) -> CallPages:
        """Return what is known after the visit."""
        known = self._learned
        for kind, name, place, _ in self.moves:
            known = known.moved(kind, name, place)
        return known.after(self._pages)

    def notes(self) -> list[str]:
        """Say what was learned anew."""
        return [
            f"The pages of calls were rebuilt: their {name_in_words(name)} stands elsewhere now "
            f"({place_in_words(place)}); {same} calls read as before, so it was learned anew."
            for _, name, place, same in self.moves
        ]


def fields_of(name: str) -> tuple[str, ...]:
    """Return the fields of a call that are told under one name; a sum comes with its currency."""
    return ("amount_min", "amount_max", "currency") if name == "amount" else FIELDS[name]


def _value(call: Candidate, name: str) -> object:
    if name not in core_fields(call):
        return None
    if name in ("deadline", "opening_date"):
        moment = call.deadline if name == "deadline" else call.opening_date
        return moment.date if moment else None
    return tuple(getattr(call, each) for each in fields_of(name))
