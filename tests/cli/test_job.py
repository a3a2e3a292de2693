"""``hoistscraper job`` and ``scrape --queue`` as a person meets them."""

import asyncio
import json
from uuid import UUID

import pytest
from pydantic import SecretStr

from hoistscraper.database.engine import open_database
from hoistscraper.queue.following import follow
from hoistscraper.queue.service import Service
from hoistscraper.settings import Settings
from tests.cli.conftest import Run
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.thread import in_thread


def do_job(database_url: str, job_id: str) -> None:
    """Have a worker of this process do what waits, until a job has ended."""
    settings = Settings(
        database_url=SecretStr(database_url),
        allow_hosts=frozenset({"127.0.0.1"}),
        pace_seconds=0,
        attempts=1,
        job_attempts=1,
    )

    async def work() -> None:
        service = Service(settings, lambda: open_database(settings), concurrency=2, tell=lambda _: None)
        working = asyncio.create_task(service.run())
        async with open_database(settings) as database:
            async for _ in follow(database, UUID(job_id)):
                pass
        service.stop()
        await working

    asyncio.run(work())


def queued(run: Run, *arguments: str) -> list[dict[str, object]]:
    """Put websites into the queue; return what was said of each."""
    asked: list[dict[str, object]] = json.loads(run("scrape", "--queue", "--json", *arguments).out)
    return asked


def test_a_queued_scrape_waits_once_and_says_how_to_follow_it(run: Run) -> None:
    first = run("scrape", "--queue", "http://127.0.0.1:1/")
    again = run("scrape", "--queue", "http://127.0.0.1:1/")
    assert (first.code, again.code) == (0, 0)
    assert "hoistscraper job follow" in first.out
    assert "Waited for a worker already" in again.out
    assert len(json.loads(run("job", "list", "--json").out)) == 1


def test_all_websites_are_queued(run: Run) -> None:
    for number in range(3):
        run("website", "add", f"http://127.0.0.1:{number + 1}/")
    assert len(queued(run, "--all")) == 3
    assert "0 websites wait for a worker, 3 waited already" in run("scrape", "--queue", "--all").out


def test_a_job_is_shown_with_its_log_and_followed_to_its_end(run: Run, database_url: str) -> None:
    website = CallsWebsite(some_calls(3))
    with in_thread(website.site()) as site:
        [asked] = queued(run, site.url())
        do_job(database_url, str(asked["job"]))
    shown = run("job", "show", str(asked["job"]))
    assert "3 calls, 3 new" in shown.out
    assert f"New: {website.calls[0].title}" in shown.out
    followed = run("job", "follow", str(asked["job"]))
    assert followed.code == 0
    assert "completed" in followed.out
    as_json = json.loads(run("job", "show", str(asked["job"]), "--json").out)
    assert as_json["status"] == "completed"
    assert as_json["log"]
    assert "completed" in run("job", "list", "--status", "completed").out
    assert "There is no such job" in run("job", "list", "--status", "failed").out


def test_following_a_job_that_failed_exits_with_1_and_it_can_be_retried(run: Run, database_url: str) -> None:
    website = CallsWebsite([], listing_status=403)
    with in_thread(website.site()) as site:
        [asked] = queued(run, site.url())
        do_job(database_url, str(asked["job"]))
    job_id = str(asked["job"])
    followed = run("job", "follow", job_id)
    assert followed.code == 1
    assert "403" in followed.out
    assert run("job", "retry", job_id).code == 0
    assert json.loads(run("job", "show", job_id, "--json").out)["status"] == "pending"


def test_a_job_that_waits_is_cancelled(run: Run) -> None:
    [asked] = queued(run, "http://127.0.0.1:1/")
    assert "cancelled" in run("job", "cancel", str(asked["job"])).out
    again = run("job", "cancel", str(asked["job"]))
    assert (again.code, len(again.err.strip().splitlines())) == (1, 1)
    assert run("job", "follow", str(asked["job"])).code == 130


@pytest.mark.parametrize("command", ["show", "follow", "cancel", "retry"])
@pytest.mark.parametrize("job_id", ["nonsense", "0199d9f0-0000-7000-8000-000000000001"])
def test_a_job_that_is_not_there_is_a_sentence(run: Run, command: str, job_id: str) -> None:
    printed = run("job", command, job_id)
    assert (printed.code, printed.out) == (1, "")
    assert "hoistscraper job list" in printed.err


def test_workers_always_keep_what_they_find(run: Run) -> None:
    assert run("scrape", "http://127.0.0.1:1/", "--queue", "--no-save").code == 2
