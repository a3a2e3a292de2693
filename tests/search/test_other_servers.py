"""The tables and the search on a PostgreSQL of the system's, without anything but what every server has."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.api.dataset import fill
from hoistscraper.clock import now
from hoistscraper.database.urls import parse_url, whole_url
from hoistscraper.extraction.candidate import Status
from hoistscraper.migrations import upgrade
from hoistscraper.search.counting import count
from hoistscraper.search.facets import facets
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.query import Order, Search
from hoistscraper.search.statistics import read_frequencies
from tests.database.server import plain, reachable_folder
from tests.search.conftest import connected
from tests.search.every_row import every_row, found
from tests.search.test_search import pages

USER = "nobody"
NOW = now()


def programs() -> Path | None:
    """Return where the oldest installed server's programs are."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[0].parent if installed else None


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A scratch server, run by a user who is not root, and its database."""
    where = programs()
    if where is None:
        pytest.skip("No PostgreSQL of the system; on Debian: apt-get install postgresql")
    with reachable_folder() as folder:
        data = folder / "data"
        data.mkdir()
        as_user = {"user": USER} if os.geteuid() == 0 else {}
        if as_user:
            shutil.chown(data, pwd.getpwnam(USER).pw_uid)
        initdb = [where / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-N", "--locale=C.UTF-8"]
        subprocess.run([*initdb, "-E", "UTF8"], check=True, capture_output=True, cwd="/", **as_user)  # type: ignore[call-overload]
        options = f"-c listen_addresses='' -c unix_socket_directories='{data}' -c fsync=off"
        control = [where / "pg_ctl", "-D", data, "-w"]
        start = [*control, "-o", options, "-l", data / "log", "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd="/", **as_user)  # type: ignore[call-overload]
        try:
            yield whole_url(parse_url(f"postgresql://tester@/postgres?host={data}"))
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd="/", **as_user)  # type: ignore[call-overload]


async def test_searching_works_on_a_server_of_the_system(url: str) -> None:
    upgrade(url)
    fill(plain(url), opportunities=400, site_count=20, job_count=20)
    async with connected(plain(url)) as connection:
        rows = await every_row(connection, NOW)
        known = await read_frequencies(connection)
        assert known.rows == len(rows) == 400
        for asked in (
            Search(words="grant"),
            Search(words="grant -call", order=Order.RELEVANCE),
            Search(statuses=(Status.OPEN,), order=Order.NEWEST),
        ):
            for frequencies in (known, Frequencies(1_000_000, {}, 0.02), Frequencies(1_000_000, {}, 1.0)):
                assert await pages(connection, asked, frequencies) == found(rows, asked, NOW)
            assert (await count(connection, asked, now=NOW, frequencies=known)).number
            assert (await facets(connection, asked, now=NOW, frequencies=known)).values["status"]
