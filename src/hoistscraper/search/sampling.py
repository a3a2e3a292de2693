"""Chance drawn from the index: each call carries one of 256 marks, so a few marks are a fair sample."""

from dataclasses import dataclass, replace

from hoistscraper.opportunities.marks import DRAWS, Mark
from hoistscraper.search.clauses import AnyOf, is_positive
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.statements import Wanted


@dataclass(frozen=True, slots=True)
class Sample:
    """A part of what a search finds; each call in it stands for ``factor`` calls."""

    wanted: Wanted
    factor: float

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.factor == 1


def offered(wanted: Wanted, frequencies: Frequencies) -> float:
    """Return how many calls the index is likely to offer, before conditions on rows are looked at."""
    return frequencies.rows * frequencies.candidates(filter(is_positive, wanted.clauses))


def sample(wanted: Wanted, frequencies: Frequencies, calls: int) -> Sample:
    """Return a sample for which the index offers about so many calls; all of them where there are no more."""
    likely = offered(wanted, frequencies)
    return Sample(wanted, 1.0) if likely <= calls else drawn(wanted, calls / likely)


def drawn(wanted: Wanted, share: float) -> Sample:
    """Return a sample with about this share of the calls."""
    draws = min(max(round(DRAWS * share), 1), DRAWS)
    marks = AnyOf(tuple(Mark.DRAW.of(f"{number:02x}") for number in range(draws)))
    return Sample(replace(wanted, clauses=(*wanted.clauses, marks)), DRAWS / draws)
