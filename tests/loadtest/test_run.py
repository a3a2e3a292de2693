"""Runs against a local server."""

import asyncio
from urllib.parse import urlsplit

import pytest

from hoistscraper.clock import now
from hoistscraper.errors import Unavailable
from hoistscraper.loadtest.criteria import Limits, has_passed, judge, memory_growth
from hoistscraper.loadtest.recording import TIMED_OUT
from hoistscraper.loadtest.report import render
from hoistscraper.loadtest.run import Order, Run, perform
from tests.loadtest.server import LocalServer, served


async def run(server: LocalServer, *, seconds: float = 1.0, think: float = 0.05, patience: float = 5) -> Run:
    order = Order(
        url=server.url, users=8, duration_seconds=seconds, think_seconds=think, timeout_seconds=patience
    )
    done = Run(order)
    await perform(done)
    return done


async def test_users_read_all_that_is_offered_and_change_nothing() -> None:
    async with served() as server:
        done = await run(server, seconds=2)
    assert set(done.recording.endpoints) == {
        "/api/websites",
        "/api/websites · words",
        "/api/websites · filter",
        "/api/websites · next page",
        "/api/websites/{website_id}",
        "/api/stats",
    }
    asked = {urlsplit(each).path for each in server.asked}
    assert asked == {"/api/websites", "/api/websites/id-1", "/api/websites/id-2", "/api/stats"}
    queries = {urlsplit(each).query for each in server.asked}
    assert {"cursor=more", "region=Europe", "health=red", "q=Lindmere"} <= queries
    assert done.recording.whole().requests == len(server.asked) - 1  # the first look is not counted
    assert done.recording.whole().failed == 0
    assert done.not_asked == []


async def test_waiting_for_a_server_that_stands_still_is_counted_from_when_it_was_due() -> None:
    async with served() as server:
        server.standing_still = asyncio.Event()
        server.standing_still.set()
        going = asyncio.create_task(run(server, seconds=2))
        await server.was_asked.wait()
        await asyncio.sleep(0.5)
        server.standing_still.clear()
        await asyncio.sleep(0.8)
        server.standing_still.set()
        done = await going
    whole = done.recording.whole()
    # Each user was held up once: of hundreds of requests only eight were sent before the stop was over.
    assert sum(count for seconds, count in whole.since_sent.buckets() if seconds > 0.4) <= 8
    assert sum(count for seconds, count in whole.since_due.buckets() if seconds > 0.4) > 30


@pytest.mark.parametrize(
    ("failing", "kind", "said"),
    [
        ("refusing", "HTTP 503", "/api/websites: Come back later."),
        ("garbage", "no page of a list", "/api/websites"),
    ],
)
async def test_failures_are_counted_by_kind_with_the_first_as_example(
    failing: str, kind: str, said: str
) -> None:
    async with served() as server:
        going = asyncio.create_task(run(server))
        await server.was_asked.wait()
        await asyncio.sleep(0.2)
        server.failing = failing
        done = await going
    assert set(done.recording.whole().failures) == {kind}
    assert said.split(":", maxsplit=1)[0] in done.recording.examples[kind]
    assert not has_passed(judge(done, Limits()))
    assert kind in render(done, judge(done, Limits()), Limits(), at=now())


async def test_what_takes_too_long_is_a_timeout() -> None:
    async with served() as server:
        going = asyncio.create_task(run(server, patience=0.3))
        await server.was_asked.wait()
        await asyncio.sleep(0.2)
        server.standing_still = asyncio.Event()
        done = await going
        server.standing_still.set()
    assert set(done.recording.whole().failures) == {TIMED_OUT}
    assert done.recording.unsent > 0
    judged = {each.criterion: each.passes for each in judge(done, Limits())}
    assert judged["at most 0 timeouts"] is False


async def test_no_server_no_run() -> None:
    async with served() as server:
        pass
    with pytest.raises(Unavailable, match="hoistscraper serve"):
        await run(server)


async def test_a_rate_that_users_do_not_ask_for_is_not_judged() -> None:
    async with served() as server:
        server.resident_bytes = 100_000_000
        done = await run(server, think=0.5)
    judged = {each.criterion: each for each in judge(done, Limits())}
    assert judged["more than 100 requests/s"].passes is None
    assert "too short to tell" in judged["memory of the server grows by less than 10%"].measured
    assert done.memory.points


def test_memory_that_grows_once_warm_is_seen() -> None:
    warm_up = [(float(second), 50e6 + second * 5e6) for second in range(10)]
    flat = [*warm_up, *((10.0 + second, 100e6) for second in range(30))]
    leaking = [*warm_up, *((10.0 + second, 100e6 + second * 1e6) for second in range(30))]
    assert memory_growth(flat) == 0
    assert (memory_growth(leaking) or 0) > 0.1
    assert memory_growth(flat[:7]) is None


async def test_a_report_needs_nothing_from_elsewhere_and_escapes_what_it_is_given() -> None:
    async with served() as server:
        server.resident_bytes = 100_000_000
        done = await run(server)
    done.recording.examples["HTTP 500"] = "<script>alert(1)</script>"
    done.recording.endpoints["/api/stats"].failures["HTTP 500"] += 1
    report = render(done, judge(done, Limits()), Limits(), at=now())
    assert "<script" not in report
    assert not any(mark in report for mark in ("src=", "@import", "url(", "<link"))
    assert report.count("<svg") == 3
    assert "prefers-color-scheme: dark" in report


async def test_a_server_that_goes_away_does_not_pass() -> None:
    async with served() as server:
        going = asyncio.create_task(run(server, seconds=2))
        await server.was_asked.wait()
        await asyncio.sleep(0.1)
    done = await going
    assert set(done.recording.whole().failures) <= {"no connection", "connection closed"}
    judged = judge(done, Limits())
    assert not has_passed(judged)
    assert "no connection" in render(done, judged, Limits(), at=now())


async def test_a_run_that_is_stopped_counts_until_then() -> None:
    async with served() as server:
        order = Order(url=server.url, users=8, duration_seconds=600, think_seconds=0.05, timeout_seconds=5)
        stopped = Run(order)
        going = asyncio.create_task(perform(stopped))
        await server.was_asked.wait()
        await asyncio.sleep(2)
        stopped.stopping.set()
        await going
    assert stopped.seconds < 60
    whole = stopped.recording.whole()
    assert (whole.requests > 8, whole.failed) == (True, 0)
    assert render(stopped, judge(stopped, Limits()), Limits(), at=now())
