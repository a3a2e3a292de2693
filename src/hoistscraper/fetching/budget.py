"""How often one host may be asked in a day, by all of us together."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from yarl import URL

from hoistscraper.fetching.errors import DailyBudgetSpent
from hoistscraper.fetching.statistics import Counters
from hoistscraper.fetching.wording import site_of


class DailyBudget:
    """Refuses requests beyond the budget of a host; a budget of 0 is none.

    ``spent`` are the requests of others today; the counters grow with our own.
    """

    def __init__(
        self, requests: int, counters: Counters, spent: Mapping[str, int], *, now: Callable[[], datetime]
    ) -> None:
        self._requests = requests
        self._counters = counters
        self._spent = spent
        self._now = now

    def check(self, url: URL) -> None:
        """Judge one more request.

        :raises DailyBudgetSpent: there is none left today.
        """
        host = url.raw_host or ""
        asked = self._spent.get(host, 0) + self._counters.requests_by_host[host]
        if self._requests and asked >= self._requests:
            raise DailyBudgetSpent(
                f"{site_of(str(url))} was asked {asked} times today, as often as allowed "
                "(HOIST_HOST_DAILY_REQUESTS); it is read on tomorrow.",
                url=str(url),
                retry_after_seconds=self._seconds_until_tomorrow(),
            )

    def _seconds_until_tomorrow(self) -> float:
        now = self._now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
        return (tomorrow - now).total_seconds()
