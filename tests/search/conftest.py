"""A database with invented opportunities, filled once for all tests of a process, and a connection to it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from benchmarks.api.dataset import fill
from hoistscraper.search.connections import Connection, prepare
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.statistics import read_frequencies
from tests.database.server import database_from, plain

OPPORTUNITIES = 1_200


@pytest.fixture(scope="session")
def invented_url(server: str, template: str) -> Iterator[str]:
    """The address of a database that tests only read."""
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    with database_from(server, template=name) as url:
        fill(plain(url), opportunities=OPPORTUNITIES, site_count=50, job_count=300)
        yield plain(url)


@pytest.fixture
async def invented(invented_url: str) -> AsyncIterator[Connection]:
    """A connection to it."""
    async with connected(invented_url) as connection:
        yield connection


@pytest.fixture
async def frequencies(invented: Connection) -> Frequencies:
    """How frequent words are there."""
    return await read_frequencies(invented)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """Yield a connection set up for searching."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await prepare(connection)
        yield connection
