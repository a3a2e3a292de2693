"""``hoistscraper audit``: who did what to which thing, when."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.audit.actions import Action
from hoistscraper.audit.listing import AuditFilter, all_entries
from hoistscraper.audit.writing import csv_lines, json_lines
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import out, print_json, say, when
from hoistscraper.database.reads import opened_reads
from hoistscraper.errors import Invalid
from hoistscraper.settings import load_settings

app = typer.Typer()

Words = Annotated[str | None, typer.Argument(help="Words of names, things and changes.")]
By = Annotated[str | None, typer.Option("--by", help="Only what this person did, by their name.")]
What = Annotated[Action | None, typer.Option("--action", help="Only this, such as website.remove.")]
Thing = Annotated[str | None, typer.Option(help="Only what was done to the thing with this id.")]
Since = Annotated[datetime | None, typer.Option(help="From this day or time on, in this machine's time.")]
Before = Annotated[datetime | None, typer.Option(help="Before this day or time.")]


@app.command(name="list")
def list_(
    words: Words = None,
    *,
    by: By = None,
    action: What = None,
    thing: Thing = None,
    since: Since = None,
    before: Before = None,
    most: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many to show.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show who did what, the newest first."""
    entries = asyncio.run(_list(_filter(words, by, action, thing, since, before), most))
    if as_json:
        print_json(entries)
        return
    if not entries:
        out.print("Nothing of that kind was done.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("When", "Who", "From", "What", "Thing"):
        table.add_column(column, overflow="fold")
    for entry in entries:
        at = when(datetime.fromisoformat(entry["at"]))
        thing_shown = entry["thing_label"] or entry["thing_id"] or ""
        cells = (at, entry["actor_name"], entry["origin"] or "", entry["action"], thing_shown)
        table.add_row(*(Text(cell) for cell in cells))
    out.print(table)


@app.command()
def export(
    words: Words = None,
    *,
    file: Annotated[Path | None, typer.Option("--output", "-o", help="The file; else it is printed.")] = None,
    file_format: Annotated[Literal["csv", "ndjson"], typer.Option("--format", help="csv or ndjson.")] = "csv",
    by: By = None,
    action: What = None,
    thing: Thing = None,
    since: Since = None,
    before: Before = None,
) -> None:
    """Write the audit trail into a file, the newest first."""
    wanted = _filter(words, by, action, thing, since, before)
    asyncio.run(_export(wanted, file_format, file))
    if file:
        say(f"Written to {file}.")


def _filter(  # noqa: PLR0917 - as the options come
    words: str | None,
    by: str | None,
    action: Action | None,
    thing: str | None,
    since: datetime | None,
    before: datetime | None,
) -> AuditFilter:
    return AuditFilter(
        words=words,
        actor_name=by,
        action=action,
        thing_id=thing,
        since=since.astimezone() if since else None,
        before=before.astimezone() if before else None,
    )


async def _list(wanted: AuditFilter, most: int) -> list[dict[str, Any]]:
    settings = load_settings()
    async with opened(settings) as database, opened_reads(database.url, settings) as reads:
        return [entry async for entry in all_entries(reads, wanted, most=most)]


async def _export(wanted: AuditFilter, file_format: str, file: Path | None) -> None:
    settings = load_settings()
    write = csv_lines if file_format == "csv" else json_lines
    with _target(file) as target:
        async with opened(settings) as database, opened_reads(database.url, settings) as reads:
            async for piece in write(all_entries(reads, wanted)):
                target.write(piece)


@contextmanager
def _target(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    try:
        opened_file = file.open("wb")
    except OSError as error:
        raise Invalid(f"{file} cannot be written: {error.strerror}.") from None
    with opened_file:
        yield opened_file
