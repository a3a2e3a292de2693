"""Why a page was read as it was, on the screen."""

from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import out, say
from hoistscraper.cli.values_view import LABELS, LONGEST_QUOTE, cut
from hoistscraper.reading.why import Explanation

_LONGEST_VALUE = 120
_NAMES = {**LABELS, "amount_min": "Least amount", "amount_max": "Most", "other_date": "Other date"}


def print_explanation(explained: Explanation) -> None:
    """Print what spoke for and against each kind, and the possible values of each field."""
    say("Why this kind", style="bold")
    for sentence in explained.kind:
        say(f"  {sentence}")
    if not explained.fields:
        return
    say("")
    say("What was possible for each field, read as one call", style="bold")
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    latest = ""
    for each in explained.fields:
        value = Text(cut(each.value, _LONGEST_VALUE), style="bold" if each.is_taken else "")
        quote = cut(" ".join(each.quote.split()), LONGEST_QUOTE)
        value.append(f"\n“{quote}”  {each.method}, {each.confidence:.0%} sure", style="dim not bold")
        value.append(f"\n{each.verdict}", style="green not bold" if each.is_taken else "not bold")
        table.add_row(_NAMES.get(each.field, each.field) if each.field != latest else "", value)
        latest = each.field
    out.print(table)
    say("")
