"""Sums of money in running text: single amounts, ranges and limits, with their currency."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hoistscraper.extraction.currencies import CODES, DOLLARS, NAMES, SIGNS
from hoistscraper.extraction.folding import fold

LONGEST_TEXT = 200_000
_SHORT = 200


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """A sum or a range: "up to 5" has no ``low``, "at least 5" no ``high``, "5" has both the same."""

    low: Decimal | None
    high: Decimal | None
    currency: str | None  # ISO 4217
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sum:
    value: Decimal
    scale: int
    sign: str | None
    start: int
    end: int
    vague: bool  # "5 m" is a length and "2 b" a paragraph unless a currency stands with it


_SCALES = {
    "k": 10**3, "thousand": 10**3, "tsd": 10**3, "tausend": 10**3,
    "mille": 10**3, "mila": 10**3, "mil": 10**3,
    "m": 10**6, "mn": 10**6, "mio": 10**6, "mln": 10**6, "mill": 10**6, "million": 10**6, "millions": 10**6,
    "millionen": 10**6, "millones": 10**6, "milioni": 10**6, "milhoes": 10**6,
    "milion": 10**6, "millon": 10**6,
    "miljoen": 10**6, "meur": 10**6, "bn": 10**9, "b": 10**9, "billion": 10**9, "milliards": 10**9,
    "milliarden": 10**9, "milliard": 10**9, "miliardi": 10**9, "mrd": 10**9, "lakh": 10**5, "lakhs": 10**5,
    "lac": 10**5, "lacs": 10**5, "crore": 10**7, "crores": 10**7, "cr": 10**7,
}  # fmt: skip


def _any_of(words: frozenset[str] | dict[str, str] | dict[str, int]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s") + ("(?![a-z])" if word[-1].isalpha() else "")
        for word in sorted((word.lower() for word in words), key=len, reverse=True)
    )


_SIGN = rf"(?:(?<![a-z])(?:{_any_of(SIGNS)}|{_any_of(CODES)}))"
_SIGN_AFTER = rf"(?:{_any_of(NAMES)}|{_any_of(SIGNS)}|{_any_of(CODES)})"
_NUMBER = (
    r"\d{1,3}(?:(?:[ ,.']|\s)\d{3}){1,5}(?!\d)(?:[.,]\d{1,2}(?!\d))?|"
    r"\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)(?:\.\d{1,2}(?!\d))?|\d{1,12}(?:[.,]\d{1,2}(?!\d))?"
)
_SUM = re.compile(
    rf"(?:(?P<before>{_SIGN})[\s:]{{0,2}}(?:{_SIGN}[\s]{{0,2}})?)?(?<![\w.,/])(?P<number>{_NUMBER})(?![\d])"
    rf"(?:[,.]-{{1,2}})?(?:\s?(?P<scale>{_any_of(_SCALES)})\.?)?(?:\s?(?:de\s|d'|di\s)?(?P<after>{_SIGN_AFTER}))?"
)
_LETTERS = re.compile("[a-z]+")
_WRITTEN = frozenset(word.lower() for word in (*SIGNS, *NAMES, *CODES))
# The words that currencies begin with, and the signs that the others begin with.
_FIRST_WORDS = frozenset(found.group() for word in _WRITTEN if (found := _LETTERS.match(word)))
_FIRST_SIGNS = frozenset(word[0] for word in _WRITTEN if not _LETTERS.match(word))
_LONE_SIGN = re.compile(rf"(?:{_SIGN}|{_any_of(NAMES)})(?![a-z])")
_BETWEEN = re.compile(
    r"\s{0,2}(?:-|to|and|until|bis|und|a|et|y|e|(?:and |to )?(?:up to|as (?:large|much|high) as)"
    r"|al?|do)\s{0,2}"
)
_LIMIT = re.compile(
    r"(?:up to|upto|maximum(?: (?:amount|award|grant))?(?: of| is)?|max\.?|not (?:to )?exceed(?:ing)?|"
    r"no more than|not more than|at most|"
    r"less than|under|jusqu'a|maximum de|bis zu|maximal|hochstens|hasta|maximo de|fino a|massimo di|"
    r"ate|tot|maximaal|az do|do wysokosci|"
    r"massim[oa]|maxim[oa](?: e de| es de)?|maximale?(?: de)?|peut atteindre|plafonnee?s? a|limite a"
    r"|nejvyse|maximalne|nicht uber|maksymalnie|"
    r"ceiling of|capped at|limit of|non superiore a|no mayor (?:a|de)|nicht mehr als|as much as|"
    r"does not exceed|cannot exceed)"
    r"(?:\s(?:a|the|maximum|total|of|de|von|di|amount|approximately|about|per|an)){0,3}[\s:]{0,2}(?:of\s)?$"
)
_UP_TO = re.compile(r"\b(?:do|az)\s{0,2}$")
_FLOOR = re.compile(
    r"(?:at least|minimum(?: (?:amount|award|grant))?(?: of| is)?|min\.?|no less than|not less than|"
    r"from|starting at|more than|over|au moins|a partir de|"
    r"minimaal|co najmniej|minimalnie|nejmene|minimalne|"
    r"mindestens|ab|al menos|minimo de|desde|almeno|a partire da)[\s:]{0,2}$"
)


def find_amounts(text: str, *, currency_hint: str | None = None) -> list[FoundAmount]:
    """Return the sums of money in the text, in text order.

    ``currency_hint`` is the currency that "$" and other shared signs mean on this page; with it a bare number
    is taken only where it reads as a sum ("25,000"), never a year or a count.
    """
    return list(_found_in_short(text, currency_hint) if len(text) <= _SHORT else _found(text, currency_hint))


def _found(text: str, currency_hint: str | None) -> tuple[FoundAmount, ...]:
    folded = fold(text[:LONGEST_TEXT])
    if currency_hint is None and not _may_name_currency(folded):
        return ()
    sums = [each for found in _SUM.finditer(folded) if (each := _sum(found, currency_hint)) is not None]
    return tuple(_joined(folded, sums, currency_hint))


# What a value is read from is read again to prove it, and where a layout changed the whole list is.
_found_in_short = lru_cache(maxsize=8_192)(_found)


def _may_name_currency(folded: str) -> bool:
    # Words and signs are found in a part of the time that the pattern of a sum takes.
    if any(map(folded.__contains__, _FIRST_SIGNS)):
        return True
    return not _FIRST_WORDS.isdisjoint(_LETTERS.findall(folded))


def currency_in(text: str, hint: str | None = None) -> str | None:
    """Return the currency that a label names ("Budget (EUR)", "Value in ₹")."""
    found = _LONE_SIGN.search(fold(text))
    return _currency(found.group(), hint) if found else None


def _sum(found: re.Match[str], hint: str | None) -> _Sum | None:
    sign = found["before"] or found["after"]
    if found["before"] == "$" and (found["after"] or "").upper() in DOLLARS:
        sign = found["after"]  # "$2,500 CAD"
    number = _value(found["number"])
    if number is None or (sign is None and not found["scale"] and not found["number"][0].isdigit()):
        return None
    scale = _SCALES[found["scale"]] if found["scale"] else 1
    vague = sign is None and found["scale"] in ("m", "b", "k", "cr", "mil")
    return _Sum(number, scale, _currency(sign, hint), found.start(), _end(found), vague)


def _end(found: re.Match[str]) -> int:
    return found.end("number") if not (found["scale"] or found["after"]) else found.end()


def _currency(sign: str | None, hint: str | None) -> str | None:
    if sign is None:
        return None
    sign = " ".join(sign.split())
    currency = sign.upper() if sign.upper() in CODES else SIGNS.get(sign) or NAMES.get(sign)
    if currency == "$":
        return hint if hint in DOLLARS or hint == "PHP" else "USD"
    if currency == "INR" and sign.startswith(("rs", "rup")) and hint in ("PKR", "LKR", "NPR", "MUR"):
        return hint
    return currency


def _value(text: str) -> Decimal | None:
    digits = re.sub(r"[\s']", "", text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        tail, separator = digits[last + 1 :], digits[last]
        is_fraction = len(tail) != 3 or (digits.count(separator) == 1 and digits[:last] == "0")
        whole = re.sub(r"[.,]", "", digits[:last])
        digits = f"{whole}.{tail}" if is_fraction else whole + tail
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None


def _joined(folded: str, sums: list[_Sum], hint: str | None) -> Iterator[FoundAmount]:
    skip = False
    for index, first in enumerate(sums):
        if skip:
            skip = False
            continue
        second = sums[index + 1] if index + 1 < len(sums) else None
        found = _range(folded, first, second) if second else None
        skip = found is not None
        found = found or _single(folded, first, hint)
        if found is not None:
            yield found


def _range(folded: str, first: _Sum, second: _Sum) -> FoundAmount | None:
    gap = folded[first.end : second.start]
    if len(gap) > 16 or not _BETWEEN.fullmatch(gap):
        return None
    currency = first.sign or second.sign
    if currency is None or (first.sign and second.sign and first.sign != second.sign):
        return None
    # "5-10 million": the scale of the second holds for both
    scale = first.scale if first.scale > 1 or second.value < first.value else second.scale
    low, high = first.value * scale, second.value * second.scale
    if low > high or (
        gap.strip() in ("and", "et", "y", "und", "e") and not _says_between(folded, first.start)
    ):
        return None
    return FoundAmount(low, high, currency, first.start, second.end)


def _says_between(folded: str, position: int) -> bool:
    before = folded[max(0, position - 24) : position]
    return re.search(r"(?:between|entre|zwischen|tra|from|range)\b", before) is not None


def _single(folded: str, each: _Sum, hint: str | None) -> FoundAmount | None:
    currency = each.sign
    if each.vague:
        return None
    if currency is None:
        number = folded[each.start : each.end]
        reads_as_sum = (
            each.scale > 1 or re.search(r"\d[.,' ]\d{3}(?!\d)|\d[.,]\d\d$", number) or each.value >= 10_000
        )
        if hint is None or not reads_as_sum:
            return None
        currency = hint
    value = each.value * each.scale
    before = folded[max(0, each.start - 60) : each.start]
    if _LIMIT.search(before) or (currency in ("PLN", "CZK") and _UP_TO.search(before)):
        return FoundAmount(None, value, currency, each.start, each.end)
    if _FLOOR.search(before):
        return FoundAmount(value, None, currency, each.start, each.end)
    return FoundAmount(value, value, currency, each.start, each.end)
