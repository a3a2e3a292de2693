"""The words by which funding pages name things, in several languages; the words are in the TOML files here.

Phrases are written folded (lower case, no accents); plural endings do not matter.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypedDict, cast

from hoistscraper.extraction.currencies import CODES
from hoistscraper.extraction.folding import fold, fold_words, word_set

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs")
DATE_FIELDS = frozenset({"deadline", "opening_date", "application_period", "other_date"})
LONGEST_LABEL_WORDS = 12
_LONGEST_PHRASE = 200  # characters, whatever stands between its words
# One-word phrases that name a deadline whatever stands beside them; other single words need to stand alone.
_TELLING = frozenset(
    """deadline scadenza einsendeschluss bewerbungsschluss einreichfrist einreichungsfrist bewerbungsfrist
    antragsfrist abgabefrist uzaverka""".split()
)

# A word of calls that is part of their names rather than of labels: "Arts Fund", "Office of the fund".
_OF_NAMES = frozenset(["fund"])

Topic = Literal[
    "open",
    "closed",
    "forthcoming",
    "status_open",
    "status_closed",
    "status_forthcoming",
    "rolling",
    "call",
    "of_lists",
    "not_call",
    "next_page",
    "details",
    "apply",
    "deadline_prose",
    "limit_prose",  # ends a time, but says not which
    "opening_prose",
]
Words = tuple[str, ...]


class _Language(TypedDict):
    months: list[list[str]]
    guards: list[str]
    fillers: list[str]
    labels: dict[str, list[str]]
    words: dict[str, list[str]]


@cache
def _languages() -> dict[str, _Language]:
    folder = files(__name__)
    return {
        name: cast("_Language", tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")))
        for name in LANGUAGES
    }


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its folded names and abbreviations."""
    return {
        name: number
        for language in _languages().values()
        for number, names in enumerate(language["months"], start=1)
        for name in names
    }


@cache
def words_of(topic: Topic, language: str | None = None) -> frozenset[str]:
    """Return the folded phrases of a topic, of one language or of all of them."""
    chosen = _languages().values() if language is None else filter(None, [_languages().get(language)])
    return frozenset(
        " ".join(fold_words(phrase)) for each in chosen for phrase in each["words"].get(topic, ())
    )


@cache
def pattern_of(*topics: Topic) -> re.Pattern[str]:
    """Return a pattern that finds the phrases of topics as whole words in folded text."""
    words = [each["words"] for each in _languages().values()]
    phrases = {fold(phrase) for each in words for topic in topics for phrase in each.get(topic, ())}
    return re.compile(rf"(?<!\w)(?:{alternation(phrases)})(?!\w)")


