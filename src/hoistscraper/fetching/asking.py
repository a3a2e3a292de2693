"""Asking a website: in turn, at its pace, and again where a failure may pass."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from yarl import URL

from hoistscraper import clock
from hoistscraper.fetching.arrival import page_instead
from hoistscraper.fetching.budget import DailyBudget
from hoistscraper.fetching.decoding import decode
from hoistscraper.fetching.errors import FetchError, NotAPage, RateLimited, ServerFailure, TooManyRedirects
from hoistscraper.fetching.forms import Submission
from hoistscraper.fetching.pace import Held, Pace
from hoistscraper.fetching.redirects import Trail, redirect_target
from hoistscraper.fetching.retry_after import retry_after_seconds
from hoistscraper.fetching.retrying import patiently, retrying, wanted_wait_seconds
from hoistscraper.fetching.robots import LARGEST_ROBOTS_BYTES, MOST_ROBOTS_REDIRECTS, RobotsText
from hoistscraper.fetching.statistics import Counters
from hoistscraper.fetching.statuses import NOT_MODIFIED, failure_of_status, is_page, rate_limited
from hoistscraper.fetching.wire import Answer, Wire

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

_MEGABYTE = 1_000_000
_NOT_FOUND = 404


class Asking:
    """Asks for pages and for robots.txt on behalf of one fetcher."""

    def __init__(
        self,
        settings: "Settings",
        wire: Wire,
        pace: Pace,
        counters: Counters,
        budget: DailyBudget,
        *,
        backoff_seconds: float,
    ) -> None:
        self._wire = wire
        self._budget = budget
        self._pace = pace
        self._limit_bytes = round(settings.max_page_megabytes * _MEGABYTE)
        self._policy = retrying(settings.attempts, backoff_seconds, counters.count_retry)

    async def page(self, url: URL, conditions: Mapping[str, str]) -> Answer:
        """Return an answer that is a page, a redirect or, with conditions, "not modified".

        :raises FetchError: none came, as often as it was asked for.
        """
        return await patiently(self._policy, partial(self._page_once, url, conditions))

    async def submit(self, url: URL, form: Submission, headers: Mapping[str, str]) -> Answer:
        """Post a form, once: a second time may count as a second try at a password.

        :raises FetchError: no page and no redirect came.
        """
        return await self._page_once(url, headers, form)

    async def robots(self, url: URL) -> RobotsText:
        """Return what a website's robots.txt says, redirects followed.

        :raises FetchError: the website cannot be reached at all.
        """
        try:
            answer = await self._robots_at_the_end(url)
        except ServerFailure as failure:
            return RobotsText(str(url), "", failure.status, clock.now())
        except RateLimited:
            return RobotsText(str(url), "", 429, clock.now())
        except (NotAPage, TooManyRedirects):
            # RFC 9309 counts what cannot be read as a robots.txt that is not there.
            return RobotsText(str(url), "", _NOT_FOUND, clock.now())
        return RobotsText(str(url), decode(answer.content, declared=None), answer.status, clock.now())

    async def _page_once(
        self, url: URL, headers: Mapping[str, str], form: Submission | None = None
    ) -> Answer:
        host = host_of(url)
        try:
            async with self._pace.turn(host):
                self._budget.check(url)
                answer = await self._wire.ask(url, headers=headers, limit_bytes=self._limit_bytes, form=form)
        except Held as held:
            raise rate_limited(str(url), held.seconds) from None
        if answer.status == NOT_MODIFIED and headers and form is None:
            return answer
        return self._checked(answer, host)

    async def _robots_at_the_end(self, url: URL) -> Answer:
        trail = Trail(url, MOST_ROBOTS_REDIRECTS)
        address = url
        while True:
            answer = await patiently(self._policy, partial(self._robots_once, address))
            target = redirect_target(answer)
            if target is None:
                return answer
            address = trail.follow(target)

    async def _robots_once(self, url: URL) -> Answer:
        self._budget.check(url)
        answer = await self._wire.ask(url, headers={}, limit_bytes=LARGEST_ROBOTS_BYTES, cut=True)
        passing = answer.status >= 500 or answer.status == 429
        return self._checked(answer, host_of(url)) if passing else answer

    def _checked(self, answer: Answer, host: str) -> Answer:
        if is_page(answer.status) or redirect_target(answer) is not None:
            return answer
        failure = self._failure(answer)
        self._pace.hold(host, wanted_wait_seconds(failure))
        raise failure

    @staticmethod
    def _failure(answer: Answer) -> FetchError:
        later = retry_after_seconds(answer.headers.get("retry-after"), now=clock.now())
        failure = failure_of_status(answer.status, answer.url, retry_after_seconds=later)
        failure.instead = page_instead(answer)
        return failure


def host_of(url: URL) -> str:
    """Return whom the pace is kept for: the host, whatever its ports and schemes."""
    return url.raw_host or ""
