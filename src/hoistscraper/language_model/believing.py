"""What of a model's answer is believed: words that stand where it points, read by our own rules.

A model only ever points. The quote must stand verbatim in the line that it names, of those that it was shown;
the value is what the rules' own parsers read there; where a date or a sum stands beside words that say
something else, it is not taken; and the check that the rules' values pass comes last.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from hoistscraper.extraction.amounts import of_an_award, speaks_against
from hoistscraper.extraction.candidate import Candidate, Evidence, Moment
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.contacts import is_person, is_service, phones_in
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dated import cue_of, is_guarded, quote_around
from hoistscraper.extraction.dates import YEARS_AHEAD, YEARS_BACK, FoundMoment, find_moments
from hoistscraper.extraction.eligibility import LEAST as LEAST_ELIGIBILITY
from hoistscraper.extraction.eligibility import LONGEST as LONGEST_ELIGIBILITY
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.money import find_amounts
from hoistscraper.extraction.organisation import is_a_name
from hoistscraper.extraction.proof import proven
from hoistscraper.extraction.prose import LEAST_PROSE, sentences
from hoistscraper.extraction.references import reference_in
from hoistscraper.extraction.summary import LONGEST as LONGEST_SUMMARY
from hoistscraper.language_model.answer import Pointer, Pointers
from hoistscraper.language_model.fields import METHOD, is_open
from hoistscraper.language_model.passages import Passage

Findings = dict[str, Finding[object]]
_LEAST_SENTENCE = 30
_AFTER = 40
_LABELS_ABOVE, _HEADING_ABOVE = 2, 6  # blocks


@dataclass(frozen=True, slots=True)
class _Place:
    """A quote that was found: ``page.blocks[number].text[start:end]``."""

    page: Content
    candidate: Candidate
    number: int
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.page.blocks[self.number].text

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    def above(self) -> list[str]:
        """The labels that the line may stand under: those right above it, and its heading."""
        blocks = self.page.blocks
        near = [blocks[each].text for each in range(max(0, self.number - _LABELS_ABOVE), self.number)]
        section = blocks[max(0, self.number - _HEADING_ABOVE) : self.number]
        heading = next((block.text for block in reversed(section) if block.heading), None)
        return [*near, heading] if heading and heading not in near else near


def believed(
    pointers: Pointers, shown: Sequence[Passage], page: Content, candidate: Candidate
) -> Candidate | None:
    """Return the candidate with the values that the answer proves; ``None`` where it proves none.

    A value that the rules proved better than a model can is never replaced.
    """
    findings: Findings = {}
    for name, pointer in pointers.items():
        place = _place(pointer, shown, page, candidate)
        if place is not None and is_open(name, candidate):
            findings |= _READERS[name](place)
    if not findings:
        return None
    proposal = Candidate(
        url=candidate.url,
        **{name: finding.value for name, finding in findings.items()},  # type: ignore[arg-type]
        evidence={name: _evidence(finding, page) for name, finding in findings.items()},
    )
    return filled(candidate, proven(proposal, page))


def filled(candidate: Candidate, proposal: Candidate) -> Candidate | None:
    """Return the candidate with what only the proposal proves, or proves better; ``None``: nothing."""
    taken = [
        name
        for name in proposal.evidence
        if is_open("amount" if name in ("amount_min", "amount_max", "currency") else name, candidate)
    ]
    if not taken:
        return None
    evidence = dict(candidate.evidence) | {name: proposal.evidence[name] for name in taken}
    return replace(candidate, evidence=evidence, **{name: getattr(proposal, name) for name in taken})


def still_proven(before: Candidate, page: Content) -> Candidate:
    """Return what a model read of a page before, as far as the page as it is now proves it still."""
    names = [name for name, proof in before.evidence.items() if proof.method == METHOD]
    texts = [block.text for block in page.blocks]
    kept = {
        name: before.evidence[name]
        for name in names
        if any(before.evidence[name].quote in text for text in texts)
    }
    carried = Candidate(url=before.url, evidence=kept, **{name: getattr(before, name) for name in kept})
    return proven(carried, page)


def _place(pointer: Pointer, shown: Sequence[Passage], page: Content, candidate: Candidate) -> _Place | None:
    passage = next((each for each in shown if each.number == pointer.line), None)
    start = passage.shown.find(pointer.quote) if passage else -1
    if start < 0:
        return None
    return _Place(page, candidate, pointer.line, start, start + len(pointer.quote))


def _evidence(finding: Finding[object], page: Content) -> Evidence:
    return Evidence(finding.quote, finding.method, confidence_of(finding.method), page.document.url)


def _found(value: object, quote: str) -> Finding[object]:
    return Finding(value, quote, METHOD)


def _deadline(place: _Place) -> Findings:
    found = _date(place, "deadline")
    if found is None:
        return {}
    opening = place.candidate.opening_date
    if opening is not None and found.moment.date < opening.date:
        return {}
    return {"deadline": _found(found.moment, quote_around(place.text, found))}


def _opening(place: _Place) -> Findings:
    found = _date(place, "opening_date")
    if found is None:
        return {}
    deadline = place.candidate.deadline
    if deadline is not None and found.moment.date > deadline.date:
        return {}
    return {"opening_date": _found(found.moment, quote_around(place.text, found))}


def _date(place: _Place, field: str) -> FoundMoment | None:
    """Return the one date that the quote holds, if words beside it say that it is this one."""
    found = [
        each
        for each in find_moments(place.text, place.page.dates)
        if each.start < place.end and each.end > place.start
    ]
    if len({each.moment.date for each in found}) != 1 or not find_moments(place.quote, place.page.dates):
        return None
    date = found[0]
    if not _is_plausible(date.moment, place.page) or _is_another(date.moment, place.candidate):
        return None
    return date if _says_what(place, date) == field else None


def _says_what(place: _Place, date: FoundMoment) -> str | None:
    """Return what the words beside a date say of it: those before it, after it, then those above it.

    Nearer words have the say; where they speak of another step of the call, those above have none.
    """
    before = sentences(place.text[: date.start])[-1]
    after = place.text[date.end : date.end + _AFTER]
    if is_guarded(fold(after)):
        return "other_date"
    for words in (before, after):
        said = cue_of(words) or _label(words)
        if said is not None:
            return said
    labels = [said for text in reversed(place.above()) if (said := _label(text) or cue_of(text))]
    return labels[0] if labels else None


def _label(text: str) -> str | None:
    field = field_of(text.strip(" :-–—("))
    return field if field in ("deadline", "opening_date", "other_date") else None


def _is_plausible(moment: Moment, page: Content) -> bool:
    return page.today.year - YEARS_BACK <= moment.date.year <= page.today.year + YEARS_AHEAD


def _is_another(moment: Moment, candidate: Candidate) -> bool:
    return any(each.moment.date == moment.date for each in candidate.other_dates)


def _amount(place: _Place) -> Findings:
    hint = place.page.currency
    found = [
        each
        for each in find_amounts(place.text, currency_hint=hint)
        if each.start < place.end and each.end > place.start
    ]
    if len(found) != 1 or found[0].currency is None or not find_amounts(place.quote, currency_hint=hint):
        return {}
    around = [place.text, *place.above()]
    if any(speaks_against(text) for text in around):
        return {}
    told = of_an_award(found[0])
    quote = place.text if len(place.text) <= LONGEST_SUMMARY else place.quote
    values = {"amount_min": told.low, "amount_max": told.high, "currency": told.currency}
    return {name: _found(value, quote) for name, value in values.items() if value is not None}


def _organisation(place: _Place) -> Findings:
    name = place.quote.strip(" ,.;:-–")
    if not is_a_name(name) or not name[:1].isupper() or name == place.candidate.title:
        return {}
    return {"organisation": _found(name, name)}


def _eligibility(place: _Place) -> Findings:
    quote = place.quote.strip()
    if not max(LEAST_ELIGIBILITY, _LEAST_SENTENCE) <= len(quote) <= LONGEST_ELIGIBILITY:
        return {}
    return {"eligibility": _found(quote, quote)}


def _summary(place: _Place) -> Findings:
    quote = place.quote.strip()
    if not LEAST_PROSE <= len(quote) <= LONGEST_SUMMARY or quote.count(" ") < 8:
        return {}
    return {"summary": _found(quote, quote)}


def _reference(place: _Place) -> Findings:
    number = reference_in(place.quote)
    if number is None or number not in place.quote:
        return {}
    is_something_else = (
        find_moments(place.quote, place.page.dates)
        or find_amounts(place.quote, currency_hint=place.page.currency)
        or phones_in(place.quote)
        or emails_in(place.quote)
    )
    return {} if is_something_else else {"reference_number": _found(number, place.quote)}


def _email(place: _Place) -> Findings:
    found = emails_in(place.quote)
    if len(found) != 1 or is_service(found[0][0]):
        return {}
    address, quote = found[0]
    return {"contact_email": _found(address, quote)}


def _phone(place: _Place) -> Findings:
    found = phones_in(place.quote)
    if len(found) != 1 or find_moments(place.quote, place.page.dates):
        return {}
    return {"contact_phone": _found(found[0], found[0])}


def _name(place: _Place) -> Findings:
    name = place.quote.strip(" ,;:")
    organisation = place.candidate.organisation or ""
    if not is_person(name) or field_of(name) is not None or name in organisation:
        return {}
    return {"contact_name": _found(name, name)}


_READERS: Mapping[str, Callable[[_Place], Findings]] = MappingProxyType(
    {
        "deadline": _deadline,
        "opening_date": _opening,
        "amount": _amount,
        "organisation": _organisation,
        "eligibility": _eligibility,
        "summary": _summary,
        "reference_number": _reference,
        "contact_name": _name,
        "contact_email": _email,
        "contact_phone": _phone,
    }
)
