import asyncio
import time
from datetime import UTC, datetime
from itertools import chain, pairwise

import pytest

from hoistscraper.fetching.pace import Halted, Held, Pace
from hoistscraper.fetching.retry_after import retry_after_seconds

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.sleeps = 0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.sleeps += 1
        wake = self.seconds + seconds
        await asyncio.sleep(0)
        self.seconds = max(self.seconds, wake)


async def _starts(pace: Pace, time: FakeTime, host: str, turns: int) -> list[float]:
    starts = []
    for _ in range(turns):
        async with pace.turn(host):
            starts.append(time.seconds)
    return starts


def _pace(time: FakeTime, interval_seconds: float, connections: int = 4) -> Pace:
    return Pace(interval_seconds, connections, clock=time, sleep=time.sleep)


async def test_two_requests_to_one_host_keep_their_distance() -> None:
    time = FakeTime()
    assert await _starts(_pace(time, 2), time, "a", 3) == [100, 102, 104]


async def test_another_host_does_not_wait() -> None:
    time = FakeTime()
    pace = _pace(time, 2)
    assert await _starts(pace, time, "a", 1) == [100]
    assert await _starts(pace, time, "b", 1) == [100]


async def test_without_pace_nobody_sleeps() -> None:
    time = FakeTime()
    assert await _starts(_pace(time, 0), time, "a", 50) == [100] * 50
    assert time.sleeps == 0


async def test_requests_at_the_same_time_queue_up() -> None:
    time = FakeTime()
    pace = _pace(time, 1)
    starts = await asyncio.gather(*(_starts(pace, time, "a", 1) for _ in range(4)))
    assert sorted(chain(*starts)) == [100, 101, 102, 103]


async def test_a_larger_crawl_delay_is_kept_and_a_smaller_one_changes_nothing() -> None:
    time = FakeTime()
    pace = _pace(time, 2)
    pace.slow_down("a", 5)
    pace.slow_down("a", 1)
    assert await _starts(pace, time, "a", 2) == [100, 105]


async def test_a_held_host_is_left_alone_by_everybody() -> None:
    time = FakeTime()
    pace = _pace(time, 0)
    pace.hold("a", 30)
    pace.hold("a", 10)
    assert await _starts(pace, time, "a", 1) == [130]


async def test_a_hold_that_comes_while_others_wait_holds_them_too() -> None:
    time = FakeTime()
    pace = _pace(time, 1)
    async with pace.turn("a"):
        waiting = asyncio.create_task(_starts(pace, time, "a", 1))
        await asyncio.sleep(0)
        pace.hold("a", 60)
    assert await waiting == [160]


async def test_after_a_hold_the_waiting_ones_keep_their_distance() -> None:
    time = FakeTime()
    pace = _pace(time, 1)
    pace.hold("a", 30)
    starts = await asyncio.gather(*(_starts(pace, time, "a", 1) for _ in range(3)))
    assert sorted(chain(*starts)) == [130, 131, 132]


async def test_nobody_waits_for_a_host_that_is_held_for_too_long() -> None:
    time = FakeTime()
    pace = _pace(time, 1)
    async with pace.turn("a"):
        waiting = asyncio.create_task(_starts(pace, time, "a", 1))
        await asyncio.sleep(0)
        pace.hold("a", 3600)
    with pytest.raises(Held) as held:
        await waiting
    assert held.value.seconds == 3599
    with pytest.raises(Held):
        await _starts(pace, time, "a", 1)


async def test_no_more_than_the_allowed_connections_are_under_way() -> None:
    pace = Pace(0, 2)
    under_way = 0
    most = 0

    async def visit() -> None:
        nonlocal under_way, most
        async with pace.turn("a"):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            under_way -= 1

    await asyncio.gather(*(visit() for _ in range(10)))
    assert most == 2


async def test_a_cancelled_visitor_gives_its_turn_back() -> None:
    pace = Pace(0, 1)
    async with pace.turn("a"):
        waiting = asyncio.create_task(_enter(pace))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(5), pace.turn("a"):
        pass


async def _enter(pace: Pace) -> None:
    async with pace.turn("a"):
        pass


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 05 Jan 2026 08:00:30 GMT", 30),
        ("Monday, 05-Jan-26 08:00:30 GMT", 30),
        ("Mon, 05 Jan 2026 07:00:00 GMT", 0),
        ("9" * 40, 1e9),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, now=NOW) == seconds


async def test_who_waits_for_a_host_keeps_no_room_from_others() -> None:
    pace = Pace(3600, 4)
    room = asyncio.Semaphore(1)
    async with pace.turn("slow.example", room=room):
        assert room.locked()
    waiting = asyncio.create_task(_pass(pace, "slow.example", room))
    await asyncio.sleep(0.05)
    async with pace.turn("other.example", room=room):
        assert room.locked()
    waiting.cancel()
    assert await asyncio.gather(waiting, return_exceptions=True)
    assert not room.locked()


async def test_who_waits_for_room_and_for_a_host_is_heard_when_all_stops() -> None:
    pace = Pace(3600, 4)
    room = asyncio.Semaphore(1)
    await _pass(pace, "slow.example", room)
    waiting = asyncio.create_task(_pass(pace, "slow.example", room))
    await asyncio.sleep(0.05)
    pace.halt()
    with pytest.raises(Halted):
        await waiting
    assert not room.locked()


async def test_the_pace_is_kept_by_those_who_waited_for_room() -> None:
    clock = time.monotonic
    pace = Pace(0.05, 4)
    room = asyncio.Semaphore(1)
    asked: list[float] = []

    async def ask() -> None:
        async with pace.turn("a.example", room=room):
            asked.append(clock())

    async with room:
        asking = [asyncio.create_task(ask()) for _ in range(3)]
        await asyncio.sleep(0.2)
        assert not asked
    await asyncio.gather(*asking)
    assert all(later - sooner >= 0.05 for sooner, later in pairwise(asked))


async def _pass(pace: Pace, host: str, room: asyncio.Semaphore) -> None:
    async with pace.turn(host, room=room):
        pass
