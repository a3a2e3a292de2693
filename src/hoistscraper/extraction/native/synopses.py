"""Synopses of federal grants as the United States publish them: the daily extract in XML, answers in JSON.

All sums in these forms are United States dollars, all dates have the month first, by their definition.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import etree

from hoistscraper.extraction.candidate import Candidate, Moment, Status
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.native.formats import FORECAST, SYNOPSIS
from hoistscraper.extraction.native.moments import named_moment
from hoistscraper.extraction.native.telling import LONGEST_TEXT, Telling
from hoistscraper.extraction.xml_names import local_name

_SYNOPSIS, _FORECAST = "OpportunitySynopsisDetail_1_0", FORECAST
_HEAD_CHARACTERS = 4_000


def is_extract(text: str) -> bool:
    """Tell whether a text is an extract in XML."""
    head = text[:_HEAD_CHARACTERS].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and any(f"<{name}" in head for name in (_SYNOPSIS, _FORECAST))


def records_of(root: etree._Element) -> list[etree._Element]:
    """Return the synopses and forecasts of an extract, in its order."""
    return [node for node in root.iter(etree.Element) if local_name(node) in (_SYNOPSIS, _FORECAST)]


def read_records(records: Iterable[etree._Element], *, source_url: str | None) -> Iterator[Candidate]:
    """Read the first synopses and forecasts of an extract."""
    numbers = {_SYNOPSIS: 0, _FORECAST: 0}
    for element in records:
        name = local_name(element)
        numbers[name] += 1
        record = Node(_record(element), f"/{name}[{numbers[name]}]")
        call = _read([record], source_url, is_forecast=name == _FORECAST)
        if call is not None:
            yield call


def hits_of(root: Node) -> Node | None:
    """Return the list of what a search answers, or ``None`` where a document is no such answer."""
    for node in (root.at("oppHits"), root.at("data", "oppHits")):
        if isinstance(node.value, list):
            return node
    return None


def read_hits(hits: Node, *, source_url: str | None) -> Iterator[Candidate]:
    """Read what a search answers, in its order."""
    read = (_read([each], source_url, is_forecast=False) for each in hits.elements())
    return (call for call in read if call is not None)


def is_one(root: Node) -> bool:
    """Tell whether a document is the answer about one opportunity."""
    return any(isinstance(node.at("opportunityTitle").value, str) and _parts(node) for node in _wholes(root))


def read_one(root: Node, *, source_url: str | None) -> Candidate | None:
    """Read the answer about one opportunity."""
    whole = next((node for node in _wholes(root) if _parts(node)), root)
    is_forecast = not whole.at("synopsis").is_object
    return _read([whole, *_parts(whole)], source_url, is_forecast=is_forecast)


def _wholes(root: Node) -> tuple[Node, Node]:
    return root, root.at("data")


def _parts(node: Node) -> list[Node]:
    return [part for part in (node.at("synopsis"), node.at("forecast")) if part.is_object][:1]


def _record(element: etree._Element) -> dict[str, object]:
    """Return an element's children by name; of those that come again, a list."""
    texts: dict[str, list[object]] = {}
    for child in element.iterchildren(etree.Element):
        texts.setdefault(local_name(child), []).append("".join(map(str, child.itertext())))
    return {name: listed[0] if len(listed) == 1 else listed for name, listed in texts.items()}


def _read(places: Sequence[Node], source_url: str | None, *, is_forecast: bool) -> Candidate | None:
    telling = Telling(SYNOPSIS, places[0], source_url)

    def stated(*names: str) -> Node:
        found = (place.at(name) for name in names for place in places)
        return next((node for node in found if node.value not in (None, "", [])), Node(None))

    telling.name("title", stated("OpportunityTitle", "opportunityTitle", "title"))
    telling.name("organisation", stated("AgencyName", "agencyName", "agency"))
    telling.reference(stated("OpportunityNumber", "opportunityNumber", "number"))
    telling.prose("summary", stated("Description", "synopsisDesc", "forecastDesc", "description"))
    telling.status(stated("OppStatus", "oppStatus"))
    if is_forecast and not stated("OppStatus", "oppStatus").verbatim:
        # What holds a forecast says by its name that it is one.
        name = _FORECAST if _FORECAST in places[-1].pointer else "forecast"
        telling.say("status", Status.FORTHCOMING, name, places[-1])
    _dates(telling, stated, is_forecast=is_forecast)
    for field, node in (
        ("amount_min", stated("AwardFloor", "awardFloor")),
        ("amount_max", stated("AwardCeiling", "awardCeiling")),
    ):
        telling.amount(field, node)
        if telling.states(field):
            telling.currency(node)
    telling.prose("eligibility", stated("AdditionalInformationOnEligibility", "applicantEligibilityDesc"))
    _applicants(telling, stated("EligibleApplicants", "applicantTypes"))
    telling.name("contact_name", stated("GrantorContactName", "agencyContactName"))
    telling.email(stated("GrantorContactEmail", "agencyContactEmail"))
    telling.name("contact_phone", stated("GrantorContactPhoneNumber", "agencyContactPhone"), longest=40)
    link = stated("AdditionalInformationURL", "fundingDescLinkUrl")
    telling.document(link, stated("AdditionalInformationText", "fundingDescLinkDesc").text, None)
    return telling.candidate()


def _dates(telling: Telling, stated: Callable[..., Node], *, is_forecast: bool) -> None:
    if is_forecast:
        # What is only estimated is no deadline.
        for name, node in (
            ("Estimated opening", stated("EstimatedSynopsisPostDate", "estSynopsisPostingDate")),
            ("Estimated deadline", stated("EstimatedSynopsisCloseDate", "estApplicationResponseDate")),
        ):
            telling.other_date(name, _moment(node), node)
        return
    opening = stated("PostDate", "openDate", "postingDate")
    telling.moment("opening_date", _moment(opening), opening)
    closing = stated("CloseDate", "closeDate", "responseDate")
    telling.moment("deadline", _moment(closing), closing)


def _moment(node: Node) -> Moment | None:
    return named_moment(node.text or "")


def _applicants(telling: Telling, node: Node) -> None:
    listed = [each.at("description") if each.is_object else each for each in (*node.elements(), node)]
    named = [each for each in listed if each.text]
    words = "; ".join(SYNOPSIS.applicant(str(each.text)) for each in named)
    telling.say("eligibility", words[:LONGEST_TEXT], "; ".join(str(each.text) for each in named), *named)
