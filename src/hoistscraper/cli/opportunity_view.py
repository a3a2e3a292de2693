"""One opportunity on the screen: every value with where it came from."""

import json
from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import amount_in_words, days_left, deadline_in_words, out, when
from hoistscraper.extraction.candidate import Candidate, Evidence
from hoistscraper.opportunities.browsing import OpportunityView, Revision

# Field -> what a person calls it.
LABELS = {
    "organisation": "Organisation",
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
# A range has one proof, under either of its ends.
STAND_INS = {"amount_max": "amount_min"}
LONGEST_VALUE = 600
LONGEST_QUOTE = 160


def print_opportunity(opportunity: OpportunityView, revisions: Sequence[Revision]) -> None:
    """Print one stored opportunity with proof, sources and history."""
    call = opportunity.candidate
    out.print(Text(call.title or "(no title)", style="bold"))
    standing = ", ".join(filter(None, (opportunity.status.value, days_left(call.deadline))))
    out.print(Text(f"{standing}   {call.url or ''}", style="dim"))
    print_values(call)
    out.print("\n[bold]Sources[/]")
    for source in opportunity.sources:
        gone_at = source.no_longer_listed_at
        gone = f", no longer listed since {when(gone_at)}" if gone_at else ""
        read = f"its page read {when(source.verified_at)}" if source.verified_at else "its page not read yet"
        out.print(f"  {source.site}: last seen {when(source.last_seen_at)}, {read}{gone}", markup=False)
    if revisions:
        out.print("\n[bold]History[/]")
    for revision in revisions:
        old, new = (json.dumps(value, ensure_ascii=False) for value in (revision.old, revision.new))
        out.print(f"  {when(revision.recorded_at)}  {revision.field}: {old} → {new}", markup=False)


def print_values(call: Candidate) -> None:
    """Print what is known of a call, and below each value its proof."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for field, label in LABELS.items():
        value = _value(call, field)
        if value:
            table.add_row(label, Text(_cut(value, LONGEST_VALUE)))
            proof = call.evidence.get(field) or call.evidence.get(STAND_INS.get(field, field))
            if proof:
                table.add_row("", _proof(proof))
    out.print(Padding(table, (1, 0, 0, 2)))


def _value(call: Candidate, field: str) -> str:
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
            return getattr(call, field) or ""


def _proof(proof: Evidence) -> Text:
    quote = _cut(proof.quote, LONGEST_QUOTE)
    source = f", {proof.source_url}" if proof.source_url else ""
    return Text(f"“{quote}” ({proof.method}, {proof.confidence:.0%}{source})", style="dim")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
