"""What a person typed into the search field, understood: words, "phrases", -exclusions."""

import re
from collections.abc import Iterator

from hoistscraper.errors import Invalid
from hoistscraper.opportunities.words import is_unspaced, words_of
from hoistscraper.search.clauses import Beginning, Clause, Not, Phrase, word

MOST_LETTERS = 300
MOST_WORDS = 24
# A shorter beginning has too many words to it; it is taken for a word.
LEAST_BEGINNING = 2
_CHUNK = re.compile(r'(-?)(?:"([^"]*)("?)|(\S+))')


def typed_clauses(text: str, *, is_typing: bool = False) -> tuple[Clause, ...]:
    """Return what a call must hold and must not hold.

    ``is_typing``: the last word may go on, if nothing comes after it.

    :raises Invalid: the text is too long, or holds no word.
    """
    if len(text) > MOST_LETTERS:
        raise Invalid(f"The search is longer than {MOST_LETTERS} letters: leave some words out.")
    clauses = tuple(_clauses(text, is_typing=is_typing))
    if sum(map(_words_in, clauses)) > MOST_WORDS:
        raise Invalid(f"The search has more than {MOST_WORDS} words: leave some out.")
    if text.strip() and not clauses:
        raise Invalid("The search holds no letter and no digit: type a word to look for.")
    return clauses


def _clauses(text: str, *, is_typing: bool) -> Iterator[Clause]:
    for chunk in _CHUNK.finditer(text):
        minus, quoted, closed, bare = chunk.groups()
        words = words_of(quoted if quoted is not None else bare)
        if not words:
            continue
        goes_on = is_typing and not minus and chunk.end() == len(text) and not closed
        clause = _clause(words, goes_on=goes_on)
        yield Not(clause) if minus else clause


def _clause(words: list[str], *, goes_on: bool) -> Clause:
    # The last letter of an unspaced script stands alone only at its text's end.
    if len(words) > 1 and is_unspaced(words[-1]) and len(words[-1]) == 1:
        words = words[:-1]
    last = words[-1]
    if len(words) > 1:
        return Phrase(tuple(words), is_unfinished=goes_on and len(last) >= LEAST_BEGINNING)
    if is_unspaced(last) or (goes_on and len(last) >= LEAST_BEGINNING):
        return Beginning(last)
    return word(last)


def _words_in(clause: Clause) -> int:
    match clause:
        case Not(inner):
            return _words_in(inner)
        case Phrase(words):
            return len(words)
        case _:
            return 1
