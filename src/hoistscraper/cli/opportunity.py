"""``hoistscraper opportunity``: what was found."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from hoistscraper.cli.calls_table import calls_table
from hoistscraper.cli.opening import opened
from hoistscraper.cli.opportunity_view import print_opportunity
from hoistscraper.cli.screen import out, print_json, progress, say
from hoistscraper.clock import now
from hoistscraper.errors import Refused
from hoistscraper.exports.objects import stored_json, write_json
from hoistscraper.exports.table import write_csv
from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.browsing import (
    OpportunityView,
    Revision,
    all_opportunities,
    history,
    list_opportunities,
    read_opportunity,
)
from hoistscraper.settings import load_settings

app = typer.Typer()

# The end of an id is its random part: enough to name one call among millions.
SHORT_ID = 8


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSON = "json"


@app.command(name="list")
def list_(
    words: Annotated[list[str] | None, typer.Argument(help="Words that the title must hold.")] = None,
    *,
    status: Annotated[Status | None, typer.Option(help="Only these.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at the most.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List opportunities, those that close soonest first."""
    found, total = asyncio.run(_list(" ".join(words or []), status, limit))
    if as_json:
        print_json([stored_json(opportunity) for opportunity in found])
        return
    if not found and (words or status):
        say("No opportunity is like that; `hoistscraper opportunity list` shows all there are.")
        return
    if not found:
        say("Nothing was found yet. Scrape a website first: hoistscraper scrape URL")
        return
    rows = [(short_id(opportunity), opportunity.candidate, opportunity.status) for opportunity in found]
    out.print(calls_table(rows, first_column="Id"))
    out.print(f"{len(found)} of {total}. One with its proof: hoistscraper opportunity show ID", style="dim")


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An id as `opportunity list` shows it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show one opportunity: every value with its proof, its sources and its history."""
    opportunity, revisions = asyncio.run(_show(name))
    if as_json:
        changes = [
            {"field": r.field, "old": r.old, "new": r.new, "recorded_at": r.recorded_at.isoformat()}
            for r in revisions
        ]
        print_json(stored_json(opportunity) | {"history": changes})
    else:
        print_opportunity(opportunity, revisions)


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; standard output otherwise.")] = None,
    *,
    as_format: Annotated[
        Format | None, typer.Option("--format", help="By the file's ending otherwise; csv in the end.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Export all opportunities: csv for spreadsheets, json with the proof of every value."""
    wanted = as_format or (Format.JSON if file and file.suffix.lower() == ".json" else Format.CSV)
    with _target(file, force=force) as target:
        count = asyncio.run(_export(wanted, target))
    if file:
        progress.print(f"Wrote {count} opportunities to {file}.", markup=False)


def short_id(opportunity: OpportunityView) -> str:
    """Return what names an opportunity on the command line."""
    return str(opportunity.id)[-SHORT_ID:]


@contextmanager
def _target(file: Path | None, *, force: bool) -> Iterator[TextIO]:
    if file is None:
        yield sys.stdout
        return
    if file.exists() and not force:
        raise Refused(f"{file} exists; choose another name, or replace it with --force.")
    # Beside its place first: a half-written export never stands under the name that was asked for.
    partial = file.with_name(f".{file.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as target:
            yield target
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


async def _list(words: str, status: Status | None, limit: int) -> tuple[list[OpportunityView], int]:
    async with opened(load_settings()) as database, database.transaction() as session:
        return await list_opportunities(session, now=now(), words=words, status=status, limit=limit)


async def _show(name: str) -> tuple[OpportunityView, list[Revision]]:
    async with opened(load_settings()) as database, database.transaction() as session:
        opportunity = await read_opportunity(session, name, now=now())
        return opportunity, await history(session, opportunity.id)


async def _export(wanted: Format, target: TextIO) -> int:
    async with opened(load_settings()) as database, database.transaction() as session:
        write = write_json if wanted is Format.JSON else write_csv
        return await write(all_opportunities(session, now=now()), target)
