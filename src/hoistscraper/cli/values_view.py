"""The values of one call on the screen, each with its proof below it."""

from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from rich.console import Group
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import amount_in_words, deadline_in_words
from hoistscraper.extraction.candidate import Candidate, Evidence

# Field -> what a person calls it. A range has one proof, under either of its ends.
LABELS = {
    "title": "Title",
    "organisation": "Organisation",
    "status": "Says it is",
    "deadline": "Deadline",
    "opening_date": "Opens",
    "other_dates": "Other dates",
    "amount_max": "Amount",
    "reference_number": "Reference",
    "eligibility": "Who may apply",
    "location": "Where",
    "categories": "Categories",
    "contact_name": "Contact",
    "contact_email": "E-mail",
    "contact_phone": "Telephone",
    "documents": "Documents",
    "summary": "Summary",
}
LONGEST_VALUE = 600
LONGEST_QUOTE = 160


def values_table(call: Candidate) -> Table:
    """Return what is known of a call with quote, method and confidence; the page where it is not its own."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for field, label in LABELS.items():
        told = _told(call, field)
        proof = call.evidence.get(field) or (
            call.evidence.get("amount_min") if field == "amount_max" else None
        )
        if told and (proof or field != "status"):
            value = Text(cut(told, LONGEST_VALUE))
            table.add_row(label, Group(value, _proof(proof, call.url)) if proof else value)
    return table


def cut(text: str, longest: int) -> str:
    """Return a text that is not longer than so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _told(call: Candidate, field: str) -> str:
    match field:
        case "deadline" | "opening_date":
            return deadline_in_words(getattr(call, field))
        case "other_dates":
            return "\n".join(f"{deadline_in_words(named.moment)}  {named.name}" for named in call.other_dates)
        case "amount_max":
            return amount_in_words(call)
        case "categories":
            return ", ".join(call.categories)
        case "documents":
            return "\n".join(f"{document.title}  {document.url}" for document in call.documents)
        case _:
            return str(getattr(call, field) or "")


def _proof(proof: Evidence, page: str | None) -> Text:
    quote = cut(" ".join(proof.quote.split()), LONGEST_QUOTE)
    elsewhere = "".join(f", {part}" for part in _places(proof.source_url or "", page))
    return Text(f"“{quote}”  {proof.method}, {proof.confidence:.0%} sure{elsewhere}", style="dim")


def _places(source: str, page: str | None) -> Iterator[str]:
    """Say where a quote stands: the address, where it is not the call's own, and the place there."""
    address, place = urldefrag(source)
    if address and address != page:
        yield address
    number = place.removeprefix("page=")
    if number != place:
        yield f"page {number}"
    elif place.startswith("/"):
        yield unquote(place)
