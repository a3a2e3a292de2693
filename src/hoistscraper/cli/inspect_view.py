"""A reading on the screen: what a page is, its calls, and the proof of each value."""

from hoistscraper.cli.calls_table import calls_table
from hoistscraper.cli.screen import out, say
from hoistscraper.cli.values_view import values_table
from hoistscraper.reading.values import PageKind, Reading

_IN_WORDS = {
    PageKind.LISTING: "This page is a list of calls.",
    PageKind.DETAIL: "This page is about one call.",
    PageKind.FEED: "This is a feed.",
    PageKind.OTHER: "This page offers no call.",
}
_ONLY_A_BROWSER = "Only a browser would show what stands here: its scripts have to fetch the content first."


def print_reading(reading: Reading) -> None:
    """Print one page's reading."""
    is_shown = bool(reading.items or reading.opportunity)
    is_hidden = reading.needs_browser and not is_shown
    say(_ONLY_A_BROWSER if is_hidden else _IN_WORDS[reading.kind], style="bold")
    if reading.needs_browser and is_shown:
        say("It is empty without a browser, so one showed it.")
    if reading.note:
        say(reading.note)
    if reading.items:
        rows = [(str(n), item, item.status) for n, item in enumerate(reading.items, start=1)]
        out.print()
        out.print(calls_table(rows, first_column="No."))
        _print_addresses(reading)
    if reading.opportunity is not None:
        out.print()
        out.print(values_table(reading.opportunity))
    say("")
    if reading.kind in (PageKind.LISTING, PageKind.FEED):
        say(f"Calls: {len(reading.items)}. Next page: {reading.next_page or 'none'}.")
    say(f"Read in {reading.elapsed_ms:.0f} ms. `--json` prints the proof of every value.", style="dim")


def _print_addresses(reading: Reading) -> None:
    out.print()
    for number, item in enumerate(reading.items, start=1):
        if item.url:
            say(f"{number:>4}  {item.url}", style="dim")
