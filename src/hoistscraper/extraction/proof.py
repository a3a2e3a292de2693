"""The one place where a value without proof is dropped."""

from collections.abc import Mapping
from dataclasses import replace

from hoistscraper.extraction.candidate import Candidate, Evidence, Moment, Status
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dates import find_moments
from hoistscraper.extraction.document import squeeze
from hoistscraper.extraction.money import find_amounts

EMPTY: Mapping[str, object] = {"status": Status.UNKNOWN, "documents": (), "other_dates": (), "categories": ()}


def proven(candidate: Candidate, page: Content) -> Candidate:
    """Return the candidate without the values whose quote the page lacks, or that the quote denies."""
    unproven = [
        name for name, proof in candidate.evidence.items() if not _holds(name, proof, candidate, page)
    ]
    if not unproven:
        return candidate
    cleared = {name: EMPTY.get(name) for name in unproven}
    kept = {name: proof for name, proof in candidate.evidence.items() if name not in cleared}
    return replace(candidate, **cleared, evidence=kept)  # type: ignore[arg-type]


def _holds(name: str, proof: Evidence, candidate: Candidate, page: Content) -> bool:
    value = getattr(candidate, name)
    if proof.method.startswith("declared:") or proof.method == "link":
        # Declared values are quoted from where they were declared, not from the visible text.
        return _says_same(name, value, proof.quote, page, candidate)
    if proof.method == "page" and name == "title":
        return proof.quote in (page.document.title or "")
    return squeeze(proof.quote) in page.visible_text and _says_same(name, value, proof.quote, page, candidate)


def _says_same(name: str, value: object, quote: str, page: Content, candidate: Candidate) -> bool:
    if isinstance(value, Moment):
        return any(found.moment.date == value.date for found in find_moments(quote, page.dates))
    if name in ("amount_min", "amount_max"):
        # The label may hold the currency ("Budget in EUR"), so the quoted sum is read with the one found.
        found = find_amounts(quote, currency_hint=candidate.currency)
        return any(value in (each.low, each.high) for each in found)
    return True
