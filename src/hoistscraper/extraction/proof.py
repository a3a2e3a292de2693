"""The one place through which every candidate leaves the reader: what is not proven is dropped and counted.

A value is proven if its quote stands in the source and the value follows from the quote: read again by the
rules' own parsers it must come out the same. What is read of a page is held against its text, its links and
what it declares; what is read of a record against what stands at its places (`native/rereading.py`).
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Protocol

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, NamedDate, Status
from hoistscraper.extraction.dates import find_moments
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.ground import Ground, lines_of
from hoistscraper.extraction.lines import squeeze
from hoistscraper.extraction.money import currency_in, find_amounts
from hoistscraper.extraction.state_words import status_of_label, status_of_sentence
from hoistscraper.extraction.title import parts_of

EMPTY: Mapping[str, object] = {"status": Status.UNKNOWN, "documents": (), "other_dates": (), "categories": ()}
_NOT_READ = frozenset({"url", "evidence"})
# The currency first: sums without a sign of their own are read with the one that is proven.
_FIRST = "currency"
_FIELDS = (_FIRST, *(each.name for each in fields(Candidate) if each.name not in _NOT_READ | {_FIRST}))
# Of which something may be dropped.
FIELDS = (*sorted(_FIELDS), "url")
_values = attrgetter(*_FIELDS)
_dropped: ContextVar[Counter[str] | None] = ContextVar("dropped", default=None)
_log = logging.getLogger(__name__)


@contextmanager
def counting_dropped() -> Iterator[Counter[str]]:
    """Count by field what is dropped within the block. Rules without mistakes drop nothing."""
    dropped: Counter[str] = Counter()
    token = _dropped.set(dropped)
    try:
        yield dropped
    finally:
        _dropped.reset(token)


class Check(Protocol):
    """What values, their quotes and the call's address are held against."""

    def stands(self, name: str, proof: Evidence) -> bool:
        """Tell whether the quote of a field stands where it is said to."""

    def follows(self, name: str, value: object, proof: Evidence, kept: Mapping[str, object]) -> bool:
        """Tell whether a value, or an entry of a list, is what its quote says; ``kept`` is proven already."""

    def leads_to(self, address: str) -> bool:
        """Tell whether the source leads to an address."""


def proven(candidate: Candidate, ground: Ground) -> Candidate:
    """Return what was read of a page without what the page does not prove; of lists, the entries."""
    return checked(candidate, _PageCheck(ground))


def checked(candidate: Candidate, check: Check) -> Candidate:
    """Return the candidate without the values that a check does not let pass; of lists, the entries."""
    kept: dict[str, object] = {}
    is_whole = True
    for name, value in zip(_FIELDS, _values(candidate), strict=True):
        if value is None or value == EMPTY.get(name):
            continue
        proof = candidate.evidence.get(name)
        left = _left(name, value, proof, check, kept) if proof and proof.quote else EMPTY.get(name)
        if left != value:
            is_whole = False
            _count(name, value, proof, candidate)
        kept[name] = left
    is_led_to = candidate.url is None or check.leads_to(candidate.url)
    if is_led_to and is_whole and kept.keys() == candidate.evidence.keys():
        return candidate
    lost = [name for name, value in kept.items() if value == EMPTY.get(name)]
    stray = [name for name in candidate.evidence if name in lost or name not in kept]
    changed = {name: value for name, value in kept.items() if value != getattr(candidate, name)}
    if not is_led_to:
        _count("url", candidate.url, None, candidate)
        changed["url"] = None
    if not changed and not stray:
        return candidate
    evidence = {name: proof for name, proof in candidate.evidence.items() if name not in stray}
    return replace(candidate, **changed, evidence=MappingProxyType(evidence))  # type: ignore[arg-type]


def _left(name: str, value: object, proof: Evidence, check: Check, kept: Mapping[str, object]) -> object:
    if not check.stands(name, proof):
        return EMPTY.get(name)
    if isinstance(value, tuple):
        return tuple(each for each in value if check.follows(name, each, proof, kept))
    return value if check.follows(name, value, proof, kept) else EMPTY.get(name)


