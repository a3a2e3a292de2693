"""A call put together from declared values, each with the text it follows from and where that stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import takewhile
from urllib.parse import quote, urldefrag, urlsplit

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, Moment, NamedDate, Status
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.documents import MOST_DOCUMENTS
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.native.formats import Format
from hoistscraper.extraction.native.rereading import RecordCheck, absolute
from hoistscraper.extraction.native.sums import sum_in
from hoistscraper.extraction.proof import checked

LONGEST_NAME = 350
LONGEST_TEXT = 900
_LONGEST_REFERENCE = 60
_UNIQUE_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{20,}", re.IGNORECASE)


class Telling:
    """Takes one record's values; the first statement of a field stands.

    ``source_url`` is the document's address. Its parts are named in the proof by a fragment: the JSON pointer
    of RFC 6901, or what the caller says. ``dates`` is how the record writes dates where its form leaves that
    open.
    """

    def __init__(
        self, form: Format, record: Node, source_url: str | None, dates: DateContext | None = None
    ) -> None:
        self._form = form
        self._record = record
        self._source_url = urldefrag(source_url).url if source_url else None
        self._reading = dates or DateContext(today=date.min)
        self._values: dict[str, object] = {}
        self._evidence: dict[str, Evidence] = {}
        self._places: dict[str, list[str]] = {}
        self._dates: list[NamedDate] = []
        self._documents: dict[str, DocumentLink] = {}
        self.url: str | None = None

    def states(self, field: str) -> bool:
        """Tell whether a field has a value already."""
        return field in self._values

    def say(self, field: str, value: object, proof: str | None, *nodes: Node) -> None:
        """Take a value with the text that proves it, which stands at the nodes."""
        if value in (None, "", (), Status.UNKNOWN) or not proof or field in self._values:
            return
        self._values[field] = value
        self._prove(field, proof, *nodes)

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

    def moment(self, field: str, moment: Moment | None, *nodes: Node) -> None:
        """Take the deadline or the opening, of which a date and its time of day may stand apart."""
        stated = [node for node in nodes if node.verbatim]
        self.say(field, moment, " ".join(str(node.verbatim) for node in stated), *stated)

    def other_date(self, name: str, moment: Moment | None, *nodes: Node) -> None:
        """Take another date of the call."""
        stated = [node for node in nodes if node.verbatim]
        if moment and stated:
            self._dates.append(NamedDate(name, moment))
            self._prove_more("other_dates", *stated)

    def names(self, field: str, nodes: Iterable[Node]) -> None:
        """Take short texts that stand side by side."""
        stated = [node for node in nodes if node.text]
        words = tuple(str(node.text) for node in stated)
        self.say(field, words, "; ".join(words), *stated)

    def status(self, node: Node) -> None:
        """Take whether one may apply, in the form's words for it."""
        self.say("status", self._form.status(node.text or ""), node.verbatim, node)

    def link(self, node: Node) -> None:
        """Take the address of the page that people read."""
        address = absolute(node.text, self._source_url)
        if self.url is None and address is not None:
            self.url = address
            self._places["url"] = [node.pointer]

    def amount(self, field: str, node: Node) -> None:
        """Take a sum; nothing costs nothing, so 0 states none."""
        self.say(field, sum_in(node), node.verbatim, node)

    def currency(self, node: Node) -> None:
        """Take the currency, an ISO 4217 code, or what the form says of the currency of a sum."""
        self.say("currency", self._form.currency(node), node.verbatim, node)

    def email(self, node: Node) -> None:
        """Take the address to write to."""
        for address, proof in emails_in(node.text or "")[:1]:
            self.say("contact_email", address, proof, node)

    def document(self, address: Node, title: str | None, media_type: str | None) -> None:
        """Take a file that belongs to the call."""
        url = absolute(address.text, self._source_url)
        if url and len(self._documents) < MOST_DOCUMENTS:
            name = title or urlsplit(url).path.rsplit("/", 1)[-1] or url
            if url not in self._documents:
                self._prove_more("documents", address)
            self._documents.setdefault(url, DocumentLink(url, name[:LONGEST_NAME], media_type))

    def candidate(self) -> Candidate | None:
        """Return the call as far as the record proves it, or ``None`` where it has no name.

        A call that opens after it closes has its dates mixed up: it keeps neither.
        """
        if "title" not in self._values:
            return None
        opening, deadline = self._values.get("opening_date"), self._values.get("deadline")
        if isinstance(opening, Moment) and isinstance(deadline, Moment) and opening.date > deadline.date:
            for field in ("opening_date", "deadline"):
                del self._values[field], self._evidence[field]
        self._drop_mixed_up_amounts()
        told = replace(
            Candidate(url=self.url),
            **self._values,  # type: ignore[arg-type]
            other_dates=tuple(dict.fromkeys(self._dates)),
            documents=tuple(self._documents.values()),
            evidence=dict(self._evidence),
        )
        check = RecordCheck(self._record, self._form, self._places, self._source_url, self._reading)
        call = checked(told, check)
        return call if call.title else None

    def _drop_mixed_up_amounts(self) -> None:
        low, high = self._values.get("amount_min"), self._values.get("amount_max")
        if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
            del self._values["amount_min"], self._evidence["amount_min"]

    def _prove(self, field: str, proof: str, *nodes: Node) -> None:
        self._places[field] = pointers = [node.pointer for node in nodes]
        around = _around(pointers)
        place = f"#{quote(around, safe='/~=()[]@:-._')}" if around else ""
        source = f"{self._source_url}{place}" if self._source_url else None
        self._evidence[field] = Evidence(proof, self._form.method, confidence_of(self._form.method), source)

    def _prove_more(self, field: str, *nodes: Node) -> None:
        """Add what proves another entry of a list; the place that is named stays that of the first."""
        known, proof = self._evidence.get(field), " ".join(str(node.verbatim) for node in nodes)
        if known is None:
            self._prove(field, proof, *nodes)
            return
        self._places[field] += [node.pointer for node in nodes]
        self._evidence[field] = replace(known, quote=f"{known.quote}\n{proof}")


def _around(pointers: Sequence[str]) -> str:
    """Return the pointer to what holds all of them."""
    if len(pointers) == 1:
        return pointers[0]
    by_level = zip(*(each.split("/") for each in pointers), strict=False)
    alike = takewhile(lambda names: len(set(names)) == 1, by_level)
    return "/".join(names[0] for names in alike)
