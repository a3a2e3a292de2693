"""Why a page was read as it was, on the screen."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import out, say
from hoistscraper.cli.values_view import LABELS, LONGEST_QUOTE, cut
from hoistscraper.extraction.why import Considered
from hoistscraper.reading.why import Explanation, Possible

_LONGEST_VALUE = 120
_NAMES = {**LABELS, "amount_min": "Least amount", "amount_max": "Most", "other_date": "Other date"}


def print_explanation(explained: Explanation) -> None:
    """Print what spoke for and against each kind, list and row, and the possible values of each field."""
    say("Why this kind", style="bold")
    for sentence in explained.kind:
        say(f"  {sentence}")
    say("")
    _print_possible("What could be its list, read as one", explained.lists)
    _print_possible("Which of its rows could be calls, read as a list", explained.rows)
    if explained.fields:
        say("What was possible for each field, read as one call", style="bold")
        out.print(_table(explained.fields))
        say("")


def _print_possible(heading: str, possible: Sequence[Possible]) -> None:
    if not possible:
        return
    say(heading, style="bold")
    for each in possible:
        told = Text(f"  {cut(each.name, _LONGEST_VALUE)}", style="bold" if each.is_taken else "")
        told.append(f"\n    {each.verdict}", style="green not bold" if each.is_taken else "not bold")
        out.print(told)
        if each.fields:
            out.print(Padding(_table(each.fields), (0, 0, 0, 4)))
    say("")


def _table(fields: Sequence[Considered]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    latest = ""
    for each in fields:
        value = Text(cut(each.value, _LONGEST_VALUE), style="bold" if each.is_taken else "")
        quote = cut(" ".join(each.quote.split()), LONGEST_QUOTE)
        value.append(f"\n“{quote}”  {each.method}, {each.confidence:.0%} sure", style="dim not bold")
        value.append(f"\n{each.verdict}", style="green not bold" if each.is_taken else "not bold")
        table.add_row(_NAMES.get(each.field, each.field) if each.field != latest else "", value)
        latest = each.field
    return table
