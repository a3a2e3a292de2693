"""A scrape as it goes: a bar where a person looks on, plain lines nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from hoistscraper.cli.screen import progress
from hoistscraper.scraping.report import Journal, LogLine


@contextmanager
def followed(url: str, journal: Journal) -> Iterator[None]:
    """Show how far a scrape has come, on standard error, where that is a terminal."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("calls read"),
        console=progress,
        transient=True,
        disable=not progress.is_terminal,
    )
    task = bar.add_task(url, total=None)

    def follow(_line: LogLine | None) -> None:
        bar.update(task, completed=journal.calls_read, total=journal.calls_met or None)

    journal.follow = follow
    with bar:
        yield