@dataclass(frozen=True, slots=True)
class _PageCheck:
    ground: Ground

    def stands(self, name: str, proof: Evidence) -> bool:
        if name == "documents" or (proof.method == "link" and name == "contact_email"):
            return True  # proven by the links themselves
        if proof.method.startswith("declared:") or (proof.method == "page" and name == "title"):
            return self.ground.declares(squeeze(proof.quote))
        return all(self.ground.shows(line) for line in lines_of(proof.quote))

    def follows(self, name: str, value: object, proof: Evidence, kept: Mapping[str, object]) -> bool:
        return _FOLLOWS[name](value, proof, self.ground, kept)

    def leads_to(self, address: str) -> bool:
        ground = self.ground
        return address == ground.url or ground.links_to(address) or ground.declares(address)


def _count(name: str, value: object, proof: Evidence | None, candidate: Candidate) -> None:
    if (dropped := _dropped.get()) is not None:
        dropped[name] += 1
    _log.warning(
        "Left out %s %r of %s: %r, read as %s, does not prove it.",
        name,
        str(value)[:80],
        candidate.url or "a page",
        proof.quote[:120] if proof else None,
        proof.method if proof else "nothing",
    )


Follows = Callable[[object, Evidence, Ground, Mapping[str, object]], bool]


def _is_said(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    return isinstance(value, str) and (value == proof.quote or squeeze(value) in squeeze(proof.quote))


def _is_title(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    if value == proof.quote:
        return True  # most are
    title, quote = squeeze(str(value)), squeeze(proof.quote)
    return title == quote or (proof.method in ("declared:meta", "page") and title in parts_of(quote))


def _is_prose(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    """Tell whether a longer text begins with its quote, and each of its lines stands in the source."""
    text = str(value)
    if not squeeze(text).startswith(squeeze(proof.quote)):
        return False
    if proof.method.startswith("declared:"):
        return ground.declares(squeeze(text))
    return all(ground.shows(line) for line in lines_of(text))


def _is_status(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    return value in (status_of_label(proof.quote), status_of_sentence(proof.quote))


def _is_date(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    texts = dict.fromkeys((proof.quote, *lines_of(proof.quote)))
    return any(found.moment == value for text in texts for found in find_moments(text, ground.dates))


def _is_named_date(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    return isinstance(value, NamedDate) and _is_date(value.moment, proof, ground, kept)


def _is_low(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    return value in [low for low, _ in _sums(proof, ground, kept)]


def _is_high(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    return value in [high for _, high in _sums(proof, ground, kept)]


def _sums(
    proof: Evidence, ground: Ground, kept: Mapping[str, object]
) -> list[tuple[Decimal | None, Decimal | None]]:
    # The label may hold the currency ("Budget in EUR"), so a bare sum is read with the one that was proven.
    currency = kept.get("currency")
    hint = currency if isinstance(currency, str) else ground.currency
    found = find_amounts(proof.quote, currency_hint=hint)
    return [(each.low, each.high) for each in found]


def _is_currency(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    named = [each.currency for each in find_amounts(proof.quote, currency_hint=ground.currency)]
    return value in (*named, currency_in(proof.quote, ground.currency))


def _is_email(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    if proof.method == "link":
        return ground.links_to(str(value))
    return value in [address for address, _ in emails_in(proof.quote)]


def _is_document(value: object, proof: Evidence, ground: Ground, kept: Mapping[str, object]) -> bool:
    return isinstance(value, DocumentLink) and (ground.links_to(value.url) or ground.declares(value.url))


_FOLLOWS: Mapping[str, Follows] = MappingProxyType(
    {
        "title": _is_title,
        "organisation": _is_said,
        "summary": _is_prose,
        "reference_number": _is_said,
        "status": _is_status,
        "opening_date": _is_date,
        "deadline": _is_date,
        "other_dates": _is_named_date,
        "amount_min": _is_low,
        "amount_max": _is_high,
        "currency": _is_currency,
        "eligibility": _is_prose,
        "contact_name": _is_said,
        "contact_email": _is_email,
        "contact_phone": _is_said,
        "documents": _is_document,
        "categories": _is_said,
        "location": _is_said,
    }
)
