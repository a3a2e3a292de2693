"""When a website is due: after its last visit, outside of quiet hours, not all at once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hoistscraper.websites.adapting import Changes, interval_of
from hoistscraper.websites.schedule_text import parse_schedule
from hoistscraper.websites.schedules import Adaptive, Schedule
from hoistscraper.websites.timetable import is_due, is_quiet, next_due, share_of

ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
)
TEXTS = (
    "every 6 hours",
    "every 5 minutes",
    "every 2 days",
    "daily",
    "daily at 02:30",
    "daily 22:00-02:00",
    "weekdays 06:00-08:00",
    "weekly",
    "weekly on sunday at 02:15",
    "cron 0 7 * * 1-5",
    "cron */7 * * * *",
    "cron 30 2 * * *",
    "adaptive",
)
QUIET = (None, "22:00-06:00", "01:00-02:30", "00:00-23:45", "02:00-03:00")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def schedules(names: st.SearchStrategy[str]) -> st.SearchStrategy[Schedule]:
    return st.builds(
        lambda text, zone, quiet, name: parse_schedule(
            text, timezone=zone, quiet_hours=quiet, spread_by=name
        ),
        st.sampled_from(TEXTS),
        st.sampled_from(ZONES),
        st.sampled_from(QUIET),
        names,
    )


@given(schedules(st.text(max_size=8)), MOMENTS, st.integers(0, 40))
@example(
    parse_schedule("daily at 02:30", timezone="Europe/Paris", quiet_hours="01:00-02:30", spread_by="x"),
    datetime(2026, 10, 25, 0, 10, tzinfo=UTC),
    0,
)
def test_due_is_after_the_last_visit_and_never_in_quiet_hours(
    schedule: Schedule, last: datetime, failures: int
) -> None:
    due = next_due(schedule, last_scraped_at=last, failures_in_a_row=failures, now=last)
    assert due > last
    assert due.utcoffset() == timedelta(0)
    assert not is_quiet(schedule, due)
    first = next_due(schedule, last_scraped_at=None, now=last)
    assert first >= last
    assert not is_quiet(schedule, first)


@given(schedules(st.text(max_size=8)), MOMENTS, st.integers(0, 40))
def test_a_failing_source_is_asked_less_often_but_never_forgotten(
    schedule: Schedule, last: datetime, failures: int
) -> None:
    waits = [
        next_due(schedule, last_scraped_at=last, failures_in_a_row=n, now=last) - last for n in (0, failures)
    ]
    assert waits[0] <= waits[1] + timedelta(hours=1)  # the spread after quiet hours may differ by a day's end
    assert waits[1] <= max(timedelta(days=15), 3 * waits[0] + timedelta(days=8))


def test_back_off_doubles_and_returns() -> None:
    schedule, last = parse_schedule("every 6 hours", spread_by="a"), datetime(2026, 5, 5, tzinfo=UTC)
    waits = [
        (next_due(schedule, last_scraped_at=last, failures_in_a_row=n, now=last) - last) / timedelta(hours=6)
        for n in range(7)
    ]
    whole = [round(after - waits[0]) for after in waits]
    assert whole == [0, 0, 1, 3, 7, 15, 28]  # seven days are the most


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("every 6 hours", timedelta(hours=6)),
        ("daily", timedelta(days=1)),
        ("weekdays 06:00-08:00", timedelta(hours=2)),
        ("daily at 09:00", timedelta(minutes=30)),
        ("cron 0 9 * * *", timedelta(minutes=30)),
        ("weekly", timedelta(days=7)),
    ],
)
def test_a_thousand_websites_are_spread_evenly_over_the_window(text: str, window: timedelta) -> None:
    last = datetime(2026, 5, 4, tzinfo=UTC)  # a Monday
    dues = [
        next_due(parse_schedule(text, spread_by=f"https://site-{n}.example/"), last_scraped_at=last, now=last)
        for n in range(1_000)
    ]
    start = min(dues)
    tenths = [0] * 10
    for due in dues:
        assert due - start <= window
        tenths[min(9, int((due - start) / (window / 10)))] += 1
    assert min(tenths) > 60
    assert max(tenths) < 140


def test_a_website_keeps_its_place_in_the_window() -> None:
    schedule = parse_schedule("daily 06:00-08:00", timezone="Europe/Paris", spread_by="a")
    last, times = datetime(2026, 3, 1, tzinfo=UTC), set()
    for _ in range(60):  # over the change to summer time
        last = next_due(schedule, last_scraped_at=last, now=last)
        times.add(last.astimezone(ZoneInfo("Europe/Paris")).time())
    assert len(times) == 1


def test_every_n_hours_stays_every_n_hours() -> None:
    schedule, last = parse_schedule("every 6 hours", spread_by="a"), datetime(2026, 3, 1, tzinfo=UTC)
    dues = []
    for _ in range(20):
        last = next_due(schedule, last_scraped_at=last + timedelta(minutes=3), now=last)
        dues.append(last)
    assert {after - before for before, after in pairwise(dues)} == {timedelta(hours=6)}


def local(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "zone", "last", "starts"),
    [
        # The clock skips 02:30: it comes at 03:30, and once.
        ("daily at 02:30", "Europe/Paris", "2026-03-28T12:00", "2026-03-29T03:30"),
        ("daily at 02:30", "Europe/Paris", "2026-03-29T04:10", "2026-03-30T02:30"),
        # It shows 02:30 twice: the first one counts, and the second does not count again.
        ("daily at 02:30", "Europe/Paris", "2026-10-24T12:00", "2026-10-25T02:30"),
        ("daily at 02:30", "Europe/Paris", "2026-10-25T03:10", "2026-10-26T02:30"),
        ("daily at 02:30", "America/New_York", "2026-03-07T12:00", "2026-03-08T03:30"),
        ("daily at 01:30", "America/New_York", "2026-10-31T12:00", "2026-11-01T01:30"),
        # Half an hour only, on Lord Howe Island.
        ("daily at 02:15", "Australia/Lord_Howe", "2026-10-03T12:00", "2026-10-04T02:45"),
        ("weekdays 06:00-08:00", "Europe/Paris", "2026-03-27T09:00", "2026-03-30T06:00"),
        ("cron 0 7 * * 1-5", "Europe/Paris", "2026-10-23T12:00", "2026-10-26T07:00"),
        ("cron 30 1 * * *", "Europe/London", "2026-03-28T12:00", "2026-03-29T02:00"),
        ("daily 22:00-02:00", "Europe/Paris", "2026-03-28T12:00", "2026-03-28T22:00"),
    ],
)
def test_days_of_23_and_25_hours_are_right(text: str, zone: str, last: str, starts: str) -> None:
    earliest_name = min((f"n{n}" for n in range(3_000)), key=share_of)  # its place is the window's start
    schedule = parse_schedule(text, timezone=zone, spread_by=earliest_name)
    due = next_due(schedule, last_scraped_at=local(zone, last), now=local(zone, last))
    assert timedelta(0) <= due - local(zone, starts) < timedelta(minutes=1)


def test_a_day_of_25_hours_has_one_visit() -> None:
    for text in ("daily at 02:30", "daily 02:00-03:00", "cron 30 2 * * *"):
        schedule = parse_schedule(text, timezone="Europe/Paris", spread_by="b")
        last, dues = datetime(2026, 10, 20, tzinfo=UTC), []
        while last < datetime(2026, 10, 30, tzinfo=UTC):
            last = next_due(schedule, last_scraped_at=last, now=last)
            dues.append(last)
        days = [due.astimezone(ZoneInfo("Europe/Paris")).date() for due in dues]
        assert len(days) == len(set(days))


def test_what_was_missed_is_due_at_once_but_not_in_quiet_hours() -> None:
    schedule = parse_schedule("daily at 07:00", quiet_hours="22:00-06:00", spread_by="a")
    last = datetime(2026, 5, 1, 8, tzinfo=UTC)
    due = next_due(schedule, last_scraped_at=last, now=datetime(2026, 5, 9, 15, tzinfo=UTC))
    assert due.date().isoformat() == "2026-05-02"
    assert is_due(schedule, due, now=datetime(2026, 5, 9, 15, tzinfo=UTC))
    assert not is_due(schedule, due, now=datetime(2026, 5, 9, 23, tzinfo=UTC))
    assert not is_due(schedule, None, now=last)


def test_a_website_is_visited_within_an_hour_when_it_is_new() -> None:
    now = datetime(2026, 5, 1, 8, tzinfo=UTC)
    for text in ("every 6 hours", "adaptive", "every 10 minutes"):
        due = next_due(parse_schedule(text, spread_by="a"), last_scraped_at=None, now=now)
        assert now <= due <= now + timedelta(hours=1)


@pytest.mark.parametrize(("changed", "hours"), [(0, 168), (1, 168), (3, 160), (15, 24), (29, 6), (30, 6)])
def test_what_changes_often_is_visited_often(changed: int, hours: float) -> None:
    interval = interval_of(Adaptive(), Changes(30, changed, timedelta(days=30)))
    assert interval / timedelta(hours=1) == pytest.approx(hours, rel=0.2)


@given(st.integers(0, 500), st.integers(0, 500), st.timedeltas(timedelta(0), timedelta(days=4_000)))
def test_an_adaptive_interval_keeps_its_bounds(visits: int, changed: int, span: timedelta) -> None:
    rule = Adaptive(timedelta(hours=2), timedelta(days=3))
    assert rule.least <= interval_of(rule, Changes(visits, changed, span)) <= rule.most


def test_without_enough_visits_an_adaptive_schedule_is_daily() -> None:
    assert interval_of(Adaptive(), None) == timedelta(days=1)
    assert interval_of(Adaptive(), Changes(2, 2, timedelta(hours=1))) == timedelta(days=1)
