"""A record's values read again from where they stand in it: what their proof is checked against."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from hoistscraper.extraction.candidate import DocumentLink, Evidence, Moment, NamedDate
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.ground import LEAST_BEGINNING
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.lines import squeeze
from hoistscraper.extraction.native.formats import Format

# Of these a quote may be the beginning of what stands there; of all others but e-mail addresses it is all.
_LONG = frozenset({"title", "summary", "eligibility"})
_BETWEEN = (" ", "; ")


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Holds the values of a record against the record itself.

    ``places`` names, field by field, the JSON pointers that a reader says it read: they are followed anew,
    and lead nowhere outside of the record. ``dates`` is how it writes dates where its form leaves that open.
    """

    record: Node
    form: Format
    places: Mapping[str, Sequence[str]]
    url: str | None
    dates: DateContext
    _found: dict[str, list[Node]] = field(default_factory=dict, init=False)

    def stands(self, name: str, proof: Evidence) -> bool:
        """Tell whether a quote is what stands at the places of a field, in their order."""
        nodes, quoted = self._nodes(name), squeeze(proof.quote)
        if len(nodes) == 1 and nodes[0].verbatim == proof.quote:
            return True
        written = ([node.verbatim or _name_of(node) for node in nodes], [node.text or "" for node in nodes])
        wholes = [squeeze(mark.join(texts)) for texts in written if all(texts) for mark in _BETWEEN]
        if name == "contact_email":
            return any(quoted in whole for whole in wholes)
        return quoted in wholes or (name in _LONG and any(_begins(quoted, whole) for whole in wholes))

    def follows(self, name: str, value: object, proof: Evidence, kept: Mapping[str, object]) -> bool:
        """Tell whether a value, or an entry of a list, is what its places state."""
        return _FOLLOWS[name](value, self._nodes(name), self)

    def leads_to(self, address: str) -> bool:
        """Tell whether the address of the call stands in the record, or is the document's own."""
        return address == self.url or any(
            absolute(node.text, self.url) == address for node in self._nodes("url")
        )

    def _nodes(self, name: str) -> list[Node]:
        known = self._found.get(name)
        if known is None:
            found = (_follow(self.record, pointer) for pointer in self.places.get(name, ()))
            known = self._found[name] = [node for node in found if node is not None]
        return known


def absolute(address: str | None, base: str | None) -> str | None:
    """Return a web address, completed by that of its document."""
    if not address or any(mark.isspace() for mark in address):
        return None
    try:
        url = urljoin(base or "", address)
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _begins(text: str, whole: str) -> bool:
    return len(text) >= LEAST_BEGINNING and whole.startswith(text)


def _follow(record: Node, pointer: str) -> Node | None:
    """Return what stands at a pointer, if that is within the record."""
    if pointer != record.pointer and not pointer.startswith(f"{record.pointer}/"):
        return None
    value = record.value
    for name in pointer[len(record.pointer) :].split("/")[1:]:
        plain = name.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and plain.isdecimal() and int(plain) < len(value):
            value = value[int(plain)]
        elif isinstance(value, dict) and plain in value:
            value = value[plain]
        else:
            return None
    return Node(value, pointer)


def _name_of(node: Node) -> str:
    """Return what an object is called: of a forecast the name alone says that it is one."""
    return node.pointer.rpartition("/")[2].partition("[")[0] if node.is_object else ""


def _is_text(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return value in [node.text for node in nodes]


def _is_prose(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    """Tell whether a text is the whole of what is told, or the beginning of more than can be kept."""
    told = [node.text or "" for node in nodes]
    wholes = ("; ".join(told), "; ".join(map(check.form.applicant, told)))
    text = str(value)
    return any(text == each or _begins(text, each) for each in wholes)


def _is_status(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return value in [check.form.status(node.text or _name_of(node)) for node in nodes]


def _is_moment(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    found = list(_moments(nodes, check))
    if len({each.date for each in found}) != 1:
        return False
    # Where times differ, the day is all that they agree on.
    return value == (found[0] if len(set(found)) == 1 else Moment(found[0].date))


def _is_other_date(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return isinstance(value, NamedDate) and value.moment in list(_moments(nodes, check))


def _moments(nodes: Sequence[Node], check: RecordCheck) -> Iterator[Moment]:
    """Read dates, each with the time of day that may stand apart behind it."""
    texts = [node.text or "" for node in nodes]
    for text, following in zip(texts, [*texts[1:], None], strict=True):
        alone = check.form.moment(text, None, check.dates)
        if alone is None:
            continue
        is_date = following is None or check.form.moment(following, None, check.dates) is not None
        yield alone if is_date else check.form.moment(text, following, check.dates) or alone


def _is_low(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return value in [check.form.sums(node)[0] for node in nodes]


def _is_high(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return value in [check.form.sums(node)[1] for node in nodes]


def _is_currency(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return value in [check.form.currency(node) for node in nodes]


def _is_email(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return value in [address for node in nodes for address, _ in emails_in(node.text or "")]


def _is_document(value: object, nodes: Sequence[Node], check: RecordCheck) -> bool:
    return isinstance(value, DocumentLink) and value.url in [absolute(node.text, check.url) for node in nodes]


_FOLLOWS: Mapping[str, Callable[[object, Sequence[Node], RecordCheck], bool]] = MappingProxyType(
    {
        "title": _is_prose,
        "organisation": _is_text,
        "summary": _is_prose,
        "reference_number": _is_text,
        "status": _is_status,
        "opening_date": _is_moment,
        "deadline": _is_moment,
        "other_dates": _is_other_date,
        "amount_min": _is_low,
        "amount_max": _is_high,
        "currency": _is_currency,
        "eligibility": _is_prose,
        "contact_name": _is_text,
        "contact_email": _is_email,
        "contact_phone": _is_text,
        "documents": _is_document,
        "categories": _is_text,
        "location": _is_text,
    }
)
