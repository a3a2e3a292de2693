"""``hoistscraper opportunity``: what was found."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from hoistscraper.cli.calls_table import calls_table
from hoistscraper.cli.opening import opened
from hoistscraper.cli.opportunity_view import print_opportunity
from hoistscraper.cli.screen import out, print_json, progress, say
from hoistscraper.cli.search_options import search_of, with_search
from hoistscraper.clock import now
from hoistscraper.errors import Refused
from hoistscraper.exports.objects import stored_json, write_json
from hoistscraper.exports.table import write_csv
from hoistscraper.opportunities.browsing import (
    OpportunityView,
    Revision,
    history,
    opportunities_by_id,
    read_opportunity,
)
from hoistscraper.search.connections import searching
from hoistscraper.search.counting import Count, count
from hoistscraper.search.query import Search
from hoistscraper.search.statistics import read_frequencies
from hoistscraper.search.store import search
from hoistscraper.search.streaming import all_found, ids_of
from hoistscraper.settings import load_settings

app = typer.Typer()

# The end of an id is its random part: enough to name one call among millions.
SHORT_ID = 8


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSON = "json"


@app.command(name="list")
@with_search(hidden=("words",))
def list_(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words to look for; '\"a phrase\"', and after --: -exclusions.")
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Go on where an earlier list ended.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    **options: Any,  # noqa: ANN401 - handed on to search_of, which knows them
) -> None:
    """List opportunities, those that close soonest first."""
    asked = search_of(words=" ".join(words or []), **options)
    found, total, next_cursor = asyncio.run(_list(asked, limit, cursor))
    if as_json:
        print_json([stored_json(opportunity) for opportunity in found])
        return
    if not found and asked != Search():
        say("No opportunity is like that; `hoistscraper opportunity list` shows all there are.")
        return
    if not found:
        say("Nothing was found yet. Scrape a website first: hoistscraper scrape URL")
        return
    rows = [(short_id(opportunity), opportunity.candidate, opportunity.status) for opportunity in found]
    out.print(calls_table(rows, first_column="Id"))
    out.print(f"{len(found)} of {total}. One with its proof: hoistscraper opportunity show ID", style="dim")
    if next_cursor:
        say(f"More: the same command with --cursor {next_cursor}", style="dim")


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
@with_search()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; standard output otherwise.")] = None,
    *,
    as_format: Annotated[
        Format | None, typer.Option("--format", help="By the file's ending otherwise; csv in the end.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    **options: Any,  # noqa: ANN401 - handed on to search_of, which knows them
) -> None:
    """Export opportunities, all or those of a search: csv for spreadsheets, json with the proof of values."""
    asked = search_of(**options)
    wanted = as_format or (Format.JSON if file and file.suffix.lower() == ".json" else Format.CSV)
    with _target(file, force=force) as target:
        count = asyncio.run(_export(asked, wanted, target))
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


async def _list(
    asked: Search, limit: int, cursor: str | None
) -> tuple[list[OpportunityView], Count, str | None]:
    at = now()
    async with opened(load_settings()) as database, database.transaction() as session:
        connection = await searching(session)
        known = await read_frequencies(connection)
        page = await search(connection, asked, now=at, frequencies=known, limit=limit, cursor=cursor)
        total = await count(connection, asked, now=at, frequencies=known)
        return await opportunities_by_id(session, ids_of(page.rows), now=at), total, page.next_cursor


async def _show(name: str) -> tuple[OpportunityView, list[Revision]]:
    async with opened(load_settings()) as database, database.transaction() as session:
        opportunity = await read_opportunity(session, name, now=now())
        return opportunity, await history(session, opportunity.id)


async def _export(asked: Search, wanted: Format, target: TextIO) -> int:
    async with opened(load_settings()) as database, database.transaction() as session:
        write = write_json if wanted is Format.JSON else write_csv
        return await write(all_found(session, asked, now=now()), target)
