"""How much speaks for a row being a call, and for a group of rows being a list of calls."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from statistics import fmean

from hoistscraper.discovery.labelled_lines import labels_in
from hoistscraper.discovery.links import is_document
from hoistscraper.discovery.naming import (
    call_words,
    holds_reference,
    names_group,
    names_no_call,
    names_paper,
    names_part_of_call,
    reports_awards,
    tells_of_past,
)
from hoistscraper.discovery.rows import MOST_WEIGHED, Row, RowGroup, spread
from hoistscraper.extraction.folding import fold, fold_words, holds_digit, word_set
from hoistscraper.extraction.lexicon import field_of, holds_phrase, months

_CURRENCY = re.compile(r"[$€£₹]\s?\d|\d\s?[€£]|\b(?:USD|EUR|GBP|CHF|AUD|CAD|INR|PHP)\b")
_OF_CURRENCY = (*"$€£₹", "USD", "EUR", "GBP", "CHF", "AUD", "CAD", "INR", "PHP")  # there is none without one
_SIDE_FIELDS = frozenset(
    ["organisation", "reference_number", "status", "eligibility", "opening_date", "categories"]
)
_NUMERIC_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}-\d{2}-\d{2})")
_NUMBER = re.compile(r"\d+")
_WORD_BEFORE = re.compile(r"\b(\w+)(?:\.[ ,-]*|[ ,-]+)$")
_WORD_AFTER = re.compile(r"[. -]+(?:de |of )?(\w+)")
_LONGEST_MONTH = 30  # with what stands between it and a number
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_FIGURES = 4
_AMOUNTS = frozenset(["amount", "amount_min", "amount_max"])
# Labels of what was awarded to somebody, and of what is no call at all.
_OF_AWARDS = frozenset(
    " ".join(fold_words(label))
    for label in """
        awarded on; awarded; year awarded; winning bidder; awarded to; awarded supplier; supplier; contractor;
        recipient;
        grantee; award date; date awarded; laureate; beneficiary; beneficiaire; titulaire;
        attributaire; laureat; zuwendungsempfanger; auftragnehmer; preistrager; beneficiario;
        adjudicatario; becario; aggiudicatario; vincitore; contratado; begunstigde; winnaar; beneficjent;
        prijemce
    """.split(";")
)
_OF_NO_CALL = frozenset(
    " ".join(fold_words(label))
    for label in "success rate; taux de succes; erfolgsquote; current bid".split(";")
)
_MOST_TEXTS = 40
_LONGEST_LABELLED = 60
_OF_ANY_DATE = 0.3
_MOST_CHARACTERS = 1_500
_KEPT = 2_048  # blocks that stand in each other hold the same texts
LEAST_MEAN = 1.0
LEAST_STRENGTH = 2.7


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for a group: the mean over its rows, and the strength that grows with their number."""

    mean: float
    strength: float
    own_facts: float  # share of the rows that state more than their name
    whole: float = 0.0  # share of the rows that name their deadline, where each leads to a page


def weigh(group: RowGroup, page_topic: float) -> Weight:
    """Weigh a group; ``page_topic`` is what the page's own name speaks for or against calls."""
    sample = spread(group.rows, MOST_WEIGHED)
    # Cards of news below those of the calls are another list.
    together = Counter(row.section for row in sample)
    own = [row for row in sample if not _is_elsewhere(row, together)]
    if not own:
        return Weight(0.0, 0.0, 0.0)
    size = group.size * len(own) / len(sample)
    sample = own
    weighed = [weigh_row(row, group.fields) for row in sample]
    scores = [score for score, _ in weighed]
    mean = fmean(scores) + page_topic
    # Rows of a list are alike: those for which much speaks must not speak for the others.
    mean *= sum(score > 0 for score in scores) / len(scores)
    mean *= len({_without_year(row.title) for row in sample}) / len(sample)
    own_facts = sum(states_facts for _, states_facts in weighed) / len(sample)
    return Weight(mean, max(mean, 0.0) * log2(1 + size), own_facts, _whole(sample, group.fields))


def weigh_row(row: Row, header: frozenset[str]) -> tuple[float, bool]:
    """Return what speaks for a row being a call (1 is much), and whether it states any fact of it."""
    if is_no_call(row):
        return -1.0, False
    fields = _fields_of(row, header)
    text = _text_of(row)
    by_dates = _by_dates(text, fields)
    score = (
        _by_name(row, is_labelled="title" in header)
        + by_dates
        + (0.8 if any(call_words(each.label)[0] for each in row.texts[:_MOST_TEXTS] if each.label) else 0.0)
        + 0.25 * min(len(fields & _SIDE_FIELDS), 3)
        + (0.4 if fields & _AMOUNTS or _holds_currency(text) else 0.0)
        + (0.3 if row.url else 0.0)
        - (0.6 if is_bare_link(row) else 0.0)
        - (1.0 if row.is_prose else 0.0)
    )
    return score, bool(fields - {"title"}) or by_dates > 0 or len(text) > 3 * len(row.title)


def _whole(rows: Sequence[Row], header: frozenset[str]) -> float:
    if not all(row.url for row in rows):
        return 0.0
    dated = sum(_by_dates(_text_of(row), _fields_of(row, header)) > _OF_ANY_DATE for row in rows)
    return dated / len(rows) if dated > 1 and len({row.url for row in rows}) > 1 else 0.0


def _text_of(row: Row) -> str:
    return " ".join(each.text for each in row.texts[:_MOST_TEXTS])[:_MOST_CHARACTERS]


