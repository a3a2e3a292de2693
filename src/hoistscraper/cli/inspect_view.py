"""A reading on the screen: what a page is, its calls, and the proof of each value."""

from rich.console import Group
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.calls_table import calls_table
from hoistscraper.cli.screen import out, say
from hoistscraper.extraction.candidate import Candidate, Evidence
from hoistscraper.reading.contract import Json, opportunity_as_json
from hoistscraper.reading.values import PageKind, Reading

_IN_WORDS = {
    PageKind.LISTING: "This page is a list of calls.",
    PageKind.DETAIL: "This page is about one call.",
    PageKind.FEED: "This is a feed.",
    PageKind.OTHER: "This page offers no call.",
}
_ONLY_A_BROWSER = "Only a browser would show what stands here: its scripts have to fetch the content first."
_LONGEST_VALUE = 400
_LONGEST_QUOTE = 160


def print_reading(reading: Reading) -> None:
    """Print one page's reading."""
    say(_ONLY_A_BROWSER if reading.needs_browser else _IN_WORDS[reading.kind], style="bold")
    if reading.items:
        rows = [(str(n), item, item.status) for n, item in enumerate(reading.items, start=1)]
        out.print()
        out.print(calls_table(rows, first_column="No."))
        _print_addresses(reading)
    if reading.opportunity is not None:
        out.print()
        out.print(_values(reading.opportunity))
    say("")
    if reading.kind in (PageKind.LISTING, PageKind.FEED):
        say(f"Calls: {len(reading.items)}. Next page: {reading.next_page or 'none'}.")
    say(f"Read in {reading.elapsed_ms:.0f} ms. `--json` prints the proof of every value.", style="dim")


def _print_addresses(reading: Reading) -> None:
    out.print()
    for number, item in enumerate(reading.items, start=1):
        if item.url:
            say(f"{number:>4}  {item.url}", style="dim")


def _values(call: Candidate) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for field, value in opportunity_as_json(call).items():
        if field == "evidence" or value in (None, []):
            continue
        told = Text(_cut(_told(value), _LONGEST_VALUE))
        proof = call.evidence.get(field)
        table.add_row(field.replace("_", " ").capitalize(), Group(told, _proof(proof)) if proof else told)
    return table


def _proof(proof: Evidence) -> Text:
    quote = _cut(" ".join(proof.quote.split()), _LONGEST_QUOTE)
    where = f", {proof.source_url}" if proof.source_url else ""
    return Text(f"“{quote}”  {proof.method}, {proof.confidence:.0%} sure{where}", style="dim")


def _told(value: Json) -> str:
    if isinstance(value, list):
        return "\n".join(_told(each) for each in value)
    if isinstance(value, dict):
        return "  ".join(_told(each) for each in value.values() if each is not None)
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
