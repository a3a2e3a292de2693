"""Text made comparable: lower case without accents, every character staying at its place."""

import re
import unicodedata
from functools import lru_cache

_SHORT = 200
_MOST_FOREIGN = 30
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# Letters and figures of ASCII, folded; a space for anything else.
_IN_WORDS = (
    "".join(sign.lower() if sign.isalnum() else " " for sign in map(chr, range(128))).encode().ljust(256)
)
_STROKED = str.maketrans("łŁøØđĐßıæÆœŒ’‘´`–—−", "lloodds" + "i" + "aaoo" + "''''---")


class _Folded(dict[int, str]):
    """Fills itself with the folded form of each character met; never one character for two."""

    def __missing__(self, code: int) -> str:
        character = chr(code).translate(_STROKED)
        base = unicodedata.normalize("NFKD", character)[:1].lower().translate(_STROKED)
        folded = base if len(base) == 1 else character
        self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return the text in lower case without accents, of the same length, so that positions still hold."""
    if text.isascii() and "`" not in text:
        return text.lower()  # the same, and many times as fast
    foreign = set(_NOT_ASCII.findall(text))
    if len(foreign) > _MOST_FOREIGN:
        return text.translate(_FOLDED)
    # Each folded letter is folded already, so that one after the other gives the same, faster.
    for character in foreign:
        text = text.replace(character, _FOLDED[ord(character)])
    return text.replace("`", "'").lower()


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words, plural endings taken off: "Closing Dates:" -> ("closing", "date")."""
    return _words_of_short(text) if len(text) <= _SHORT else _words(text)


def holds_digit(text: str) -> bool:
    """Tell whether a text holds a decimal digit."""
    # Ten searches for one character take a part of the time of one pattern.
    if any(map(text.__contains__, "0123456789")):
        return True
    return not text.isascii() and _DIGIT.search(text) is not None


def word_set(text: str) -> frozenset[str]:
    """Return the words that :func:`fold_words` returns, each once."""
    return frozenset(map(_singular, set(_plain_words(text))))


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_singular, _plain_words(text)))


def _plain_words(text: str) -> list[str]:
    if text.isascii():
        return text.encode().translate(_IN_WORDS).decode().split()
    return _WORD.findall(fold(text))


# The labels and titles of a page are asked about again and again, those of the largest in turn.
_words_of_short = lru_cache(maxsize=32_768)(_words)


@lru_cache(maxsize=8_192)  # so that texts share their words
def _singular(word: str) -> str:
    return word[:-1] if word[-1] == "s" and len(word) > 3 and word[-2] not in "su" else word
