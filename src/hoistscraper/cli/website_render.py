"""``hoistscraper website render``: whether a website is read in a browser."""

import asyncio
from typing import Annotated

import typer

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.addresses import Address
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import say
from hoistscraper.cli.trail import trail_here
from hoistscraper.settings import load_settings
from hoistscraper.websites import store
from hoistscraper.websites.addresses import watched_address
from hoistscraper.websites.browser_needs import RenderMode

_SAID = {
    RenderMode.AUTO: "is shown by a browser where its pages need one",
    RenderMode.HTTP: "is read by plain HTTP, whatever its pages need",
    RenderMode.BROWSER: "is always shown by a browser",
}


def render(
    url: Address,
    how: Annotated[
        RenderMode, typer.Argument(help="auto: where its pages need it; http: never; browser: always.")
    ],
) -> None:
    """Say whether a website is read in a browser; what earlier visits learned of it is forgotten.

    By itself (auto) a website is read by plain HTTP, which is quicker, unless its pages are empty without a
    browser or go on only by buttons. What was found is remembered, and looked at again now and then.
    """
    address = asyncio.run(_say_how(watched_address(url), how))
    say(f"{address} {_SAID[how]}, from the next visit on.")


async def _say_how(url: str, mode: RenderMode) -> str:
    async with opened(load_settings()) as database, database.transaction() as session:
        website = await store.watched(session, url)
        changes = {"render": {"from": website.render, "to": mode.value}}
        await store.say_how_to_render(session, website, mode)
        thing = Thing("website", website.id, website.url)
        await trail_here().record(session, Action.WEBSITE_CHANGE, thing, changes)
        return website.url
