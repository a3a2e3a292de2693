"""Synopses of federal grants as the United States publish them: the daily extract in XML, answers in JSON.

All sums in these forms are United States dollars, all dates have the month first, by their definition.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from lxml import etree

from hoistscraper.extraction.candidate import Candidate, Moment, Status
from hoistscraper.extraction.dates import DateContext, find_moments
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.native.moments import iso_moment, month_first_moment, starts_the_day
from hoistscraper.extraction.native.telling import LONGEST_TEXT, Telling
from hoistscraper.extraction.xml_names import local_name

METHOD = "declared:synopsis"
_CURRENCY = "USD"
_SYNOPSIS, _FORECAST = "OpportunitySynopsisDetail_1_0", "OpportunityForecastDetail_1_0"
_HEAD_CHARACTERS = 4_000
_LONGEST_DATE = 60
_STATUSES = {
    "posted": Status.OPEN,
    "open": Status.OPEN,
    "forecasted": Status.FORTHCOMING,
    "closed": Status.CLOSED,
    "archived": Status.CLOSED,
}
_APPLICANTS: Mapping[str, str] = MappingProxyType(
    {
        "00": "State governments",
        "01": "County governments",
        "02": "City or township governments",
        "04": "Special district governments",
        "05": "Independent school districts",
        "06": "Public and state controlled institutions of higher education",
        "07": "Native American tribal governments (federally recognized)",
        "08": "Public housing authorities and Indian housing authorities",
        "11": "Native American tribal organizations (other than federally recognized)",
        "12": "Nonprofits with 501(c)(3) status, other than institutions of higher education",
        "13": "Nonprofits without 501(c)(3) status, other than institutions of higher education",
        "20": "Private institutions of higher education",
        "21": "Individuals",
        "22": "For profit organizations other than small businesses",
        "23": "Small businesses",
        "25": "Others",
        "99": "Unrestricted",
    }
)


def is_extract(text: str) -> bool:
    """Tell whether a text is an extract in XML."""
    head = text[:_HEAD_CHARACTERS].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and any(f"<{name}" in head for name in (_SYNOPSIS, _FORECAST))


def read_extract(root: etree._Element, *, source_url: str | None) -> tuple[Candidate, ...]:
    """Read the synopses and forecasts of an extract, in its order."""
    numbers = {_SYNOPSIS: 0, _FORECAST: 0}
    calls = []
    for element in root.iter(etree.Element):
        name = local_name(element)
        if name in numbers:
            numbers[name] += 1
            record = Node(_record(element), f"/{name}[{numbers[name]}]")
            calls.append(_read([record], source_url, is_forecast=name == _FORECAST))
    return tuple(call for call in calls if call is not None)


def hits_of(root: Node) -> Node | None:
    """Return the list of what a search answers, or ``None`` where a document is no such answer."""
    for node in (root.at("oppHits"), root.at("data", "oppHits")):
        if isinstance(node.value, list):
            return node
    return None


def read_hits(hits: Node, *, source_url: str | None) -> tuple[Candidate, ...]:
    """Read what a search answers, in its order."""
    read = (_read([each], source_url, is_forecast=False) for each in hits.elements())
    return tuple(call for call in read if call is not None)


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
    telling = Telling(METHOD, source_url)

    def stated(*names: str) -> Node:
        found = (place.at(name) for name in names for place in places)
        return next((node for node in found if node.value not in (None, "", [])), Node(None))

    telling.name("title", stated("OpportunityTitle", "opportunityTitle", "title"))
    telling.name("organisation", stated("AgencyName", "agencyName", "agency"))
    telling.reference(stated("OpportunityNumber", "opportunityNumber", "number"))
    telling.prose("summary", stated("Description", "synopsisDesc", "forecastDesc", "description"))
    _status(telling, stated("OppStatus", "oppStatus"), is_forecast=is_forecast)
    _dates(telling, stated, is_forecast=is_forecast)
    for field, node in (
        ("amount_min", stated("AwardFloor", "awardFloor")),
        ("amount_max", stated("AwardCeiling", "awardCeiling")),
    ):
        telling.amount(field, node)
        if telling.states(field):
            telling.say("currency", _CURRENCY, node.verbatim, node)
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
    text = node.text or ""
    moment = month_first_moment(text) or iso_moment(text)
    if moment is not None or len(text) > _LONGEST_DATE:
        return moment
    # Some answers write the month by its name, with a time of day that is always midnight.
    found = find_moments(text, DateContext(today=date.min, order="MDY"))
    if len(found) != 1 or found[0].start:
        return None
    return starts_the_day(found[0].moment)


def _status(telling: Telling, node: Node, *, is_forecast: bool) -> None:
    status = _STATUSES.get((node.text or "").lower(), Status.UNKNOWN)
    telling.say("status", status, node.verbatim, node)
    if is_forecast and not node.verbatim:
        telling.say("status", Status.FORTHCOMING, _FORECAST, node)


def _applicants(telling: Telling, node: Node) -> None:
    listed = [each.at("description") if each.is_object else each for each in (*node.elements(), node)]
    texts = [text for each in listed if (text := each.text)]
    named = "; ".join(_APPLICANTS.get(text, text) for text in texts)
    telling.say("eligibility", named[:LONGEST_TEXT], "; ".join(texts), node)
