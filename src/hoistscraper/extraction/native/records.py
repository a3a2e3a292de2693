"""Records of no known standard: calls told by the names of their fields, as interfaces write them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hoistscraper.extraction.candidate import Candidate, Moment, Status
from hoistscraper.extraction.currencies import CODES
from hoistscraper.extraction.dates import DateContext, order_of
from hoistscraper.extraction.documents import media_type_of
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of
from hoistscraper.extraction.money import find_amounts
from hoistscraper.extraction.native.formats import RECORD, Format
from hoistscraper.extraction.native.moments import LONGEST_DATE
from hoistscraper.extraction.native.sums import sum_in
from hoistscraper.extraction.native.telling import LONGEST_TEXT, Telling

_WORDS = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-.\s]+")
_LETTER = re.compile(r"[^\W\d_]")
_CITED = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[\w./-]{4,40}")
# Names of fields that no label on a page has. Those of labels are in the lexicon, which is asked next.
_NAMES: Mapping[str, str] = {
    name: field
    for field, names in {
        "title": "title name headline heading titel titre titolo titulo nombre nom",
        "deadline": """deadline deadlinedate deadlineat deadlinetime deadlinedatetime closingdate closedate
            closingat closesat closeson closingdatetime closedatetime closesdate duedate dueat dueon due
            submissiondeadline applicationdeadline applicationenddate applicationclosedate applyby submitby
            applicationclosingdate applicationsclose applicationsclosedate responsedeadline bidclosingdate
            tenderclosingdate""",
        "opening_date": """opendate openingdate opensat opensdate openson openat opendatetime postdate
            openingdatetime posteddate publishdate publishedat publishedon publicationdate releasedate
            applicationstartdate applicationopendate applicationsopen""",
        "start": "startdate start startdatetime startsat startson datestart",
        "end": "enddate end enddatetime endsat endson endat dateend",
        "organisation": "agency agencyname buyer buyername funder fundername organisation organization donor",
        "recipient": "recipient recipients recipientname awardee grantee winner supplier awardedto",
        "reference_number": "reference referencenumber referenceno referenceid refno number code identifier",
        "id": "id",
        "status": "status state oppstatus opportunitystatus callstatus tenderstatus",
        "currency": "currency currencycode currencyiso",
        "amount_min": "minamount amountmin minimumamount awardfloor minaward floor",
        "amount_max": "maxamount amountmax maximumamount awardceiling maxaward ceiling",
        "summary": "description summary abstract synopsis excerpt shortdescription teaser intro",
        "contact_email": "email contactemail",
        "url": "url link href permalink detailurl weburl htmlurl canonicalurl pageurl @id path uri",
        "documents": "documents attachments files",
    }.items()
    for name in names.split()
}
# Where interfaces put the fields of a record one storey below it.
_WRAPPERS = frozenset("acf attributes fields node _source data document properties item".split())
_IN_OBJECT = ("name", "title", "rendered", "value", "label", "text", "date", "en", "description")
_IN_LIST = ("name", "title", "label", "value", "description")
_MOST_FIELDS = 200
_MOST_LISTED = 30
_MOST_DEPTH = 2


@dataclass(frozen=True, slots=True)
class RecordContext:
    """What a record shares with its list. ``speaks_of_calls``: something around it says that it is a call."""

    dates: DateContext
    source_url: str | None
    form: Format
    speaks_of_calls: bool = False


def context_for(records: Sequence[Node], context: RecordContext) -> RecordContext:
    """Return the context with the order of day and month that the dates of all records prove."""
    written = "\n".join(
        text
        for record in records
        for field, _, node in _fields(record)
        if field in DATE_FIELDS or field in ("start", "end")
        if (text := _inner(node).text) and len(text) <= LONGEST_DATE
    )
    order = context.dates.order or order_of(written, context.dates.language)
    return replace(context, dates=replace(context.dates, order=order))


def states_a_call(record: Node) -> bool:
    """Tell whether an object has a name, and says until when one may apply or whether one may."""
    named = defaultdict(list)
    for field, _, node in _fields(record):
        named[field].append(_inner(node))
    if not any(_is_title(node.text) for node in named["title"]):
        return False
    if any(node.text for node in named["deadline"]):
        return True
    # What names who got it is an award.
    return not named["recipient"] and any(_status(node) is not Status.UNKNOWN for node in named["status"])


def has_title(record: Node) -> bool:
    """Tell whether an object has what may be a name."""
    return title_of(record) is not None


def title_of(record: Node) -> str | None:
    """Return what an object is named, if it is."""
    written = (_inner(node).text for field, _, node in _fields(record) if field == "title")
    return next((text for text in written if _is_title(text)), None)


def read_record(record: Node, context: RecordContext) -> Candidate | None:
    """Read one record; ``None`` where it has no name."""
    telling = Telling(context.form, record, context.source_url, context.dates)
    named: defaultdict[str, list[tuple[str, Node]]] = defaultdict(list)
    for field, name, node in _fields(record):
        named[field].append((name, node))
    titles = [inner for _, node in named["title"] if _is_title((inner := _inner(node)).text)]
    for node in titles[:1]:
        telling.name("title", node)
    _dates(telling, named, context)
    _amounts(telling, named)
    _words(telling, named)
    for _, node in named["url"]:
        if (_inner(node).text or "").startswith(("http://", "https://", "/")):
            telling.link(_inner(node))
    return telling.candidate()


def _fields(record: Node, depth: int = 0) -> Iterator[tuple[str, str, Node]]:
    """Yield the fields that mean anything here: what they are, their name in words, their value."""
    for number, (name, node) in enumerate(record.members()):
        if number >= _MOST_FIELDS:
            return
        if name in _WRAPPERS and node.is_object:
            if depth < _MOST_DEPTH:
                yield from _fields(node, depth + 1)
            continue
        words = _WORDS.sub(" ", name).strip()
        field = _NAMES.get(fold(words).replace(" ", "")) or field_of(words)
        if field and node.value not in (None, "", []):
            yield field, words, node


def _inner(node: Node) -> Node:
    """Return the text of an object that holds one, such as {"name": ...} or {"rendered": ...}."""
    if not node.is_object:
        return node
    return next((inner for name in _IN_OBJECT if (inner := node.at(name)).text), Node(None))


def _is_title(text: str | None) -> bool:
    return text is not None and len(text) >= 4 and len(_LETTER.findall(text)) >= 4


def _status(node: Node) -> Status:
    return RECORD.status(_inner(node).text or "")


def _dates(telling: Telling, named: Mapping[str, list[tuple[str, Node]]], context: RecordContext) -> None:
    read = {
        field: list(_moments(named.get(field, ()), context))
        for field in ("deadline", "opening_date", "other_date", "start", "end")
    }
    # "endDate" is when a project ends as often as when a call does.
    if context.speaks_of_calls and not named.get("deadline"):
        read |= {"deadline": read["end"], "end": []}
        if not named.get("opening_date"):
            read |= {"opening_date": read["start"], "start": []}
    for field in ("deadline", "opening_date"):
        found = read[field]
        if len({moment.date for _, moment, _ in found}) == 1:
            timed = [each for each in found if each[1].time] or found
            _, moment, nodes = timed[0]
            if len({each.time for _, each, _ in timed}) > 1:
                # The day is all that they agree on.
                moment, nodes = Moment(moment.date), tuple(node for _, _, told in timed for node in told)
            telling.moment(field, moment, *nodes)
        else:
            # Of several that disagree none is to be believed.
            read["other_date"] += found
    for name, moment, nodes in (*read["other_date"], *read["start"], *read["end"]):
        telling.other_date(name[:1].upper() + name[1:].lower(), moment, *nodes)


def _moments(
    fields: Iterable[tuple[str, Node]], context: RecordContext
) -> Iterator[tuple[str, Moment, tuple[Node, ...]]]:
    """Yield names of dates, the dates and what states them; a number is none."""
    for name, node in fields:
        inner, clock = _inner(node), node.at("time")
        text = inner.text if isinstance(inner.value, str) else None
        alone = context.form.moment(text or "", None, context.dates)
        if alone is not None:
            timed = context.form.moment(text or "", clock.text, context.dates)
            yield name, timed or alone, (inner,) if timed in (alone, None) else (inner, clock)


def _amounts(telling: Telling, named: Mapping[str, list[tuple[str, Node]]]) -> None:
    """Read sums of which the currency is stated; a number alone may count anything."""
    beside = next(
        (inner for _, node in named.get("currency", ()) if (inner := _inner(node)).text), Node(None)
    )
    for field in ("amount_min", "amount_max", "amount"):
        for _, node in named.get(field, ()):
            if field == "amount" and telling.states("currency"):
                return
            _amount(telling, field, node, beside)


def _amount(telling: Telling, field: str, node: Node, beside: Node) -> None:
    currency = next((c for n in ("currency", "currencyCode") if (c := node.at(n)).text), beside)
    if node.is_object:
        low = next((each for n in ("min", "minimum", "from") if (each := node.at(n)).verbatim), Node(None))
        high = next((each for n in ("max", "maximum", "to") if (each := node.at(n)).verbatim), Node(None))
        single = next((each for n in ("amount", "value") if (each := node.at(n)).verbatim), Node(None))
    else:
        low, high, single = Node(None), Node(None), node
    if sum_in(single) is None and isinstance(single.value, str):
        _written_amount(telling, field, single)
        return
    if (currency.text or "").upper() not in CODES:
        return
    for name, sum_node in (
        ("amount_min", low if low.verbatim else single if field != "amount_max" else low),
        ("amount_max", high if high.verbatim else single if field != "amount_min" else high),
    ):
        telling.amount(name, sum_node)
    if telling.states("amount_min") or telling.states("amount_max"):
        telling.currency(currency)


def _written_amount(telling: Telling, field: str, node: Node) -> None:
    text = node.text or ""
    found = find_amounts(text)
    if len(found) != 1 or found[0].currency is None:
        return
    if field != "amount_max":
        telling.say("amount_min", found[0].low, text, node)
    if field != "amount_min":
        telling.say("amount_max", found[0].high, text, node)
    telling.say("currency", found[0].currency, text, node)


def _words(telling: Telling, named: Mapping[str, list[tuple[str, Node]]]) -> None:
    for field, take in _TAKEN.items():
        for _, node in named.get(field, ()):
            take(telling, node)


def _organisation(telling: Telling, node: Node) -> None:
    telling.name("organisation", _inner(next(node.elements(), node)))


def _identifier(telling: Telling, node: Node) -> None:
    if isinstance(node.value, str) and _CITED.fullmatch(node.value):
        telling.reference(node)


def _stated_status(telling: Telling, node: Node) -> None:
    telling.status(_inner(node))


def _documents(telling: Telling, node: Node) -> None:
    for each in list(node.elements())[:_MOST_LISTED]:
        address = next((inner for name in ("url", "href", "link") if (inner := each.at(name)).text), each)
        title = each.at("title").text or each.at("name").text
        telling.document(address, title, media_type_of(address.text or "", title or "") or None)


def _listed(telling: Telling, field: str, node: Node) -> None:
    elements = [
        next((inner for name in _IN_LIST if (inner := each.at(name)).text), each) if each.is_object else each
        for each in node.elements()
    ][:_MOST_LISTED] or [_inner(node)]
    stated = [each for each in elements if each.text]
    if field == "categories":
        telling.names(field, stated)
    else:
        words = "; ".join(str(each.text) for each in stated)[:LONGEST_TEXT]
        telling.say(field, words, words, *stated)


# In this order: what is cited goes before what only identifies.
_TAKEN: Mapping[str, Callable[[Telling, Node], None]] = {
    "organisation": _organisation,
    "reference_number": lambda telling, node: telling.reference(_inner(node)),
    "id": _identifier,
    "status": _stated_status,
    "summary": lambda telling, node: telling.prose("summary", _inner(node)),
    "contact_email": lambda telling, node: telling.email(node),
    "location": lambda telling, node: telling.name("location", _inner(node), longest=160),
    "eligibility": lambda telling, node: _listed(telling, "eligibility", node),
    "categories": lambda telling, node: _listed(telling, "categories", node),
    "documents": _documents,
}
