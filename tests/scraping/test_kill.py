"""A scrape that is cut off at any moment loses nothing and doubles nothing."""

import asyncio
import random
import signal
from pathlib import Path

import pytest

from hoistscraper.database.embedded import leases
from hoistscraper.database.engine import open_database
from hoistscraper.settings import Settings
from tests.database.server import reachable_folder
from tests.scraping.commands import start_scrape
from tests.scraping.rows import count, rows_of
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.server import Site
from tests.sites.thread import in_thread

ROUNDS = 20
CALLS = 260  # more than two batches, on several pages


async def kept(data_dir: Path) -> tuple[list[dict[str, object]], int]:
    """Return everything that is kept of calls, and how many revisions there are."""
    async with open_database(Settings(data_dir=data_dir)) as database, database.transaction() as session:
        return await rows_of(session), await count(session, "opportunity_revision")


def whole_scrape(site: Site, data_dir: Path) -> None:
    process = start_scrape(site.url(), data_dir)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, out + err


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [20_310_301])
def test_kill_at_twenty_random_moments(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    website = CallsWebsite(some_calls(CALLS), page_size=65)
    with in_thread(website.site()) as site, reachable_folder() as folder:
        whole_scrape(site, folder / "undisturbed")
        undisturbed = asyncio.run(kept(folder / "undisturbed"))
        requests = len(website.asked)
        moments = []
        for number in range(ROUNDS):
            data_dir = folder / f"round-{number}"
            website.asked.clear()
            process = start_scrape(site.url(), data_dir)
            moment = chance.randrange(requests + 1)
            wait_until_asked(website, moment, process.poll)
            pause(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            moments.append(len(website.asked))
            whole_scrape(site, data_dir)
            assert asyncio.run(kept(data_dir)) == undisturbed, f"round {number}, killed at request {moment}"
            leases.stop(data_dir, force=True)
        leases.stop(folder / "undisturbed", force=True)
    assert len(undisturbed[0]) == CALLS
    assert len(set(moments)) > ROUNDS // 2, "the moments were not spread"


def test_ctrl_c_keeps_what_was_found_and_says_so() -> None:
    website = CallsWebsite(some_calls(200), page_size=200)
    with in_thread(website.site()) as site, reachable_folder() as folder:
        process = start_scrape(site.url(), folder / "data")
        wait_until_asked(website, 60, process.poll)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        rows, _ = asyncio.run(kept(folder / "data"))
        leases.stop(folder / "data", force=True)
    assert process.returncode == 130, out + err
    assert '"status": "cancelled"' in out
    assert 0 < len(rows) < 200
    assert f'"found": {len(rows)},' in out


def test_a_database_that_stops_in_the_middle_is_a_sentence_and_the_next_scrape_completes() -> None:
    website = CallsWebsite(some_calls(200), page_size=200)
    with in_thread(website.site()) as site, reachable_folder() as folder:
        data_dir = folder / "data"
        process = start_scrape(site.url(), data_dir)
        wait_until_asked(website, 60, process.poll)
        leases.stop(data_dir, force=True)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (1, "")
        assert len(err.strip().splitlines()) == 1, err
        assert "database" in err
        whole_scrape(site, data_dir)
        rows, revisions = asyncio.run(kept(data_dir))
        leases.stop(data_dir, force=True)
    assert (len(rows), revisions) == (200, 0)


def wait_until_asked(website: CallsWebsite, requests: int, ended: object) -> None:
    """Wait until a website in another thread was asked so often, or the process has ended."""
    while len(website.asked) < requests and ended() is None:  # type: ignore[operator]
        pause(0.001)


def pause(seconds: float) -> None:
    """Let another process go on."""
    signal.sigtimedwait((), seconds)