def alternation(phrases: Iterable[str]) -> str:
    """Return the phrases as alternatives of a pattern, the longest first; a space stands for any gap."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"[\s'-]{1,3}") for phrase in ordered)


def says(topic: Topic, text: str) -> bool:
    """Tell whether the text holds a phrase of the topic."""
    return topic in said_in(text, (topic,))


def said_in(text: str, topics: Iterable[Topic]) -> list[Topic]:
    """Return those of some topics of which the text holds a phrase."""
    words = fold_words(text) if len(text) <= _LONGEST_PHRASE else word_set(text)
    topics = [topic for topic in topics if not _beginnings(topic).isdisjoint(words)]
    if not topics:
        return []
    folded, distinct = fold(text), frozenset(words)
    return [topic for topic in topics if holds_phrase(folded, distinct, topic)]


def holds_phrase(folded: str, words: frozenset[str], *topics: Topic) -> bool:
    """Tell whether folded text, of which ``words`` are the words, holds a phrase of some topics.

    Looking up words, and at the phrases that begin with one, takes a part of the time that a search for all
    the phrases takes.
    """
    phrases = pattern_of(*topics)
    for beginning in _beginnings(*topics) & words:
        place = folded.find(beginning)
        while place >= 0:
            if not folded[place - 1 : place].isalnum() and phrases.match(folded, place):
                return True
            place = folded.find(beginning, place + 1)
    return False


def may_say(text: str, *topics: Topic) -> bool:
    """Tell, in a part of the time, whether a text may hold any phrase of some topics."""
    return len(text) > _LONGEST_PHRASE or not _beginnings(*topics).isdisjoint(fold_words(text))


@cache
def _beginnings(*topics: Topic) -> frozenset[str]:
    """Return the folded words that the phrases of topics begin with."""
    return frozenset(phrase.partition(" ")[0] for topic in topics for phrase in words_of(topic))


def is_phrase(topic: Topic, text: str) -> bool:
    """Tell whether the text is a phrase of the topic and nothing else."""
    if len(text) > _LONGEST_PHRASE:
        return False
    words = fold_words(text)
    return len(words) <= _most_words(topic) and " ".join(words) in words_of(topic)


@cache
def _most_words(topic: Topic) -> int:
    """Return how many words the longest phrase of a topic has."""
    return max(phrase.count(" ") + 1 for phrase in words_of(topic))


@cache
def _labels() -> dict[Words, str]:
    named: dict[Words, str] = {}
    for language in _languages().values():
        for field, phrases in language["labels"].items():
            for phrase in phrases:
                named.setdefault(fold_words(phrase), field)
    return named


@cache
def _guards() -> frozenset[Words]:
    return frozenset(fold_words(guard) for each in _languages().values() for guard in each["guards"])


@cache
def fillers() -> frozenset[str]:
    """Return the words that add nothing to a label or a name: articles, prepositions, units."""
    found = {word for each in _languages().values() for f in each["fillers"] for word in fold_words(f)}
    found |= {code.lower() for code in CODES}
    of_calls = {word for phrase in words_of("call") for word in phrase.split()}
    return frozenset(found | of_calls - _OF_NAMES)


@lru_cache(maxsize=20_000)
def field_of(label: str) -> str | None:
    """Return the field that a label names ("Closing date:" -> "deadline"), or ``None``.

    Besides the fields of a candidate there are ``application_period`` (from the opening to the deadline),
    ``other_date`` (a date that is neither),
    ``amount``, ``amount_total`` (a sum that is not what one call gets: a fund, a fee) and ``contact``.
    """
    if len(label) > 120:
        return None
    words = fold_words(label.replace("#", " number ") if "#" in label else label)
    if not words or len(words) > LONGEST_LABEL_WORDS:
        return None
    return _labels().get(words) or _longest_phrase(words)


def field_named_by(label: str) -> str | None:
    """Return the field of a label that says nothing else: not of "Deadline approaching"."""
    words = fold_words(label)
    exact = _labels().get(words)
    if exact is not None or not words or len(words) > LONGEST_LABEL_WORDS:
        return exact
    for start, end in _labels_among(words):
        if all(word in fillers() for word in (*words[:start], *words[end:])):
            return field_of(label)
    return None


@cache
def _label_sizes() -> dict[str, frozenset[int]]:
    """Return by the words that labels begin with how many words these labels have."""
    sizes: dict[str, frozenset[int]] = {}
    for phrase in _labels():
        sizes[phrase[0]] = sizes.get(phrase[0], frozenset()) | {len(phrase)}
    return sizes


def _longest_phrase(words: Words) -> str | None:
    for start, end in _labels_among(words):
        phrase = words[start:end]
        field = _labels()[phrase]
        rest = (*words[:start], *words[end:])
        if field in DATE_FIELDS:
            return _date_field(field, phrase, rest, words)
        if all(word in fillers() or word.isdigit() for word in rest) and len(rest) <= 4:
            return field
    return None


def _date_field(field: str, phrase: Words, rest: Words, words: Words) -> str | None:
    if any(guard in _guards() and not _within(guard, phrase) for guard in _runs(words)):
        return "other_date"
    plain = all(word in fillers() or word.isdigit() for word in rest)
    telling = len(phrase) > 1 or phrase[0] in _TELLING
    return field if plain or (telling and len(rest) <= 5) else None


def is_of_other_step(label: str) -> bool:
    """Tell whether a label holds words of another step of a call than applying, such as "results"."""
    return not _guards().isdisjoint(_runs(fold_words(label)))


def _within(part: Words, whole: Words) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole)))


def _labels_among(words: Words) -> list[tuple[int, int]]:
    """Return where labels stand among the words, the longest first."""
    sizes, labels = _label_sizes(), _labels()
    spans = [
        (start, start + size)
        for start, word in enumerate(words)
        for size in sizes.get(word, ())
        if size < len(words) and words[start : start + size] in labels
    ]
    return sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def _runs(words: Words) -> Iterator[Words]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + 5, len(words)) + 1):
            yield words[start:end]
