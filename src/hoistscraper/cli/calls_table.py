"""Tables of calls."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import amount_in_words, days_left, deadline_in_words
from hoistscraper.extraction.candidate import Candidate, Status

STYLES = {Status.OPEN: "green", Status.CLOSED: "red", Status.FORTHCOMING: "cyan", Status.UNKNOWN: "dim"}


def calls_table(calls: Sequence[tuple[str, Candidate, Status]], *, first_column: str) -> Table:
    """Return a table with a row a call; ``first_column`` names what the first of each triple is."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first_column, no_wrap=True, style="dim")
    table.add_column("Title", ratio=3, overflow="fold")
    table.add_column("Organisation", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("Deadline")
    table.add_column("Left", no_wrap=True)
    table.add_column("Amount", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    for first, call, status in calls:
        table.add_row(
            first,
            # Text, because a title may hold what the markup takes for a command.
            Text(call.title or "(no title)"),
            Text(call.organisation or ""),
            deadline_in_words(call.deadline),
            days_left(call.deadline),
            amount_in_words(call),
            Text(status.value, style=STYLES[status]),
        )
    return table
