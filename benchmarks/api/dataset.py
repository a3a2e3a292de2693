"""``python -m benchmarks.api.dataset``: fill a database with invented opportunities, websites and jobs."""

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.api.invented import Inventor, Row, jobs, midnight, websites
from benchmarks.api.wording import names
from hoistscraper.clock import now
from hoistscraper.database.embedded import leases
from hoistscraper.database.engine import connected
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.migrations import upgrade
from hoistscraper.scraping.tallies import LONGEST_SERIES_DAYS, put_together
from hoistscraper.settings import load_settings

CHUNK = 10_000
ORGANISATIONS = 5_000
PROCESSES = 2
TABLES = ("opportunity", "opportunity_source", "opportunity_revision")
INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary ORDER BY c.relname
"""


def fill(url: str, *, opportunities: int, site_count: int, job_count: int, seed: int = 1) -> None:
    """Fill an empty database of ours; its indexes are built at the end, which is faster.

    :param url: an address as psycopg takes it.
    """
    at = midnight(now())
    sites = websites(site_count, at)
    with psycopg.connect(url, autocommit=True) as connection:
        copy(connection, "website", sites)
        copy(connection, "scrape_job", (job | COUNTS for job in jobs(job_count, sites, at)))
        with without_indexes(connection):
            chunks = [
                (url, seed + first, min(CHUNK, opportunities - first), sites, at)
                for first in range(0, opportunities, CHUNK)
            ]
            for done, _ in enumerate(_in_parallel(chunks), start=1):
                _say(f"\r{min(done * CHUNK, opportunities):,} opportunities")
    settle(url)


def settle(url: str) -> None:
    """Do what workers and PostgreSQL do by and by: put tallies together, and look at the tables."""
    # In a thread of its own: who asks may have a loop that runs.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, _put_tallies_together(url)).result()
    with psycopg.connect(url, autocommit=True) as connection:
        for table in (*TABLES, "website", "scrape_job", "tally"):
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


async def _put_tallies_together(url: str) -> None:
    at = now()
    async with connected(parse_url(url), load_settings()) as database, database.transaction() as session:
        await put_together(session, at=at, first_day=midnight(at) - timedelta(days=LONGEST_SERIES_DAYS))


Chunk = tuple[str, int, int, list[Row], datetime]


def _in_parallel(chunks: Sequence[Chunk]) -> Iterable[object]:
    if len(chunks) <= 1:
        yield from map(_fill_chunk, chunks)
        return
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        yield from pool.imap_unordered(_fill_chunk, chunks)


COUNTS = {
    "expected": 0,
    "missing": 0,
    "ended": 0,
    "calls_read": 0,
    "pages_asked": 1,
    "pages_failed": 0,
    "is_held": False,
    "held": [],
    "deviations": [],
}


def _fill_chunk(chunk: Chunk) -> None:
    url, seed, count, sites, at = chunk
    inventor = Inventor(Random(seed), sites, list(names(ORGANISATIONS)), at)  # noqa: S311 - no secret
    told = [inventor.invent() for _ in range(count)]
    with psycopg.connect(url, autocommit=True) as connection:
        copy(connection, "opportunity", [telling.opportunity for telling in told])
        copy(connection, "opportunity_source", [row for telling in told for row in telling.sources])
        copy(connection, "opportunity_revision", [row for telling in told for row in telling.revisions])


def copy(connection: psycopg.Connection, table: str, rows: Iterable[Row]) -> None:
    """Copy rows, all with the same columns, into a table."""
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return
    columns = sql.SQL(", ").join(map(sql.Identifier, first))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in _chain(first, iterator):
            target.write_row([_plain(name, value) for name, value in row.items()])


def _chain(first: Row, others: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from others


def _plain(name: str, value: object) -> object:
    is_array = name in {"categories", "tags"}
    return Jsonb(value) if isinstance(value, dict) or (isinstance(value, list) and not is_array) else value


@contextmanager
def without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Take the indexes of the large tables away, and build them again."""
    definitions = connection.execute(INDEXES, [list(TABLES)]).fetchall()
    for name, _ in definitions:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    connection.execute("SET maintenance_work_mem = '1GB'")
    for name, definition in definitions:
        _say(f"\rindex {name:<60}")
        connection.execute(definition)


def _say(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill the database that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api.dataset", description=__doc__)
    parser.add_argument("--opportunities", type=int, default=100_000)
    parser.add_argument("--websites", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--database-url", help="an empty database of yours; its tables are made")
    place.add_argument("--data-dir", type=Path, help="the folder of an embedded database, made if need be")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    with _database(options.database_url, options.data_dir) as url:
        upgrade(url)
        fill(
            client_url(parse_url(url)),
            opportunities=options.opportunities,
            site_count=options.websites,
            job_count=options.jobs,
            seed=options.seed,
        )
    _say(f"\r{options.opportunities:,} opportunities in {time.perf_counter() - began:.0f} s{'':<40}\n")


@contextmanager
def _database(url: str | None, data_dir: Path | None) -> Iterator[str]:
    if url is not None:
        yield str(parse_url(url).render_as_string(hide_password=False))
    elif data_dir is not None:
        with leases.attached(data_dir) as embedded:
            yield embedded


if __name__ == "__main__":
    main()
