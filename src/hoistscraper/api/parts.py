"""What the routes work with: opened once by whoever serves the API, handed to each request."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends
from prometheus_client.core import Metric
from psycopg import AsyncConnection
from starlette.requests import HTTPConnection

from hoistscraper.api.gathering import Gathered
from hoistscraper.api.places import Places
from hoistscraper.database.engine import Database, open_database
from hoistscraper.database.reads import Reads, opened_reads
from hoistscraper.language_model.availability import Availability, Presence
from hoistscraper.language_model.server import server_in
from hoistscraper.monitoring import Measures, gauge
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.statistics import RecentFrequencies
from hoistscraper.settings import Settings

if TYPE_CHECKING:
    from hoistscraper.accounts.provider import Provider


@dataclass(frozen=True, slots=True)
class Parts:
    """Settings, the database for units of work, its connections for reading; what is measured and known."""

    settings: Settings
    database: Database
    reads: Reads
    measures: Measures
    gathered: Gathered
    recent: RecentFrequencies = field(default_factory=RecentFrequencies)
    places: Places = field(default_factory=Places)
    provider: "Provider | None" = None

    async def frequencies(self, connection: AsyncConnection) -> Frequencies:
        """Return how frequent words are among the opportunities."""
        return await self.recent.current(connection, at_seconds=time.monotonic())


@asynccontextmanager
async def opened_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Open everything that the routes need."""
    async with open_database(settings) as database, opened_reads(database.url, settings) as reads:
        measures, gathered = Measures(), Gathered(settings, database, reads)
        reads.follow = measures.read
        measures.watch(gathered.figures)
        model = Presence(server_in(settings))
        measures.watch(partial(_of_model, model))
        provider = _provider(settings)
        try:
            yield Parts(settings, database, reads, measures, gathered, provider=provider)
        finally:
            await model.close()
            if provider is not None:
                await provider.close()


def _provider(settings: Settings) -> "Provider | None":
    if settings.oidc_issuer is None:
        return None
    # What it speaks by takes a while to load, and most have no provider.
    opened: Provider = import_module("hoistscraper.accounts.provider").Provider(settings)
    return opened


def _of_model(model: Presence) -> Iterator[Metric]:
    known = model.availability()
    if known is not Availability.NOT_WANTED:
        meaning = "Whether the language model's server answers."
        yield gauge("language_model_up", meaning, known is Availability.ANSWERS)


async def parts_of(connection: HTTPConnection) -> Parts:
    """Return the parts of the application that answers."""
    parts = connection.app.state.parts
    if not isinstance(parts, Parts):
        raise TypeError("the app was built without its parts")
    return parts


PartsOf = Annotated[Parts, Depends(parts_of)]
