"""Which backups stay when newer ones come. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Keep:
    """For how many days, weeks and months with a backup their newest one stays; 0 for all three keeps all."""

    daily: int
    weekly: int
    monthly: int


def to_remove(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Return the backups that are not needed any more.

    All of the 24 hours before the newest one stay: one that was made on purpose must not go because the
    timetable made another. Days without a backup do not count: after a month without any, the old ones are
    all still there.
    """
    newest_first = sorted(moments, reverse=True)
    if not newest_first or not (keep.daily or keep.weekly or keep.monthly):
        return set()
    kept = {moment for moment in newest_first if newest_first[0] - moment < _DAY}
    for count, period in (
        (keep.daily, _day),
        (keep.weekly, _week),
        (keep.monthly, _month),
    ):
        kept |= _newest_of_each(newest_first, period, count)
    return set(newest_first) - kept


def _newest_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], object], count: int
) -> set[datetime]:
    first: dict[object, datetime] = {}
    for moment in newest_first:
        first.setdefault(period(moment), moment)
    return set(list(first.values())[:count])


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
