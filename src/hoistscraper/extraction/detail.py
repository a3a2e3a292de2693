"""A detail page read as one call."""

from datetime import date

from hoistscraper.extraction.amounts import amounts_of
from hoistscraper.extraction.candidate import Candidate, Evidence, Moment, NamedDate, Status
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.contacts import contact_of
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dated import quotes_of
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.documents import documents_of
from hoistscraper.extraction.eligibility import eligibility_of
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.organisation import organisation_of
from hoistscraper.extraction.page_dates import dates_of
from hoistscraper.extraction.proof import proven
from hoistscraper.extraction.references import reference_of
from hoistscraper.extraction.status import status_of
from hoistscraper.extraction.summary import summary_of
from hoistscraper.extraction.title import title_of

Findings = dict[str, Finding[object] | None]


def read_detail(document: Document, *, today: date, source_url: str | None = None) -> Candidate:
    """Read the call that a page is about; what the page does not prove is left out.

    ``today`` decides between several rounds; ``source_url`` is written into the proof, the document's own
    address where it is not given.
    """
    return read_content(Content(document, today), source_url=source_url)


def read_content(page: Content, *, source_url: str | None = None) -> Candidate:
    """Read the call that a page is about, as :func:`read_detail` does."""
    findings: Findings = {
        "title": title_of(page),
        "organisation": organisation_of(page),
        "summary": summary_of(page),
        "reference_number": reference_of(page),
        "status": status_of(page),
        "eligibility": eligibility_of(page),
        **_dates(page),
        **_amounts(page),
        **_contact(page),
        **_lists(page),
    }
    found = {name: finding for name, finding in findings.items() if finding is not None}
    if _is_of_another_round(found, page.today):
        del found["status"]
    address = source_url or page.url
    candidate = Candidate(
        url=page.url,
        **{name: finding.value for name, finding in found.items()},  # type: ignore[arg-type]
        evidence={name: _evidence(finding, address) for name, finding in found.items()},
    )
    return proven(candidate, page)


def _is_of_another_round(found: dict[str, Finding[object]], today: date) -> bool:
    """Tell whether a sentence says "closed" of a call whose deadline is to come: "The first call closed"."""
    status, deadline = found.get("status"), found.get("deadline")
    if status is None or deadline is None or status.value is not Status.CLOSED:
        return False
    return status.method == "prose" and isinstance(deadline.value, Moment) and deadline.value.date > today


def _evidence(finding: Finding[object], address: str | None) -> Evidence:
    return Evidence(finding.quote, finding.method, confidence_of(finding.method), address)


def _dates(page: Content) -> Findings:
    rounds, methods = dates_of(page)
    found: Findings = {}
    for name, dated in (("deadline", rounds.deadline), ("opening_date", rounds.opening)):
        if dated is not None:
            found[name] = Finding(dated.moment, dated.quote, methods[name])
    if rounds.others:
        others = tuple(NamedDate(each.name, each.moment) for each in rounds.others)
        found["other_dates"] = Finding(others, quotes_of(rounds.others), "label:line")
    return found


def _amounts(page: Content) -> Findings:
    amounts = amounts_of(page)
    return {"amount_min": amounts.low, "amount_max": amounts.high, "currency": amounts.currency}


def _contact(page: Content) -> Findings:
    contact = contact_of(page)
    return {"contact_email": contact.email, "contact_phone": contact.phone, "contact_name": contact.name}


def _lists(page: Content) -> Findings:
    found: Findings = {}
    documents = documents_of(page)
    if documents:
        found["documents"] = Finding(documents, documents[0].title, "link")
    for name in ("categories", "location"):
        pair = next(
            (
                p
                for p in page.pairs
                if p.field == name and len(p.value) <= 200 and p.method != "label:heading"
            ),
            None,
        )
        if pair is not None:
            value = (
                tuple(part.strip() for part in pair.value.split("\n")) if name == "categories" else pair.value
            )
            found[name] = Finding(value, pair.value, pair.method)
    return found
