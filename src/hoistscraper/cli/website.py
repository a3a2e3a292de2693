"""``hoistscraper website``: the list of websites that are watched."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli import website_health, website_recipe, website_render, website_schedule
from hoistscraper.cli.addresses import Address
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import out, print_json, say, when
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.errors import Invalid
from hoistscraper.settings import Settings, load_settings
from hoistscraper.websites import store
from hoistscraper.websites.addresses import address_to_visit, name_of, watched_address
from hoistscraper.websites.importing import BadRow, ImportedRows, read_list, take
from hoistscraper.websites.model import Website
from hoistscraper.websites.recorded import recorded

app = typer.Typer()
app.command()(website_health.health)
app.command()(website_health.accept)
app.command()(website_schedule.schedule)
app.command()(website_schedule.pause)
app.command()(website_schedule.resume)
app.command()(website_render.render)
app.command()(website_recipe.recipe)

MOST_ROWS_NAMED = 20
MOST_BYTES = 50_000_000


@app.command()
def add(
    url: Address,
    *,
    name: Annotated[str | None, typer.Option(help="What to call it; its address otherwise.")] = None,
    category: Annotated[str | None, typer.Option(help="Such as grants or tenders.")] = None,
    region: Annotated[str | None, typer.Option(help="Such as a country.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A word to find it by; may be given again.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Of its deadlines, such as Europe/Paris.")] = None,
) -> None:
    """Add a website to the list; `hoistscraper scrape --all` then visits it."""
    settings = load_settings()
    address = address_to_visit(url, settings.allow_hosts)
    website = Website(
        url=address,
        name=name or name_of(address),
        category=category,
        region=region,
        tags=tag or [],
        timezone=timezone,
    )
    asyncio.run(_add(settings, website))
    say(f"Added {address}. Next: hoistscraper scrape {address}")


@app.command(name="list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show the websites in the list, how each is doing and when it was last scraped."""
    websites = asyncio.run(_list())
    if as_json:
        print_json([website.model_dump(mode="json") for website in websites])
        return
    if not websites:
        out.print("No website is in the list. Add one: hoistscraper website add URL")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Name", "Address", "Category", "Region", "Tags", "Health", "Schedule", "Last scraped"):
        table.add_column(column, overflow="fold")
    for website in websites:
        cells = (website.name, website.url, website.category, website.region, ", ".join(website.tags))
        health = website_health.coloured(website.health)
        schedule = Text("paused" if website.paused or not website.active else website.schedule or "")
        table.add_row(*(Text(cell or "") for cell in cells), health, schedule, when(website.last_scraped_at))
    out.print(table)


@app.command(name="import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A CSV or Excel file with a header row; the column url is needed.")
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> None:
    """Add many websites from a CSV, Excel (.xlsx) or JSON file; bad rows are named with the reason.

    Columns: url, name, description, category, region, tags, active, paused, timezone, schedule, quiet_hours,
    render (auto, http or browser).
    A plain list of addresses, one a line, works too.
    """
    rows, known = asyncio.run(_import(file, dry_run=dry_run))
    _say("repeats one above", rows.repeated)
    _say("in the list already", known)
    _say("not taken", rows.bad)
    added = len(rows.websites) - len(known)
    say(
        f"{'Would be added' if dry_run else 'Added'}: {added}; in the list already: {len(known)}; "
        f"repeats of another row: {len(rows.repeated)}; not taken: {len(rows.bad)}."
    )
    if rows.bad:
        raise typer.Exit(1)


@app.command()
def remove(
    url: Address,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a website and what is kept of its pages and jobs; the opportunities found there stay."""
    address = watched_address(url)
    if not yes:
        typer.confirm(
            f"Remove {address} with its saved pages and jobs? The opportunities found there stay.", abort=True
        )
    asyncio.run(_remove(address))
    say(f"Removed {address}. Its opportunities are kept.")


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Invalid(f"{file} is larger than {MOST_BYTES // 1_000_000} MB; part it first.")
        return file.read_bytes()
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise Invalid(f"{file} is a folder; name the file in it.") from None


def _say(what: str, rows: tuple[BadRow, ...]) -> None:
    for row in rows[:MOST_ROWS_NAMED]:
        say(f"Row {row.number}: {what}: {row.reason}")
    if len(rows) > MOST_ROWS_NAMED:
        out.print(f"… and {len(rows) - MOST_ROWS_NAMED} more rows: {what}.")


async def _add(settings: Settings, website: Website) -> None:
    async with opened(settings) as database, database.transaction() as session:
        await store.add_website(session, website)
        thing = Thing("website", website.id, website.url)
        await trail_here().record(session, Action.WEBSITE_ADD, thing, recorded(website))


async def _list() -> list[Website]:
    async with opened(load_settings()) as database, database.transaction() as session:
        return await store.list_websites(session)


async def _import(file: Path, *, dry_run: bool) -> tuple[ImportedRows, tuple[BadRow, ...]]:
    settings, content = load_settings(), _content(file)
    async with opened(settings) as database, database.transaction() as session:
        zone = (await settings_now(session, settings)).timezone
        rows = read_list(content, timezone=zone, allow_hosts=settings.allow_hosts, at=now())
        known = await take(session, rows, dry_run=dry_run)
        if not dry_run:
            added = [website.url for _, website in rows.websites if website.url not in known]
            said = {"file": file.name, "websites": added}
            thing = Thing.several("websites", len(added), "website")
            await trail_here().record(session, Action.WEBSITES_IMPORT, thing, said)
        return rows, tuple(BadRow(number, w.url) for number, w in rows.websites if w.url in known)


async def _remove(url: str) -> None:
    async with opened(load_settings()) as database, database.transaction() as session:
        website = await store.watched(session, url)
        thing = Thing("website", website.id, website.url)
        await trail_here().record(session, Action.WEBSITE_REMOVE, thing, {"was": recorded(website)})
        await store.remove_website(session, url)
