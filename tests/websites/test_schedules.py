"""Schedules as people write them."""

from contextlib import suppress
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.errors import Invalid
from hoistscraper.websites.schedule_text import (
    format_rule,
    format_schedule,
    parse_quiet_hours,
    parse_rule,
    parse_schedule,
)
from hoistscraper.websites.schedules import EVERY_DAY, WORKING_DAYS, Adaptive, Cron, Every, OnDays, Rule

TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
INTERVALS = (
    st.integers(5, 90 * 24 * 60)
    .map(lambda minutes: timedelta(minutes=minutes))
    .filter(lambda i: i < timedelta(minutes=9_999) or not i % timedelta(hours=1))
)


@st.composite
def on_days(draw: st.DrawFn) -> OnDays:
    once = draw(st.booleans())
    days = EVERY_DAY if once else draw(st.frozensets(st.integers(0, 6), min_size=1))
    start, end = draw(TIMES), draw(st.none() | TIMES)
    if start == end:
        start = end = time(0)
    return OnDays(days, start, end, once_a_week=once)


RULES: st.SearchStrategy[Rule] = st.one_of(
    INTERVALS.map(Every),
    on_days(),
    st.sampled_from(["0 7 * * 1-5", "*/15 * * * *", "30 2 1 * *"]).map(Cron),
    st.tuples(INTERVALS, INTERVALS).map(lambda pair: Adaptive(min(pair), max(pair))),
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every 6 hours", Every(timedelta(hours=6))),
        ("Every 30 minutes", Every(timedelta(minutes=30))),
        ("every hour", Every(timedelta(hours=1))),
        ("hourly", Every(timedelta(hours=1))),
        ("every 2 days", Every(timedelta(days=2))),
        ("daily", OnDays(EVERY_DAY)),
        ("daily at 07:00", OnDays(EVERY_DAY, time(7), None)),
        ("daily 7:00", OnDays(EVERY_DAY, time(7), None)),
        ("weekdays 06:00-08:00", OnDays(WORKING_DAYS, time(6), time(8))),
        ("weekdays 06:00 to 08:00", OnDays(WORKING_DAYS, time(6), time(8))),
        ("daily 22:00-02:00", OnDays(EVERY_DAY, time(22), time(2))),
        ("weekly", OnDays(EVERY_DAY, once_a_week=True)),
        ("weekly on monday at 07:00", OnDays(frozenset({0}), time(7), None)),
        ("mondays and thursdays 06:00-08:00", OnDays(frozenset({0, 3}), time(6), time(8))),
        ("cron 0 7 * * 1-5", Cron("0 7 * * 1-5")),
        ("cron 0 7 * * MON-FRI", Cron("0 7 * * MON-FRI")),
        ("adaptive", Adaptive()),
        ("adaptive 2 hours to 3 days", Adaptive(timedelta(hours=2), timedelta(days=3))),
    ],
)
def test_a_schedule_is_one_readable_string(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@given(RULES)
def test_what_is_printed_can_be_read_again(rule: Rule) -> None:
    assert parse_rule(format_rule(rule)) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write it like"),
        ("sometimes", "write it like"),
        ("every 0 hours", "too often"),
        ("every 1 minute", "too often"),
        ("every 9999 days", "too seldom"),
        ("daily at 25:00", "no time of day"),
        ("daily 07:00-07:00", "empty"),
        ("cron 0 7 * *", "five fields"),
        ("cron 61 7 * * *", "bad minute"),
        ("cron 0 7 30 2 *", "bad day"),
        ("adaptive 3 days to 2 hours", "wrong way round"),
    ],
)
def test_what_cannot_be_understood_is_a_sentence(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse_rule(text)


@given(st.text(max_size=40))
def test_any_text_is_a_schedule_or_a_sentence(text: str) -> None:
    with suppress(Invalid):
        assert parse_schedule(format_schedule(parse_schedule(text))) == parse_schedule(text)


def test_a_time_zone_may_end_a_schedule() -> None:
    schedule = parse_schedule("daily at 07:00 Europe/Paris", timezone="Asia/Tokyo")
    assert (schedule.timezone, format_schedule(schedule)) == ("Europe/Paris", "daily at 07:00 Europe/Paris")
    assert parse_schedule("cron 0 7 * * 1-5 Asia/Tokyo").timezone == "Asia/Tokyo"
    assert parse_schedule("cron 0 7 * * 1-5").timezone is None
    assert parse_schedule("daily", timezone="Asia/Tokyo").timezone == "Asia/Tokyo"
    with pytest.raises(Invalid, match="no time zone"):
        parse_schedule("daily at 07:00 Europe/Atlantis")


def test_quiet_hours_may_span_midnight() -> None:
    night = parse_quiet_hours("22:00-06:00")
    assert [night.holds(time(h)) for h in (21, 22, 0, 5, 6, 12)] == [False, True, True, True, False, False]
    noon = parse_quiet_hours("12:00 to 13:30")
    assert [noon.holds(time(h)) for h in (11, 12, 13, 14)] == [False, True, True, False]


@pytest.mark.parametrize("text", ["22:00", "22:00-22:00", "night", "22-06", "25:00-26:00"])
def test_quiet_hours_that_are_none_are_a_sentence(text: str) -> None:
    with pytest.raises(Invalid, match="like"):
        parse_quiet_hours(text)