def _is_elsewhere(row: Row, together: Counter[str | None]) -> bool:
    """Tell whether a heading above several rows, which name no deadline, names something else than calls."""
    if row.section is None or together[row.section] < 2 or not names_no_call(row.section):
        return False
    return "deadline" not in _fields_of(row, frozenset())


def _fields_of(row: Row, header: frozenset[str]) -> set[str]:
    fields = set(labels_in(row.texts)) | header
    if "deadline" not in fields:
        unlabelled = (each.text for each in row.texts[:_MOST_TEXTS] if not each.label)
        fields |= {field for text in unlabelled if (field := _label_before_date(text)) == "deadline"}
    return fields


@lru_cache(maxsize=_KEPT)
def _without_year(title: str) -> str:
    """Return what a title says beyond its month and year: an archive's entries say nothing more."""
    words = (word for word in fold_words(title) if word not in months())
    return " ".join(word for word in words if len(word) != _YEAR_FIGURES or not _YEAR.fullmatch(word))


def is_no_call(row: Row) -> bool:
    """Tell whether a row names a past award, news or the like, itself or by the heading above it."""
    return why_no_call(row) is not None


def why_no_call(row: Row) -> str | None:
    """Say in words why a row can be no call; ``None``: it may be one."""
    return _why_not_by_name(row) or _why_not_by_texts(row)


def _why_not_by_name(row: Row) -> str | None:
    if row.title.endswith("?") or names_no_call(row.title):
        return "its name is that of something else"
    if names_group(row.title):
        return "its name is that of a group of calls"
    if names_part_of_call(row.title):
        return "its name is that of a part of a call"
    # Calls may follow the news, or past awards, without a heading of their own.
    if row.section and names_no_call(row.section) and "deadline" not in _fields_of(row, frozenset()):
        return f"the heading above it ({row.section[:60]}) names something else"
    return None


def _why_not_by_texts(row: Row) -> str | None:
    if is_document(row.url) and not call_words(row.title)[0] and names_paper(row.title):
        return "it is a paper that belongs to something"
    if reports_awards(row.title) and "deadline" not in labels_in(row.texts):
        return "it reports what was awarded"
    if awarded := _label_of_award(row):
        return f"it tells what came of it ({awarded[:60]})"
    if any(len(each.text) <= 60 and tells_of_past(each.text) for each in row.texts[:12]):
        return "it tells of what is over"
    return None


def _label_of_award(row: Row) -> str | None:
    """Return the label by which a row tells who was awarded something, unless it names a deadline, too."""
    labels = [each.label for each in row.texts[:_MOST_TEXTS] if each.label and len(each.text) > 1]
    if statistics := next((label for label in labels if " ".join(fold_words(label)) in _OF_NO_CALL), None):
        return statistics
    told = next((label for label in labels if " ".join(fold_words(label)) in _OF_AWARDS), None)
    return told if told and not any(field_of(label) == "deadline" for label in labels) else None


def is_bare_link(row: Row) -> bool:
    """Tell whether a row is a short link and nothing else, as entries of menus are."""
    if is_document(row.url) or holds_reference(row.title) or len(row.title.split()) > 7:
        return False
    if any(text.label for text in row.texts):
        return False
    written = " ".join(each.text for each in row.texts[:_MOST_TEXTS])
    if len(written) > len(row.title) + 12:
        return False
    return not _holds_date(fold(written.replace(row.title, " ")))


def _by_name(row: Row, *, is_labelled: bool) -> float:
    telling, common = call_words(row.title)
    score = 1.0 if telling else 0.4 if common else 0.0
    if holds_reference(row.title):
        score += 0.4
    if is_labelled:
        score += 0.3
    elif len(row.title.split()) < 3 and not telling:
        score -= 0.4
    if ":" in row.title[:40] and not telling:
        score -= 0.2
    return score


def _by_dates(text: str, fields: set[str]) -> float:
    return 1.0 if "deadline" in fields else _by_prose(text)


@lru_cache(maxsize=_KEPT)
def _label_before_date(text: str) -> str | None:
    """Return the field that words before a date name without a colon: "Closes 10 December 2026"."""
    if len(text) > _LONGEST_LABELLED or not holds_digit(text):
        return None
    label = _NUMBER.split(text, maxsplit=1)[0].strip(" :-–—(,")
    return field_of(label) if label else None


@lru_cache(maxsize=_KEPT)
def _by_prose(text: str) -> float:
    folded = fold(text)
    if not _holds_date(folded):
        return 0.0
    is_limit = holds_phrase(folded, word_set(folded), "deadline_prose", "limit_prose")
    return 0.6 if is_limit else _OF_ANY_DATE


@lru_cache(maxsize=_KEPT)
def _holds_currency(text: str) -> bool:
    return any(map(text.__contains__, _OF_CURRENCY)) and _CURRENCY.search(text) is not None


def _holds_date(folded: str) -> bool:
    if not holds_digit(folded):
        return False
    # Looked for at each number: a pattern of all the months' names takes many times as long.
    return any(
        _NUMERIC_DATE.match(folded, start) is not None
        or _word(_WORD_BEFORE.search(folded, max(0, start - _LONGEST_MONTH), start)) in months()
        or _word(_WORD_AFTER.match(folded, end)) in months()
        for start, end in (number.span() for number in _NUMBER.finditer(folded))
    )


def _word(found: re.Match[str] | None) -> str:
    return found[1] if found else ""
