"""What is measured beside each other: ours with and without its cache, the naive one, the bare server."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from benchmarks.api.naive import TABLES
from benchmarks.api.questions import LIST, ONE, STATS, WORDS, Question
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.settings import Settings

UNCACHED = "ours, uncached"
CACHED = "ours, cached"
NAIVE = "naive"
CEILING = "bare server"
_SWITCH = "features_response_cache"
# The naive lists have neither pages nor an order; what they are asked for is the same.
_ASKED_OF_NAIVE = (LIST, *WORDS, ONE, STATS, "list of websites", "one website")


@dataclass(frozen=True, slots=True)
class Variant:
    """A server to be started: ``command`` is given a port at its end; ``path`` answers once it is ready."""

    name: str
    command: tuple[str, ...]
    path: str
    environment: Mapping[str, str]

    def asks(self, question: Question) -> bool:
        """Return whether this variant can be asked a question."""
        return self.name != NAIVE or question.name in _ASKED_OF_NAIVE


def ours(*, cached: bool) -> Variant:
    """Return our API alone, as ``hoistscraper serve`` runs it."""
    command = (sys.executable, "-m", "hoistscraper.cli.main", "serve", "--api-only", "--port")
    environment = {f"HOIST_{_SWITCH.upper()}": "on" if cached else "off"} if has_cache() else {}
    return Variant(CACHED if cached else UNCACHED, command, "/api/websites?limit=1", environment)


def naive(database_url: str) -> Variant:
    """Return the API as it was before, over the copies of the tables."""
    command = (sys.executable, "-m", "benchmarks.api.naive", database_url)
    return Variant(NAIVE, command, "/openapi.json", {})


def ceiling() -> Variant:
    """Return the server with nothing behind it."""
    return Variant(CEILING, (sys.executable, "-m", "benchmarks.api.ceiling"), "/", {})


def has_cache() -> bool:
    """Return whether this release keeps ready answers."""
    return _SWITCH in Settings.model_fields


@contextmanager
def copied_tables(database_url: str) -> Iterator[None]:
    """Have the tables of the naive variant until the end of the block: as many rows as ours, and no index."""
    with psycopg.connect(client_url(parse_url(database_url)), autocommit=True) as connection:
        for table, copied in TABLES.items():
            connection.execute(f"DROP TABLE IF EXISTS {copied}")
            connection.execute(f"CREATE TABLE {copied} AS TABLE {table}")
            connection.execute(f"ANALYZE {copied}")
        try:
            yield
        finally:
            for copied in TABLES.values():
                connection.execute(f"DROP TABLE IF EXISTS {copied}")
