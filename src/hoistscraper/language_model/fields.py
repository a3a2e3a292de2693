"""What a model may be asked for: fields in small groups, and only where an answer could be proven at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.contacts import phones_in
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dates import find_moments
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.money import find_amounts
from hoistscraper.extraction.prose import is_prose

METHOD = "language_model"

_CODE = re.compile(r"(?<!\w)(?=[\w./-]*\d)(?=[\w./-]*[A-Za-z/])[\w./-]{4,40}")


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are asked for with one question, for they stand close to each other on pages."""

    name: str
    fields: tuple[str, ...]


GROUPS = (
    Group("dates", ("deadline", "opening_date")),
    Group("money", ("amount",)),
    Group("call", ("organisation", "eligibility", "summary", "reference_number")),
    Group("contact", ("contact_name", "contact_email", "contact_phone")),
)

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "deadline": "the last day on which one can apply or submit (with the words that say so)",
        "opening_date": "the first day on which one can apply or submit (with the words that say so)",
        "amount": "the sum of money that one applicant can get (never a fee, never the whole fund)",
        "organisation": "the name of the organisation that gives the money or buys",
        "eligibility": "the sentence that says who may apply",
        "summary": "the sentences that say what is funded or bought",
        "reference_number": "the reference number or code of this call",
        "contact_name": "the name of the person whom to ask",
        "contact_email": "the e-mail address for questions",
        "contact_phone": "the telephone number for questions",
    }
)
"""What each field means, in the words of the question."""

# One answer gives all of these, so they are wanted and taken together.
BEHIND: Mapping[str, tuple[str, ...]] = MappingProxyType({"amount": ("amount_min", "amount_max", "currency")})


def wanted(candidate: Candidate, page: Content) -> list[Group]:
    """Return what to ask for: what is missing or doubtful, as far as the page holds what could prove it."""
    groups = [
        Group(group.name, tuple(name for name in group.fields if _is_wanted(name, candidate, page)))
        for group in GROUPS
    ]
    return [group for group in groups if group.fields]


def has_gaps(candidate: Candidate) -> bool:
    """Tell whether anything that a model may be asked for is missing or doubtful, whatever its page holds."""
    return any(is_open(name, candidate) for name in MEANINGS)


def is_open(name: str, candidate: Candidate) -> bool:
    """Tell whether a value of a model may be taken: none is there, or one that is proven worse."""
    stated = [each for each in BEHIND.get(name, (name,)) if getattr(candidate, each) is not None]
    trusted = confidence_of(METHOD)
    return all(
        (proof := candidate.evidence.get(each)) is not None and proof.confidence < trusted for each in stated
    )


def _is_wanted(name: str, candidate: Candidate, page: Content) -> bool:
    return is_open(name, candidate) and _HINTS[name](candidate, page)


def _has_new_date(candidate: Candidate, page: Content) -> bool:
    known = {each.moment.date for each in candidate.other_dates}
    known |= {each.date for each in (candidate.deadline, candidate.opening_date) if each}
    found = (moment for block in page.blocks for moment in find_moments(block.text, page.dates))
    return any(each.moment.date not in known for each in found)


def _texts(page: Content) -> Sequence[str]:
    return [block.text for block in page.blocks]


def _has_amount(_candidate: Candidate, page: Content) -> bool:
    return any(find_amounts(text, currency_hint=page.currency) for text in _texts(page))


def _has_email(_candidate: Candidate, page: Content) -> bool:
    return any(emails_in(text) for text in _texts(page))


def _has_phone(_candidate: Candidate, page: Content) -> bool:
    return any(phones_in(text) for text in _texts(page))


def _has_contact(candidate: Candidate, page: Content) -> bool:
    return bool(candidate.contact_email or candidate.contact_phone) or _has_email(candidate, page)


def _has_prose(_candidate: Candidate, page: Content) -> bool:
    return any(is_prose(block) for block in page.blocks)


def _has_code(_candidate: Candidate, page: Content) -> bool:
    return any(_CODE.search(text) for text in _texts(page))


_HINTS: Mapping[str, Callable[[Candidate, Content], bool]] = MappingProxyType(
    {
        "deadline": _has_new_date,
        "opening_date": _has_new_date,
        "amount": _has_amount,
        "organisation": _has_prose,
        "eligibility": _has_prose,
        "summary": _has_prose,
        "reference_number": _has_code,
        "contact_name": _has_contact,
        "contact_email": _has_email,
        "contact_phone": _has_phone,
    }
)
