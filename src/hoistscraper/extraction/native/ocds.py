"""Open Contracting Data Standard (1.0 and 1.1): releases, release packages and record packages."""

import re
from collections.abc import Iterator
from datetime import date

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.native.formats import OCDS
from hoistscraper.extraction.native.moments import iso_moment
from hoistscraper.extraction.native.telling import LONGEST_NAME, Telling

_PACKAGES = ("releases", "records")
# What a release tells when it tells nothing of a tender any more.
_AFTER_THE_TENDER = re.compile(r"award|contract|implementation")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_CATEGORIES = 10


def is_package(root: Node) -> bool:
    """Tell whether a document is a release package or a record package, be it an empty one."""
    if not root.is_object:
        return False
    listed = [each for name in _PACKAGES for each in root.at(name).elements()]
    if listed:
        return any(_release_of(each) is not None for each in listed)
    is_empty = any(root.at(name).value == [] for name in _PACKAGES)
    return is_empty and isinstance(root.at("version").value or root.at("publisher").value, str | dict)


def is_release(root: Node) -> bool:
    """Tell whether a document is one release, or one record with its releases put together."""
    return _release_of(root) is not None


def read_package(root: Node, *, source_url: str | None, today: date) -> Iterator[Candidate]:
    """Read the calls of a package; of several releases on one process the newest that tells of its tender."""
    newest: dict[str, Node] = {}
    for each in (element for name in _PACKAGES for element in root.at(name).elements()):
        release = _release_of(each)
        if release is None or not _tells_of_tender(release):
            continue
        key = release.at("ocid").text or release.pointer
        known = newest.get(key)
        if known is None or (known.at("date").text or "") <= (release.at("date").text or ""):
            newest[key] = release
    read = (read_release(release, source_url=source_url, today=today) for release in newest.values())
    return (call for call in read if call is not None)


def read_release(root: Node, *, source_url: str | None, today: date) -> Candidate | None:
    """Read one release or record; ``None`` where it names no tender."""
    release = _release_of(root)
    if release is None or not _tells_of_tender(release):
        return None
    tender = release.at("tender")
    telling = Telling(OCDS, release, source_url)
    _title(telling, tender)
    telling.prose("summary", tender.at("description"))
    _parties(telling, release)
    telling.reference(tender.at("id"))
    telling.reference(release.at("ocid"))
    _dates(telling, tender)
    _status(telling, tender, today)
    _value(telling, tender)
    telling.prose("eligibility", tender.at("eligibilityCriteria"))
    _documents(telling, tender)
    categories = [
        tender.at("mainProcurementCategory"),
        *tender.at("additionalProcurementCategories").elements(),
    ]
    telling.names("categories", [node for node in categories if node.text][:_MOST_CATEGORIES])
    return telling.candidate()


def _release_of(node: Node) -> Node | None:
    """Return the release itself, or what a record's releases come to."""
    if node.at("compiledRelease").is_object:
        return _release_of(node.at("compiledRelease"))
    if isinstance(node.at("ocid").value, str) and (node.at("tender").is_object or "tag" in _names(node)):
        return node
    releases = [each for each in node.at("releases").elements() if each.at("tender").is_object]
    if isinstance(node.at("ocid").value, str) and releases:
        return max(releases, key=lambda each: each.at("date").text or "")
    return None


def _names(node: Node) -> frozenset[str]:
    return frozenset(name for name, _ in node.members())


def _tells_of_tender(release: Node) -> bool:
    if not release.at("tender").is_object:
        return False
    tags = [each.text or "" for each in release.at("tag").elements()]
    return not tags or not all(_AFTER_THE_TENDER.match(tag) for tag in tags)


def _title(telling: Telling, tender: Node) -> None:
    title, described = tender.at("title"), tender.at("description")
    is_name = title.text is not None and _WORD.search(title.text) is not None
    # Some publishers put the number where the title belongs, and the title into the description.
    if not is_name and described.text and len(described.text) <= LONGEST_NAME:
        telling.name("title", described)
    telling.name("title", title)
    if title.text and len(title.text) > LONGEST_NAME:
        cut = title.text[:LONGEST_NAME]
        telling.say("title", cut, cut, title)


def _parties(telling: Telling, release: Node) -> None:
    for role in ("buyer", "procuringEntity"):
        named = release.at("buyer") if role == "buyer" else release.at("tender", "procuringEntity")
        party = next(_party(release, named.at("id").text, role), Node(None))
        telling.name("organisation", named.at("name"))
        telling.name("organisation", party.at("name"))
        for contact in (party.at("contactPoint"), named.at("contactPoint")):
            telling.name("contact_name", contact.at("name"))
            telling.email(contact.at("email"))
            telling.name("contact_phone", contact.at("telephone"), longest=40)


def _party(release: Node, identifier: str | None, role: str) -> Iterator[Node]:
    parties = list(release.at("parties").elements())
    yield from (party for party in parties if identifier and party.at("id").text == identifier)
    yield from (party for party in parties if role in {each.text for each in party.at("roles").elements()})


def _dates(telling: Telling, tender: Node) -> None:
    for field, name in (("opening_date", "startDate"), ("deadline", "endDate")):
        node = tender.at("tenderPeriod", name)
        telling.moment(field, iso_moment(node.text or ""), node)
    for period, moment, name in (
        ("enquiryPeriod", "endDate", "Enquiries until"),
        ("awardPeriod", "startDate", "Award from"),
        ("awardPeriod", "endDate", "Award until"),
        ("contractPeriod", "startDate", "Contract from"),
        ("contractPeriod", "endDate", "Contract until"),
    ):
        node = tender.at(period, moment)
        telling.other_date(name, iso_moment(node.text or ""), node)


def _status(telling: Telling, tender: Node, today: date) -> None:
    end = iso_moment(tender.at("tenderPeriod", "endDate").text or "")
    # A tender stays active while its bids are judged.
    if tender.at("status").text != "active" or end is None or end.date >= today:
        telling.status(tender.at("status"))


def _value(telling: Telling, tender: Node) -> None:
    value, least = tender.at("value"), tender.at("minValue")
    currencies = {each.at("currency").text for each in (value, least) if each.at("amount").verbatim}
    if len(currencies) > 1:
        least = Node(None)
    telling.amount("amount_min", least.at("amount"))
    telling.amount("amount_max", value.at("amount"))
    if not telling.states("amount_min"):
        telling.amount("amount_min", value.at("amount"))
    if telling.states("amount_min"):
        telling.currency(value.at("currency") if value.at("currency").text else least.at("currency"))


def _documents(telling: Telling, tender: Node) -> None:
    for document in tender.at("documents").elements():
        address, kind = document.at("url"), document.at("format").text
        if document.at("documentType").text == "tenderNotice" and kind in (None, "text/html"):
            # The notice as people read it.
            telling.link(address)
            if kind == "text/html":
                continue
        telling.document(address, document.at("title").text or document.at("description").text, kind)
