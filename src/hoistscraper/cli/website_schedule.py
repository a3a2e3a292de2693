"""``hoistscraper website schedule``, ``pause`` and ``resume``: when a website is visited."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import typer

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing, differences
from hoistscraper.cli.addresses import Address
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import say, when
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.settings import Settings, load_settings
from hoistscraper.websites import scheduling, store
from hoistscraper.websites.addresses import watched_address
from hoistscraper.websites.model import Website
from hoistscraper.websites.recorded import recorded


def schedule(
    url: Address,
    when_: Annotated[
        str,
        typer.Argument(
            metavar="WHEN",
            help='Such as "every 6 hours", "daily at 07:00", "weekdays 06:00-08:00", "weekly", '
            '"adaptive 6 hours to 7 days", "cron 0 7 * * 1-5"; "never" to have none.',
        ),
    ],
    *,
    timezone: Annotated[
        str | None, typer.Option(help="Of its times, such as Europe/Paris; HOIST_TIMEZONE otherwise.")
    ] = None,
    quiet: Annotated[
        str | None,
        typer.Option(help='When to leave the website alone, such as 22:00-06:00; "none" for never.'),
    ] = None,
) -> None:
    """Say when a website is to be visited; `hoistscraper scrape --due` visits those whose time has come.

    Websites of one schedule are spread over its window, or over half an hour from its time on. A website that
    fails again and again is asked less often, until it answers.
    """

    def change(website: Website, settings: Settings) -> None:
        if quiet is not None:
            scheduling.give_quiet_hours(website, quiet, now=now())
        scheduling.give_schedule(website, when_, timezone=timezone or settings.timezone, now=now())

    website = asyncio.run(_change(url, change))
    if website.next_due_at is None:
        say(f"{website.url} has no schedule any more.")
    else:
        say(f"{website.url} is visited {website.schedule}, next at {when(website.next_due_at)}.")


def pause(url: Address) -> None:
    """Leave a website alone until it is resumed, unless somebody names it."""
    say(f"Paused {asyncio.run(_change(url, lambda website, _: scheduling.pause(website))).url}.")


def resume(url: Address) -> None:
    """Visit a paused website again, by its schedule from now on."""
    website = asyncio.run(_change(url, lambda website, _: scheduling.resume(website, now=now())))
    due = f"; it is due at {when(website.next_due_at)}" if website.next_due_at else ""
    say(f"Resumed {website.url}{due}.")


async def _change(url: str, change: Callable[[Website, Settings], None]) -> Website:
    settings = load_settings()
    async with opened(settings) as database, database.transaction() as session:
        website = await store.watched(session, watched_address(url))
        before = recorded(website)
        change(website, await settings_now(session, settings))
        await session.flush()
        thing = Thing("website", website.id, website.url)
        changes = differences(before, recorded(website))
        await trail_here().record(session, Action.WEBSITE_CHANGE, thing, changes)
        session.expunge(website)
        return website
