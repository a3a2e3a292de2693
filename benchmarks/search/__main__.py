"""``python -m benchmarks.search``: measure every band, order and filter; exit 1 when a budget is missed."""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg

from benchmarks.api.wording import rare_words
from benchmarks.search.bands import WORDS_A_BAND, Case, cases
from benchmarks.search.plain import measure_plain
from benchmarks.search.timing import Timings, milliseconds_since, processor_milliseconds
from hoistscraper.clock import now
from hoistscraper.database.embedded import leases
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.search.connections import Connection, prepare
from hoistscraper.search.counting import count
from hoistscraper.search.facets import facets
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.one import read_one
from hoistscraper.search.query import Search
from hoistscraper.search.similar import similar
from hoistscraper.search.statistics import read_frequencies
from hoistscraper.search.store import Page, search
from hoistscraper.search.streaming import ids_of
from hoistscraper.search.suggesting import suggest

BUDGET_MILLISECONDS = 10.0
DEEP = 20
WEBSITE = "SELECT website_id FROM opportunity_source GROUP BY 1 ORDER BY count(*) DESC OFFSET 100 LIMIT 1"
HEAD = f"{'':<44}{'PostgreSQL’s processor, ms':>26}{'client, ms':>26}\n{'':<44}" + 2 * (
    f"{'p50':>10}{'p95':>8}{'max':>8}"
)


class Measurement:
    """Measures cases on one connection, and prints each as it ends."""

    def __init__(self, connection: Connection, known: Frequencies, at: datetime, rounds: int) -> None:
        self.connection, self.known, self.at, self.rounds = connection, known, at, rounds
        self.server = connection.info.backend_pid
        self.missed: list[str] = []

    async def page(self, asked: Search, cursor: str | None = None) -> Page:
        """Return a page."""
        return await search(self.connection, asked, now=self.at, frequencies=self.known, cursor=cursor)

    async def case(self, case: Case) -> None:
        """Measure first pages, then pages far behind."""
        first = [(asked, None) for asked in case.searches]
        await self._report(case.name, first)
        deep = [(asked, cursor) for asked in case.searches if (cursor := await self._deep(asked))]
        if deep:
            await self._report(f"{case.name}, page {DEEP}", deep)

    async def _deep(self, asked: Search) -> str | None:
        cursor: str | None = None
        for _ in range(DEEP - 1):
            cursor = (await self.page(asked, cursor)).next_cursor
            if cursor is None:
                return None
        return cursor

    async def _report(self, name: str, pages: Sequence[tuple[Search, str | None]]) -> None:
        inside, client = Timings(), Timings()
        for asked, cursor in pages:
            await self.page(asked, cursor)
            for _ in range(self.rounds):
                before, began = processor_milliseconds(self.server), time.perf_counter()
                await self.page(asked, cursor)
                client.add(milliseconds_since(began))
                inside.add(processor_milliseconds(self.server) - before)
        is_missed = inside.at(0.95) > BUDGET_MILLISECONDS
        if is_missed:
            self.missed.append(name)
        print(f"{name:<44}  {inside}  {client}{'  MISS' if is_missed else ''}", flush=True)


async def beside(measured: Measurement, words: list[str]) -> None:
    """Measure what is asked beside a page."""
    connection, at, known = measured.connection, measured.at, measured.known
    first = ids_of((await measured.page(Search())).rows)[0]
    searches = [Search(words=word) for word in words] + [Search()]
    timings = {name: Timings() for name in ("count", "facets", "one", "similar", "suggest")}
    for _ in range(measured.rounds):
        for asked in searches:
            began = time.perf_counter()
            await count(connection, asked, now=at, frequencies=known)
            timings["count"].add(milliseconds_since(began))
            began = time.perf_counter()
            await facets(connection, asked, now=at, frequencies=known)
            timings["facets"].add(milliseconds_since(began))
        began = time.perf_counter()
        await read_one(connection, first, now=at)
        timings["one"].add(milliseconds_since(began))
        began = time.perf_counter()
        await similar(connection, first, now=at, frequencies=known)
        timings["similar"].add(milliseconds_since(began))
        began = time.perf_counter()
        await suggest(connection, "gra")
        timings["suggest"].add(milliseconds_since(began))
    for name, taken in timings.items():
        print(f"{name:<44}  {'':>24}  {taken}", flush=True)


async def measure(url: str, rounds: int, only: str) -> list[str]:
    """Measure everything; return what missed its budget."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await prepare(connection, timeout_seconds=60)
        known = await read_frequencies(connection)
        row = await (await connection.execute(WEBSITE)).fetchone()
        website: UUID = row[0] if row else UUID(int=0)
        unheard = [word for word in rare_words() if word not in known.shares]
        rare = Random(1).sample(unheard, WORDS_A_BAND)  # noqa: S311 - which words is no secret
        print(f"{known.rows:,} opportunities\n{HEAD}", flush=True)
        measured = Measurement(connection, known, now(), rounds)
        for case in cases(known, rare, website, measured.at):
            if only in case.name:
                await measured.case(case)
        await beside(measured, ["grant", "heritage", rare[0]])
        for words in ("grant", rare[0]):
            taken = await measure_plain(connection, words, min(rounds, 3))
            print(f"{f'peer: LIKE over all titles, {words}':<44}  {'':>24}  {taken}", flush=True)
    return measured.missed


@contextmanager
def _database(url: str | None, data_dir: Path | None) -> Iterator[str]:
    if url is not None:
        yield client_url(parse_url(url))
    elif data_dir is not None:
        with leases.attached(data_dir) as embedded:
            yield client_url(parse_url(embedded))


def main() -> int:
    """Measure the database that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each search is asked (%(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only cases whose name holds this")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--database-url", help="a database that benchmarks.api.dataset filled")
    place.add_argument("--data-dir", type=Path, help="the folder of an embedded one")
    options = parser.parse_args()
    with _database(options.database_url, options.data_dir) as url:
        missed = asyncio.run(measure(url, options.rounds, options.only))
    print(f"\nMissed {BUDGET_MILLISECONDS:g} ms at p95: {', '.join(missed) or 'none'}.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
