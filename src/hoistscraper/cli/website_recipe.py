"""``hoistscraper website recipe``: what visits have learned of how a website's listing is read."""

import asyncio
from collections.abc import Iterator
from typing import Annotated

import typer

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.addresses import Address
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import print_json, say, when
from hoistscraper.cli.trail import trail_here
from hoistscraper.reading import call_pages
from hoistscraper.reading.call_pages import name_in_words
from hoistscraper.reading.recipe import LEAST_READINGS, in_words
from hoistscraper.scraping import recipe_store
from hoistscraper.scraping.model import RecipeRecord
from hoistscraper.settings import load_settings
from hoistscraper.websites import store
from hoistscraper.websites.addresses import watched_address


def recipe(
    url: Address,
    *,
    forget: Annotated[bool, typer.Option("--forget", help="Forget it; it is learned anew.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what was learned of how a website's listing is read: where its calls and their values stand.

    A recipe only says where to look, and is compared with a reading without it now and then. Where the layout
    changes, the calls are found again by what is known of them, or nothing is taken from the page.
    """
    address = watched_address(url)
    record = asyncio.run(_forget(address) if forget else _read(address))
    if forget:
        say(f"What was learned of {address} is forgotten; the next visit learns it anew.")
    elif as_json:
        print_json(record.model_dump(mode="json") if record else None)
    else:
        for line in _lines(address, record):
            say(line)


def _lines(address: str, record: RecipeRecord | None) -> Iterator[str]:
    known = recipe_store.known(record)
    if record is None or known.recipe is None:
        yield (
            f"Nothing is learned of {address} yet: the next visit that finds a list of calls begins to."
            if known.refusals == 0
            else f"Nothing is learned of {address}."
        )
    else:
        yield from in_words(known.recipe)
        yield (
            "It is in use."
            if known.recipe.is_in_use
            else f"It is not in use yet: {known.recipe.readings} of {LEAST_READINGS} readings agreed with it."
        )
    if record is None:
        return
    if record.learned_at:
        yield f"Last confirmed: {when(record.learned_at)}."
    yield from call_pages.in_words(known.calls.learned)
    yield from (
        f"The page of \u201c{lack.title}\u201d states no {' and no '.join(map(name_in_words, lack.fields))}."
        for lack in known.calls.lacks.values()
    )
    if record.refusals and record.refused_since:
        yield (
            f"The listing has looked like another one since {when(record.refused_since)}, "
            f"for {record.refusals} {'visit' if record.refusals == 1 else 'visits'} in a row; "
            "nothing was taken from it."
        )
    yield (
        f"Pages read by it: {record.pages_by_recipe}, without it: {record.pages_by_general}; "
        f"found again after a change: {record.repairs_accepted}, refused: {record.repairs_refused}."
    )


async def _read(address: str) -> RecipeRecord | None:
    async with opened(load_settings()) as database, database.transaction() as session:
        website = await store.watched(session, address)
        return await recipe_store.read_record(session, website.id)


async def _forget(address: str) -> None:
    async with opened(load_settings()) as database, database.transaction() as session:
        website = await store.watched(session, address)
        await recipe_store.forget(session, website.id)
        thing = Thing("website", website.id, website.url)
        await trail_here().record(session, Action.WEBSITE_RECIPE_FORGET, thing)
