"""What a call must hold, as PostgreSQL is asked for it: words, beginnings, phrases and marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from hoistscraper.opportunities.marks import quoted, title_mark


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these words or marks."""

    lexemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A word that begins like this."""

    start: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, one after the other; ``is_unfinished``: the last one may go on."""

    words: tuple[str, ...]
    is_unfinished: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these, anywhere."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    clause: "Clause"


Clause: TypeAlias = AnyOf | Beginning | Phrase | AllOf | Not


def word(lexeme: str) -> AnyOf:
    """Return the clause for one word or mark."""
    return AnyOf((lexeme,))


def any_of(lexemes: Iterable[str]) -> tuple[AnyOf, ...]:
    """Return a clause for one of several words or marks; no clause where there are none."""
    chosen = tuple(dict.fromkeys(lexemes))
    return (AnyOf(chosen),) if chosen else ()


def tsquery(clauses: Iterable[Clause]) -> str | None:
    """Return a tsquery for all clauses together, as PostgreSQL reads it; ``None`` where there are none."""
    return " & ".join(_written(clause) for clause in clauses) or None


def in_title(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Yield clauses that hold for calls with all these words in their title."""
    for clause in clauses:
        match clause:
            case AnyOf(lexemes):
                yield AnyOf(tuple(map(title_mark, lexemes)))
            case Beginning(start):
                yield Beginning(title_mark(start))
            case Phrase(words, is_unfinished):
                last = title_mark(words[-1])
                yield from (word(title_mark(each)) for each in words[:-1])
                yield Beginning(last) if is_unfinished else word(last)
            case AllOf(inner):
                yield from in_title(inner)
            case Not():
                pass


def has_phrase(clauses: Iterable[Clause]) -> bool:
    """Whether the index alone cannot answer, so that the words' positions must be read call by call."""
    for clause in clauses:
        match clause:
            case Phrase():
                return True
            case Not(inner) if has_phrase([inner]):
                return True
            case AllOf(inner) if has_phrase(inner):
                return True
    return False


def is_positive(clause: Clause) -> bool:
    """Whether the index can be asked for a clause; what must not be there is no place to begin."""
    return not isinstance(clause, Not)


def _written(clause: Clause) -> str:
    match clause:
        case AnyOf((only,)):
            return quoted(only)
        case AnyOf(lexemes):
            return f"({' | '.join(map(quoted, lexemes))})"
        case Beginning(start):
            return f"{quoted(start)}:*"
        case Phrase(words, is_unfinished):
            return f"({' <-> '.join(map(quoted, words))}{':*' if is_unfinished else ''})"
        case AllOf(inner):
            return f"({' & '.join(map(_written, inner))})"
        case Not(inner):
            return f"!{_written(inner)}"
