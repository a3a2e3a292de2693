"""A call put together from declared values, each with the text it follows from and where that stands."""

import re
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, Moment, NamedDate, Status
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.currencies import CODES
from hoistscraper.extraction.documents import MOST_DOCUMENTS
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.json_nodes import Node

LONGEST_NAME = 350
LONGEST_TEXT = 900
_LONGEST_REFERENCE = 60
_UNIQUE_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{20,}", re.IGNORECASE)
_SUM = re.compile(r"[^\d\-]{0,4}(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,4})?(?:[Ee]\+?\d)?")


class Telling:
    """Takes one record's values; the first statement of a field stands.

    ``source_url`` is the document's address. Its parts are named in the proof by a fragment: the JSON pointer
    of RFC 6901, or what the caller says.
    """

    def __init__(self, method: str, source_url: str | None) -> None:
        self._method = method
        self._source_url = urldefrag(source_url).url if source_url else None
        self._values: dict[str, object] = {}
        self._evidence: dict[str, Evidence] = {}
        self._dates: list[NamedDate] = []
        self._documents: dict[str, DocumentLink] = {}
        self.url: str | None = None

    def states(self, field: str) -> bool:
        """Tell whether a field has a value already."""
        return field in self._values

    def say(self, field: str, value: object, proof: str | None, node: Node) -> None:
        """Take a value with the text that proves it, which stands at the node."""
        if value in (None, "", (), Status.UNKNOWN) or not proof or field in self._values:
            return
        self._values[field] = value
        self._prove(field, proof, node)

    def name(self, field: str, node: Node, *, longest: int = LONGEST_NAME) -> None:
        """Take a short text as it stands; one that is too long is no name."""
        text = node.text
        if text and len(text) <= longest:
            self.say(field, text, text, node)

    def prose(self, field: str, node: Node) -> None:
        """Take a text that may be long; its beginning is kept."""
        text = (node.text or "")[:LONGEST_TEXT]
        self.say(field, text, text, node)

    def reference(self, node: Node) -> None:
        """Take what people cite the call by; keys that programs made up are none."""
        text = node.text
        is_cited = text and len(text) <= _LONGEST_REFERENCE and any(mark.isdigit() for mark in text)
        if text and is_cited and not _UNIQUE_ID.fullmatch(text):
            self.say("reference_number", text, text, node)

    def moment(self, field: str, moment: Moment | None, node: Node) -> None:
        """Take the deadline or the opening."""
        self.say(field, moment, node.verbatim, node)

    def other_date(self, name: str, moment: Moment | None, node: Node) -> None:
        """Take another date of the call."""
        if moment and node.verbatim:
            self._dates.append(NamedDate(name, moment))
            if len(self._dates) == 1:
                self._prove("other_dates", node.verbatim, node)

    def amount(self, field: str, node: Node) -> None:
        """Take a sum; nothing costs nothing, so 0 states none."""
        self.say(field, sum_in(node), node.verbatim, node)

    def currency(self, node: Node) -> None:
        """Take the currency, an ISO 4217 code."""
        code = (node.text or "").upper()
        self.say("currency", code if code in CODES else None, node.verbatim, node)

    def email(self, node: Node) -> None:
        """Take the address to write to."""
        for address, proof in emails_in(node.text or "")[:1]:
            self.say("contact_email", address, proof, node)

    def document(self, address: Node, title: str | None, media_type: str | None) -> None:
        """Take a file that belongs to the call."""
        url = self.absolute(address.text)
        if url and len(self._documents) < MOST_DOCUMENTS:
            name = title or urlsplit(url).path.rsplit("/", 1)[-1] or url
            if not self._documents:
                self._prove("documents", address.verbatim or url, address)
            self._documents.setdefault(url, DocumentLink(url, name[:LONGEST_NAME], media_type))

    def absolute(self, address: str | None) -> str | None:
        """Return a web address, completed by the document's own."""
        if not address or any(mark.isspace() for mark in address):
            return None
        try:
            url = urljoin(self._source_url or "", address)
            return url if urlsplit(url).scheme in ("http", "https") else None
        except ValueError:
            return None

    def candidate(self) -> Candidate | None:
        """Return the call, or ``None`` where it has no name.

        A call that opens after it closes has its dates mixed up: it keeps neither.
        """
        if "title" not in self._values:
            return None
        opening, deadline = self._values.get("opening_date"), self._values.get("deadline")
        if isinstance(opening, Moment) and isinstance(deadline, Moment) and opening.date > deadline.date:
            for field in ("opening_date", "deadline"):
                del self._values[field], self._evidence[field]
        self._drop_mixed_up_amounts()
        return replace(
            Candidate(url=self.url),
            **self._values,  # type: ignore[arg-type]
            other_dates=tuple(dict.fromkeys(self._dates)),
            documents=tuple(self._documents.values()),
            evidence=dict(self._evidence),
        )

    def _drop_mixed_up_amounts(self) -> None:
        low, high = self._values.get("amount_min"), self._values.get("amount_max")
        if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
            del self._values["amount_min"], self._evidence["amount_min"]

    def _prove(self, field: str, proof: str, node: Node) -> None:
        place = f"#{quote(node.pointer, safe='/~=()[]@:-._')}" if node.pointer else ""
        source = f"{self._source_url}{place}" if self._source_url else None
        self._evidence[field] = Evidence(proof, self._method, confidence_of(self._method), source)


def sum_in(node: Node) -> Decimal | None:
    """Return a sum that a number, or a text of nothing but one, states; 0 states none."""
    found = _SUM.fullmatch(node.verbatim or "")
    if found is None:
        return None
    value = (
        node.value
        if isinstance(node.value, Decimal)
        else Decimal(found[1].replace(",", "") + (found[2] or ""))
    )
    return value if value > 0 and value.is_finite() else None
