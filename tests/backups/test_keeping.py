"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hoistscraper.backups.keeping import Keep, to_remove
from hoistscraper.backups.names import moment_of, name_of

NEWEST = datetime(2031, 3, 31, 2, tzinfo=UTC)
A_YEAR = [NEWEST - timedelta(days=days) for days in range(400)]
KEEP = Keep(daily=7, weekly=4, monthly=12)


def test_days_weeks_and_months_have_their_newest_one() -> None:
    kept = sorted(set(A_YEAR) - to_remove(A_YEAR, KEEP), reverse=True)
    assert kept[:7] == A_YEAR[:7]
    assert {(each.year, each.month) for each in kept} == {(2030, month) for month in range(4, 13)} | {
        (2031, month) for month in (1, 2, 3)
    }
    assert len(kept) <= 7 + 4 + 12


def test_letting_go_each_day_keeps_as_much_as_doing_so_once() -> None:
    stored: set[datetime] = set()
    for each in reversed(A_YEAR):
        stored.add(each)
        stored -= to_remove(stored, KEEP)
    assert stored >= set(A_YEAR[:7])
    assert len({(each.year, each.month) for each in stored}) == 12


def test_after_a_long_time_without_any_the_old_ones_are_still_there() -> None:
    old = [NEWEST - timedelta(days=300 + days) for days in range(5)]
    assert to_remove([NEWEST, *old], KEEP) == set()


def test_what_was_made_within_a_day_stays_however_often() -> None:
    often = [NEWEST - timedelta(hours=hours) for hours in range(24)]
    assert to_remove(often, Keep(1, 0, 0)) == set()


def test_nothing_is_removed_where_everything_is_to_be_kept() -> None:
    assert to_remove(A_YEAR, Keep(0, 0, 0)) == set()
    assert to_remove([], KEEP) == set()


def test_names_tell_the_moment_and_nothing_else_is_taken_for_one() -> None:
    assert moment_of(name_of(NEWEST)) == NEWEST
    for other in ("hoistscraper-2031-13-01T00-00-00Z.hoist", "notes.hoist", f".{name_of(NEWEST)}.part"):
        assert moment_of(other) is None
