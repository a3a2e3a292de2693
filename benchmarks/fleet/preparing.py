"""Put the fleet into the list of websites, with its log-ins, and into the queue, as a user would."""

import asyncio
import csv
import subprocess
from collections.abc import Sequence

from benchmarks.fleet.doors import LOG_IN_PATH, secret_of
from benchmarks.fleet.shapes import Shape
from benchmarks.fleet.surroundings import FleetSurroundings
from benchmarks.fleet.websites import PASSWORD, USER, FleetWebsite, has_log_in
from benchmarks.scrape.surroundings import command_line
from hoistscraper.accounts import credentials
from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
)
from hoistscraper.clock import now
from hoistscraper.database.engine import open_database
from hoistscraper.settings import load_settings
from hoistscraper.websites import store as websites


def prepare(around: FleetSurroundings, fleet: Sequence[FleetWebsite]) -> None:
    """Import the list, and store what its websites know us by."""
    file = around.folder / "fleet.csv"
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["url", "name", "category"])
        writer.writerows([around.url_of(w), w.organisation, w.shape.value] for w in fleet)
    run("website", "import", str(file))
    asyncio.run(_store_log_ins(around, fleet))


def queue_all() -> None:
    """Ask for every website."""
    run("scrape", "--queue", "--all")


def run(*arguments: str) -> None:
    """Run a command to its end."""
    subprocess.run([*command_line(), *arguments], check=True, stdout=subprocess.DEVNULL)


async def _store_log_ins(around: FleetSurroundings, fleet: Sequence[FleetWebsite]) -> None:
    # `credential set` would take a second for each.
    settings = load_settings()
    async with open_database(settings) as database, database.transaction() as session:
        for member in filter(has_log_in, fleet):
            website = await websites.find_website(session, around.url_of(member))
            assert website, f"{around.url_of(member)} was not imported"
            credential = _credential(around, member)
            await credentials.set_credential(session, settings, website, credential, at=now())
            await session.flush()


def _credential(around: FleetSurroundings, website: FleetWebsite) -> Credential:
    secret = secret_of(website)
    match website.shape:
        case Shape.BASIC:
            return BasicCredential(user=USER, password=PASSWORD)
        case Shape.COOKIE:
            return CookieCredential(cookies={"member": secret})
        case Shape.HEADER:
            return HeaderCredential(name="X-Api-Key", value=secret)
        case _:
            address = f"http://{website.host}:{around.port}{LOG_IN_PATH}"
            return FormCredential(url=address, user=USER, password=PASSWORD)
