"""Why a value was read and others were not: every reading that was possible, field by field, row by row.

This reads the page again with every rule; the reader itself stops at the first that finds something, and
knows nothing of this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hoistscraper.extraction import (
    amounts,
    contacts,
    documents,
    eligibility,
    organisation,
    page_dates,
    status,
    summary,
    title,
)
from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dated import DatedValue
from hoistscraper.extraction.deadlines import in_force
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.row import METHOD as ROW
from hoistscraper.extraction.row import LabelledText, RowContext, dates_in, parts_of, values_in

_SAME = "same as what was taken"
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

    @property
    def is_told(self) -> bool:
        """Whether its value is what was read, be it from here or from elsewhere."""
        return self.is_taken or self.verdict == _SAME


def why(document: Document, read: Candidate, *, today: date) -> list[Considered]:
    """Return what the page offers for each field, in the order in which the rules are asked."""
    page = Content(document, today)
    return [
        *_texts(page, read),
        *_statuses(page, read),
        *_amounts(page, read),
        *_dates(page, read),
        *_contacts(page, read),
        *_documents(page, read),
    ]


def why_row(labelled: Sequence[LabelledText], read: Candidate, context: RowContext) -> list[Considered]:
    """Return what a row of a list offers, of the fields for which it offers more than one value."""
    parts, today = parts_of(labelled), context.dates.today
    dates = [Finding(each, each.quote, ROW) for each in dates_in(parts, context, title=read.title or "")]
    known = [each.value for each in dates]
    considered = [_dated(finding, known, read, today) for finding in dates]
    by_field: dict[str, list[Finding[object]]] = {}
    for field, value, quote in values_in(parts, context):
        by_field.setdefault(field, []).append(Finding(value, quote, ROW))
    for field, found in by_field.items():
        considered += _ranked(field, found, getattr(read, field), before="a text")
    offered: dict[str, set[str]] = {}
    for each in considered:
        offered.setdefault(each.field, set()).add(each.value)
    return [each for each in considered if len(offered[each.field]) > 1 or not each.is_told]


def _texts(page: Content, read: Candidate) -> Iterator[Considered]:
    for field, attempts in _TEXTS.items():
        found = [finding for attempt in attempts if (finding := attempt(page))]
        yield from _ranked(field, found, getattr(read, field))


def _amounts(page: Content, read: Candidate) -> Iterator[Considered]:
    offered = [found for attempt in amounts.ATTEMPTS if (found := attempt(page))]
    for field, chosen in (("amount_min", read.amount_min), ("amount_max", read.amount_max)):
        side = [each.low if field == "amount_min" else each.high for each in offered]
        yield from _ranked(field, [finding for finding in side if finding], chosen)


def _ranked(
    field: str, found: Sequence[Finding[object]], chosen: object, *, before: str = "a rule"
) -> Iterator[Considered]:
    is_decided = False
    for finding in found:
        is_taken = not is_decided and finding.value == chosen
        if is_taken:
            verdict = f"taken: the first{before.removeprefix('a')} that found something"
        elif is_decided:
            verdict = _SAME if finding.value == chosen else f"not taken: {before} before it had said another"
        else:
            verdict = "left out: its quote does not prove it"
        is_decided = is_decided or is_taken
        yield _considered(field, finding, str(finding.value), verdict, is_taken=is_taken)


def _statuses(page: Content, read: Candidate) -> Iterator[Considered]:
    labelled, stated = list(status.labelled_statuses(page)), list(status.stated_statuses(page))
    chosen = read.status if read.status is not Status.UNKNOWN else None
    contradicted = "not taken: the page says both"
    of_badges = (
        "not taken: labels and sentences go before a lone word" if labelled or stated else contradicted
    )
    ranks = (
        (labelled, "not taken: a label before it had said another"),
        (stated, "not taken: a label goes before it" if labelled else contradicted),
        (list(status.status_badges(page)), of_badges),
    )
    taken = "taken: a label says so" if labelled else "taken: nothing on the page contradicts it"
    is_decided = False
    for found, lost in ranks:
        for finding in found:
            is_taken = not is_decided and finding.value == chosen
            is_decided = is_decided or is_taken
            verdict = taken if is_taken else lost if finding.value != chosen else _SAME
            yield _considered("status", finding, str(finding.value), verdict, is_taken=is_taken)


def _contacts(page: Content, read: Candidate) -> Iterator[Considered]:
    addresses = sorted(contacts.addresses_of(page), key=lambda each: -each.weight)
    most = next((each.weight for each in addresses if each.text == read.contact_email), 0)
    is_decided = False
    for each in addresses:
        is_taken = not is_decided and each.text == read.contact_email
        is_decided = is_decided or is_taken
        if is_taken:
            verdict = f"taken: the words around it speak {each.weight:+d} for it, no other's speak more"
        elif contacts.is_service(each.text):
            verdict = "left out: nobody who knows of calls answers there"
        elif each.text == read.contact_email:
            verdict = _SAME
        else:
            verdict = f"not taken: the words around it speak {each.weight:+d} for it, against {most:+d}"
        told = Finding(each.text, each.quote, each.method)
        yield _considered("contact_email", told, each.text, verdict, is_taken=is_taken)
    yield from _ranked("contact_phone", list(contacts.labelled_phones(page)), read.contact_phone)
    named = list(contacts.labelled_names(page))
    persons = [each for each in named if contacts.is_person(each.value)]
    yield from _ranked("contact_name", persons, read.contact_name)
    for name in named:
        if name not in persons:
            verdict = "left out: it does not read as a person's name"
            yield _considered("contact_name", name, name.value, verdict, is_taken=False)


def _documents(page: Content, read: Candidate) -> Iterator[Considered]:
    taken = {file.url for file in read.documents}
    told: set[str] = set()
    for link in page.document.root.iter("a"):
        file = documents.file_behind(link, page)
        if file is None or file.url in told:
            continue
        told.add(file.url)
        is_taken = file.url in taken
        verdict = "taken: a file that the main content links to"
        if not is_taken:
            verdict = "left out: it stands beside the call's own content, or after too many others"
        found = Finding(file.url, file.title, "link")
        yield _considered("documents", found, file.url, verdict, is_taken=is_taken)


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
