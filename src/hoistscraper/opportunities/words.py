"""The words of a text as searching knows them: without case and accents, in any script."""

import re
import unicodedata
from functools import lru_cache

# A longer word is found by its beginning.
LONGEST_WORD = 64
# These letters are no accented ones to Unicode, yet people without their keyboard write them so.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# Vowel signs belong to their word, which regular expressions do not know.
_SIGNS = "\u0900-\u0963\u0966-\u0dff\u0f18-\u0f84\u0f90-\u0fbc"
# Scripts that put no spaces between words.
_UNSPACED = (
    "\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"([{_UNSPACED}]+)|(?:(?![{_UNSPACED}])(?:[^\W_]|[{_SIGNS}]))+")


def plain(text: str) -> str:
    """Return a text in lower case, without accents, full-width letters as the usual ones."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order.

    Where a script puts no spaces between words, each pair of neighbouring letters is one, and the last
    letter: so any part of such a text is found.
    """
    words: list[str] = []
    for run in _RUN.finditer(plain(text)):
        if run[1]:
            words += [run[1][start : start + 2] for start in range(len(run[1]))]
        else:
            words.append(run[0][:LONGEST_WORD])
    return words


def is_unspaced(word: str) -> bool:
    """Whether a word comes from a script that puts no spaces between words."""
    run = _RUN.match(word)
    return bool(run and run[1])


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Return a name by which equal ones are equal: its words parted by one space."""
    return " ".join(words_of(text))
