"""CommonGrants: the opportunities of an interface that keeps to this protocol for grants."""

import re
from collections.abc import Iterator

from hoistscraper.extraction.candidate import Candidate, Moment
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.native.formats import COMMON_GRANTS
from hoistscraper.extraction.native.moments import iso_moment_of
from hoistscraper.extraction.native.telling import LONGEST_TEXT, Telling

# What the protocol leaves to custom fields, by the names that these usually have, folded.
_ORGANISATIONS = ("agency", "agencyname", "funder", "fundername", "organization", "organizationname")
_REFERENCES = ("opportunitynumber", "referencenumber", "solicitationnumber", "opportunityid", "legacyid")
_CONTACTS = ("contactinfo", "contact", "contactdetails", "agencycontact")
_CATEGORIES = ("category", "categories", "fundingcategories", "federalfundingsource")
_SEPARATORS = re.compile(r"[\W_]+")


def is_opportunity(node: Node) -> bool:
    """Tell whether an object is an opportunity of the protocol."""
    return (
        isinstance(node.at("title").value, str)
        and isinstance(node.at("status", "value").value, str)
        and (node.at("keyDates").is_object or node.at("funding").is_object)
    )


def is_answer(root: Node) -> bool:
    """Tell whether a document is a page of opportunities."""
    return root.at("paginationInfo").is_object and (
        root.at("items").value == [] or any(is_opportunity(each) for each in root.at("items").elements())
    )


def read_answer(root: Node, *, source_url: str | None) -> Iterator[Candidate]:
    """Read the opportunities of a page."""
    read = (read_opportunity(each, source_url=source_url) for each in root.at("items").elements())
    return (call for call in read if call is not None)


def read_opportunity(node: Node, *, source_url: str | None) -> Candidate | None:
    """Read one opportunity; ``None`` where the object is none."""
    if not is_opportunity(node):
        return None
    telling = Telling(COMMON_GRANTS, node, source_url)
    telling.name("title", node.at("title"))
    telling.prose("summary", node.at("description"))
    telling.status(node.at("status", "value"))
    telling.link(node.at("source"))
    _dates(telling, node.at("keyDates"))
    _funding(telling, node.at("funding"))
    _applicants(telling, node.at("acceptedApplicantTypes"))
    _custom(telling, node.at("customFields"))
    return telling.candidate()


def _dates(telling: Telling, dates: Node) -> None:
    for field, name in (("opening_date", "postDate"), ("deadline", "closeDate")):
        moment, place = _event(dates.at(name), is_end=field == "deadline")
        telling.moment(field, moment, *place)
    for name, event in dates.at("otherDates").members():
        moment, place = _event(event, is_end=True)
        telling.other_date(event.at("name").text or name, moment, *place)


def _event(event: Node, *, is_end: bool) -> tuple[Moment | None, tuple[Node, Node]]:
    """Return when an event is, of a period its end or its beginning, and the date and time that say so."""
    if isinstance(event.value, str):
        names = None
    elif event.at("eventType").value == "dateRange" or event.at("endDate").value is not None:
        names = ("endDate", "endTime") if is_end else ("startDate", "startTime")
    else:
        names = ("date", "time")
    day, clock = (event.at(names[0]), event.at(names[1])) if names else (event, Node(None))
    return iso_moment_of(day.text or "", clock.text), (day, clock)


def _funding(telling: Telling, funding: Node) -> None:
    least, most = funding.at("minAwardAmount"), funding.at("maxAwardAmount")
    currencies = {each.at("currency").text for each in (least, most) if each.at("amount").verbatim}
    if len(currencies) > 1:
        return
    telling.amount("amount_min", least.at("amount"))
    telling.amount("amount_max", most.at("amount"))
    if telling.states("amount_min") or telling.states("amount_max"):
        telling.currency(most.at("currency") if most.at("currency").text else least.at("currency"))


def _applicants(telling: Telling, applicants: Node) -> None:
    named = []
    for each in applicants.elements():
        node = next((each.at(n) for n in ("customValue", "description", "value") if each.at(n).text), each)
        if node.text:
            named.append(node)
    words = "; ".join(COMMON_GRANTS.applicant(str(node.text)) for node in named)
    telling.say("eligibility", words[:LONGEST_TEXT], "; ".join(str(node.verbatim) for node in named), *named)


def _custom(telling: Telling, fields: Node) -> None:
    by_name = {_SEPARATORS.sub("", name).lower(): field.at("value") for name, field in fields.members()}
    for name in _ORGANISATIONS:
        field = by_name.get(name, Node(None))
        telling.name("organisation", field.at("name") if field.is_object else field)
    for name in _REFERENCES:
        telling.reference(by_name.get(name, Node(None)))
    for name in _CONTACTS:
        field = by_name.get(name, Node(None))
        telling.name("contact_name", field.at("name"))
        telling.email(field.at("email") if field.is_object else field)
        telling.name("contact_phone", field.at("phone"), longest=40)
    for name in _CATEGORIES:
        field = by_name.get(name, Node(None))
        telling.names("categories", (field, *field.elements()))
