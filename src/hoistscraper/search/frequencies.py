"""How frequent words and marks are, as PostgreSQL's own statistics have it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from hoistscraper.search.clauses import AllOf, AnyOf, Beginning, Clause, Not, Phrase

# Of the calls that hold the rarest word of a phrase, so many may hold the phrase.
PHRASE_SHARE = 0.1
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Frequencies:
    """Which share of all calls holds a word or mark; those that are not listed are rarer than ``least``."""

    rows: int = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    least: float = 0.0

    def share(self, clause: Clause) -> float:
        """Return the share of calls for which a clause is likely to hold."""
        match clause:
            case AnyOf(lexemes):
                return 1 - prod(1 - self.of(lexeme) for lexeme in lexemes)
            case Beginning(start):
                return self._beginning(start)
            case Phrase(words):
                return min(map(self.of, words)) * PHRASE_SHARE
            case AllOf(clauses):
                return self.together(clauses)
            case Not(inner):
                return 1 - self.share(inner)

    def together(self, clauses: Iterable[Clause]) -> float:
        """Return the share of calls for which all clauses are likely to hold.

        Words that are used together are found together: each next one halves the weight of its rarity.
        """
        rarest = sorted(map(self.share, clauses))
        return prod((share ** (0.5**place) for place, share in enumerate(rarest)), start=1.0)

    def candidates(self, clauses: Iterable[Clause]) -> float:
        """Return the share of calls that the index offers, phrases taken for their words."""
        return self.together(
            AllOf(tuple(AnyOf((word,)) for word in clause.words)) if isinstance(clause, Phrase) else clause
            for clause in clauses
        )

    def of(self, lexeme: str) -> float:
        """Return the share of calls with one word or mark."""
        return self.shares.get(lexeme, self.least / 2)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.shares)

    def _beginning(self, start: str) -> float:
        begin, end = bisect_left(self._sorted, start), bisect_left(self._sorted, start + _LAST)
        return min(sum(self.shares[each] for each in self._sorted[begin:end]) + self.least, 1.0)
