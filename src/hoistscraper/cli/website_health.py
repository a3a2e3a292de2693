"""``hoistscraper website health`` and ``accept``: how each website is doing, and taking one as it is."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.addresses import Address
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import out, print_json, say, when
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.settings import load_settings
from hoistscraper.websites import store
from hoistscraper.websites.addresses import watched_address
from hoistscraper.websites.model import Website

_STYLES = {"green": "green", "amber": "yellow", "red": "bold red"}
_WORST_FIRST = ("red", "amber", None, "green")


def coloured(health: str | None) -> Text:
    """Return a state in its colour."""
    return Text(health or "", style=_STYLES.get(health or "", ""))


def health(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show how each website is doing, the worst first: why, since when and what to do.

    Green: as usual. Amber: something is not as usual, or it failed for the moment. Red: a person should look.
    Whatever the colour, the last good values stay, and a website turns green by itself when it is good again.
    """
    websites = asyncio.run(_list())
    websites.sort(key=lambda website: _WORST_FIRST.index(website.health))
    if as_json:
        print_json([_as_json(website) for website in websites])
        return
    if not websites:
        out.print("No website is in the list. Add one: hoistscraper website add URL")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Health", "Website", "Since", "Why", "What to do"):
        table.add_column(column, overflow="fold")
    for website in websites:
        why = website.health_reason or ("" if website.health else "Not visited yet.")
        since = when(website.health_since) if website.health_since else ""
        table.add_row(
            coloured(website.health), Text(website.url), since, Text(why), Text(website.health_advice or "")
        )
    out.print(table)


def accept(url: Address) -> None:
    """Take a website as its next visit finds it, because it really changed.

    What it usually gives is learned anew. Calls that it does not list any more are then marked so, and values
    that it does not state any more are removed; the history of each call keeps them.
    """
    address = watched_address(url)
    asyncio.run(_accept(address))
    say(f"The next visit takes {address} as it is. Next: hoistscraper scrape {address}")


def _as_json(website: Website) -> dict[str, object]:
    shown = website.model_dump(
        mode="json",
        include={"url", "name", "health_since", "failures_in_a_row", "last_scraped_at"},
    )
    return shown | {
        "health": website.health,
        "reason": website.health_reason,
        "advice": website.health_advice,
    }


async def _list() -> list[Website]:
    async with opened(load_settings()) as database, database.transaction() as session:
        return await store.list_websites(session)


async def _accept(address: str) -> None:
    async with opened(load_settings()) as database, database.transaction() as session:
        website = await store.watched(session, address)
        await store.learn_anew(session, website.id, since=now())
        thing = Thing("website", website.id, website.url)
        await trail_here().record(session, Action.WEBSITE_ACCEPT, thing)
