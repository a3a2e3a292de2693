"""What one visit leaves to the next: pace, "later" and the daily budget."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from hoistscraper.clock import now
from hoistscraper.fetching.courtesy import HostCourtesy, hosts_asked, keep_courtesies
from hoistscraper.fetching.errors import DailyBudgetSpent, RateLimited
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.pace import Halted, Held, Pace
from hoistscraper.settings import Settings
from tests.sites.server import Exchange, Site

AT = datetime(2031, 3, 1, 12, tzinfo=UTC)


class FakeTime:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def pace_at(time: FakeTime) -> Pace:
    return Pace(2, 1, clock=time, sleep=time.sleep)


async def test_a_visit_begins_where_the_one_before_ended() -> None:
    time = FakeTime()
    pace = pace_at(time)
    keep_courtesies(pace, {"a": HostCourtesy(next_request_at=AT + timedelta(seconds=5))}, now=AT)
    async with pace.turn("a"):
        assert time.seconds == 5


async def test_a_host_that_said_later_is_left_alone_until_then() -> None:
    pace = pace_at(FakeTime())
    keep_courtesies(pace, {"a": HostCourtesy(retry_after_until=AT + timedelta(hours=1))}, now=AT)
    with pytest.raises(Held):
        async with pace.turn("a"):
            pass


async def test_a_visit_tells_when_its_hosts_may_be_asked_again() -> None:
    time = FakeTime()
    pace = pace_at(time)
    async with pace.turn("a"):
        pass
    pace.hold("a", 60)
    asked = hosts_asked(pace, {"a": 1}, now=AT)["a"]
    assert asked.next_request_at == AT + timedelta(seconds=2)
    assert asked.retry_after_until == AT + timedelta(seconds=60)
    assert asked.requests == 1


async def test_who_waits_for_a_turn_is_told_that_there_are_no_more() -> None:
    pace = Pace(3600, 1)
    async with pace.turn("a"):
        pass
    waiting = asyncio.create_task(pace.turn("a").__aenter__())
    await asyncio.sleep(0)
    pace.halt()
    with pytest.raises(Halted):
        await waiting
    with pytest.raises(Halted):
        async with pace.turn("b"):
            pass


async def page(exchange: Exchange) -> None:
    await exchange.send("<p>A page.")


async def later(exchange: Exchange) -> None:
    await exchange.send("<p>Later.", status=429, retry_after="600")


def settings(**more: object) -> Settings:
    own = Settings(pace_seconds=0, attempts=1, respect_robots=False)
    return own.model_copy(update={"allow_hosts": frozenset({"127.0.0.1"}), **more})


async def test_the_daily_budget_counts_the_requests_of_others() -> None:
    spent = {"127.0.0.1": HostCourtesy(requests_today=3)}
    async with (
        Site({"/": page}) as site,
        Fetcher(settings(host_daily_requests=4), courtesies=spent) as fetcher,
    ):
        await fetcher.fetch(site.url())
        with pytest.raises(DailyBudgetSpent) as refused:
            await fetcher.fetch(site.url())
        assert site.visits("/") == 1
    assert 0 < refused.value.retry_after_seconds <= 86_400
    assert "HOIST_HOST_DAILY_REQUESTS" in refused.value.message


async def test_later_is_handed_on_to_the_next_fetcher() -> None:
    async with Site({"/": later, "/other": page}) as site:
        async with Fetcher(settings()) as first:
            with pytest.raises(RateLimited):
                await first.fetch(site.url())
            [asked] = first.hosts_asked.values()
        assert asked.retry_after_until
        assert asked.retry_after_until > now() + timedelta(minutes=9)
        kept = {"127.0.0.1": HostCourtesy(retry_after_until=asked.retry_after_until)}
        async with Fetcher(settings(), courtesies=kept) as second:
            with pytest.raises(RateLimited):
                await second.fetch(site.url("/other"))
        assert site.visits("/other") == 0
