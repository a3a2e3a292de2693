"""Which failures are tried again, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from hoistscraper.queue.deciding import next_attempt

AT = datetime(2031, 3, 1, tzinfo=UTC)


def decide(kind: str | None, *, failures: int = 1, later: float | None = None) -> datetime | None:
    return next_attempt(
        kind, failures=failures, most_attempts=4, first_wait_seconds=60, retry_after_seconds=later, at=AT
    )


@pytest.mark.parametrize("kind", ["timed-out", "server-failure", "rate-limited", "robots-unavailable"])
def test_what_may_heal_is_tried_again(kind: str) -> None:
    assert decide(kind) is not None


@pytest.mark.parametrize("kind", ["forbidden", "robots-forbidden", "page-not-found", "tls-failure", None])
def test_what_cannot_heal_is_not(kind: str | None) -> None:
    assert decide(kind) is None


def test_a_name_that_is_unknown_gets_one_more_look() -> None:
    assert decide("unknown-host") is not None
    assert decide("unknown-host", failures=2) is None


def test_waits_grow_and_end() -> None:
    first, second = decide("timed-out"), decide("timed-out", failures=2)
    assert first
    assert second
    assert timedelta(seconds=60) <= first - AT <= timedelta(seconds=72)
    assert timedelta(seconds=240) <= second - AT <= timedelta(seconds=288)
    assert decide("timed-out", failures=4) is None


def test_a_website_that_says_when_is_believed() -> None:
    assert decide("rate-limited", later=3600) == AT + timedelta(hours=1)
