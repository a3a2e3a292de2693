"""What the routes work with: opened once by whoever serves the API, handed to each request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from hoistscraper.database.engine import Database, open_database
from hoistscraper.database.reads import Reads, opened_reads
from hoistscraper.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """Settings, the database for units of work, and its connections for reading."""

    settings: Settings
    database: Database
    reads: Reads


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
