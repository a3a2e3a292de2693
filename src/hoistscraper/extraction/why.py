"""Why a value was read and others were not: every reading that was possible, field by field.

This reads the page again with every rule; the reader itself stops at the first that finds something, and
knows nothing of this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hoistscraper.extraction import amounts, eligibility, organisation, page_dates, summary, title
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dated import DatedValue
from hoistscraper.extraction.deadlines import in_force
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.finding import Finding

Attempts = Sequence[Callable[[Content], Finding[str] | None]]
_TEXTS: dict[str, Attempts] = {
    "title": title.ATTEMPTS,
    "organisation": organisation.ATTEMPTS,
    "summary": summary.ATTEMPTS,
    "eligibility": eligibility.ATTEMPTS,
}


@dataclass(frozen=True, slots=True)
class Considered:
    """One possible value of a field; ``verdict`` says in words why it was taken or not."""

    field: str
    value: str
    quote: str
    method: str
    confidence: float
    is_taken: bool
    verdict: str


def why(document: Document, read: Candidate, *, today: date) -> list[Considered]:
    """Return what the page offers for each field, in the order in which the rules are asked."""
    page = Content(document, today)
    return [*_texts(page, read), *_amounts(page, read), *_dates(page, read)]


def _texts(page: Content, read: Candidate) -> Iterator[Considered]:
    for field, attempts in _TEXTS.items():
        found = [finding for attempt in attempts if (finding := attempt(page))]
        yield from _ranked(field, found, getattr(read, field))


def _amounts(page: Content, read: Candidate) -> Iterator[Considered]:
    offered = [found for attempt in amounts.ATTEMPTS if (found := attempt(page))]
    for field, chosen in (("amount_min", read.amount_min), ("amount_max", read.amount_max)):
        side = [each.low if field == "amount_min" else each.high for each in offered]
        yield from _ranked(field, [finding for finding in side if finding], chosen)


def _ranked(field: str, found: Sequence[Finding[object]], chosen: object) -> Iterator[Considered]:
    is_decided = False
    for finding in found:
        is_taken = not is_decided and finding.value == chosen
        if is_taken:
            verdict = "taken: the first rule that found something"
        elif is_decided:
            verdict = (
                "same as what was taken" if finding.value == chosen else "a rule before it had found another"
            )
        else:
            verdict = "left out: its quote does not prove it"
        is_decided = is_decided or is_taken
        yield _considered(field, finding, str(finding.value), verdict, is_taken=is_taken)


def _dates(page: Content, read: Candidate) -> Iterator[Considered]:
    found = [finding for attempt in page_dates.ATTEMPTS for finding in attempt(page)]
    known = [each.value for each in found]
    for finding in found:
        yield _dated(finding, known, read, page.today)


def _dated(finding: Finding[DatedValue], known: list[DatedValue], read: Candidate, today: date) -> Considered:
    value = finding.value
    chosen = {"deadline": read.deadline, "opening_date": read.opening_date}.get(value.field)
    is_taken = chosen is not None and value.moment == chosen
    verdict = _of_date(value, known, today, is_decided=chosen is not None)
    if is_taken:
        verdict = "taken: " + ("the next to come" if value.moment.date >= today else "the latest")
    told = Finding(value.moment.isoformat(), finding.quote, finding.method)
    return _considered(
        value.field, told, f"{value.moment.isoformat()} ({value.name})", verdict, is_taken=is_taken
    )


def _of_date(value: DatedValue, known: list[DatedValue], today: date, *, is_decided: bool) -> str:
    if value.field == "other_date":
        return "another date: its words name another step"
    alike = [each for each in known if each.field == value.field]
    if value.field == "deadline" and value not in in_force(alike):
        return "not taken: the page says that it was replaced"
    if not is_decided:
        return "left out: its quote does not prove it, or the page states too many"
    if value.moment.date < today:
        return "not taken: it has passed, and another is to come or is later"
    return "not taken: a better stated or sooner one is there"


def _considered(
    field: str, finding: Finding[object], value: str, verdict: str, *, is_taken: bool
) -> Considered:
    sure = confidence_of(finding.method)
    return Considered(field, value, finding.quote, finding.method, sure, is_taken, verdict)
