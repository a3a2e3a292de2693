"""What the routes work with: opened once by whoever serves the API, handed to each request."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from psycopg import AsyncConnection
from starlette.requests import HTTPConnection

from hoistscraper.database.engine import Database, open_database
from hoistscraper.database.reads import Reads, opened_reads
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.statistics import RecentFrequencies
from hoistscraper.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """Settings, the database for units of work, its connections for reading, and how frequent words are."""

    settings: Settings
    database: Database
    reads: Reads
    recent: RecentFrequencies = field(default_factory=RecentFrequencies)

    async def frequencies(self, connection: AsyncConnection) -> Frequencies:
        """Return how frequent words are among the opportunities."""
        return await self.recent.current(connection, at_seconds=time.monotonic())


@asynccontextmanager
async def opened_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Open everything that the routes need."""
    async with open_database(settings) as database, opened_reads(database.url, settings) as reads:
        yield Parts(settings, database, reads)


def _parts(connection: HTTPConnection) -> Parts:
    parts = connection.app.state.parts
    if not isinstance(parts, Parts):
        raise TypeError("the app was built without its parts")
    return parts


PartsOf = Annotated[Parts, Depends(_parts)]
