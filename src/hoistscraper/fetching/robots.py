"""robots.txt: what a website lets programs read, and how fast (RFC 9309)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from protego import Protego
from yarl import URL

from hoistscraper.fetching.errors import RobotsForbidden, RobotsUnavailable, TimedOut
from hoistscraper.fetching.urls import origin_of
from hoistscraper.fetching.wording import shown, site_of

LARGEST_ROBOTS_BYTES = 500 * 1024
MOST_ROBOTS_REDIRECTS = 5
_FRESH_FOR = timedelta(hours=24)
_FAILURE_FRESH_FOR = timedelta(minutes=10)
_TIMEOUT_FRESH_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RobotsText:
    """What a website's robots.txt said, kept between runs; ``text`` is empty unless ``status`` is 2xx."""

    url: str
    text: str
    status: int
    fetched_at: datetime

    @property
    def is_failure(self) -> bool:
        """Whether the website could not say: then everything is forbidden for the time being."""
        return self.status >= 500 or self.status == 429

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether it need not be asked for again."""
        return now - self.fetched_at < (_FAILURE_FRESH_FOR if self.is_failure else _FRESH_FOR)


class RobotsRules:
    """The rules of one robots.txt, for one product."""

    def __init__(self, source: RobotsText, product: str) -> None:
        self.source = source
        self._product = product
        self._rules = Protego.parse(source.text)

    @property
    def crawl_delay_seconds(self) -> float | None:
        """The pace that the website asks for."""
        delay = self._rules.crawl_delay(self._product)
        return None if delay is None else float(delay)

    def check(self, url: URL) -> None:
        """Judge one address.

        :raises RobotsForbidden: the website keeps us from it.
        :raises RobotsUnavailable: the website could not say.
        """
        if self.source.is_failure:
            raise RobotsUnavailable(
                f"{site_of(str(url))} could not send its robots.txt (status {self.source.status}), "
                "so nothing is read there for now; try again later.",
                url=str(url),
            )
        if not self._rules.can_fetch(str(url), self._product):
            raise RobotsForbidden(
                f"The robots.txt of {site_of(str(url))} keeps programs from {shown(str(url))}; "
                "ask the website for permission.",
                url=str(url),
            )


class Robots:
    """The rules of every website met, each robots.txt asked for once a day."""

    def __init__(
        self,
        user_agent: str,
        *,
        ask: Callable[[URL], Awaitable[RobotsText]],
        now: Callable[[], datetime],
        kept: Mapping[str, RobotsText],
    ) -> None:
        self._product = product_of(user_agent)
        self._ask = ask
        self._now = now
        self._texts = dict(kept)
        self._rules: dict[str, RobotsRules] = {}
        self._timed_out: dict[str, datetime] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @property
    def texts(self) -> Mapping[str, RobotsText]:
        """What to keep for the next run, by origin (``https://example.org``)."""
        return dict(self._texts)

    async def rules_for(self, url: URL) -> RobotsRules:
        """Return the rules of the website of an address, asking for them where they are not known."""
        origin = origin_of(url)
        known = self._known(origin)
        if known is not None:
            return known
        async with self._locks.setdefault(origin, asyncio.Lock()):
            return self._known(origin) or self._learn(origin, await self._asked(origin))

    async def _asked(self, origin: str) -> RobotsText:
        timed_out_at = self._timed_out.get(origin)
        if timed_out_at is not None and self._now() - timed_out_at < _TIMEOUT_FRESH_FOR:
            raise RobotsUnavailable(
                f"{site_of(origin)} did not send its robots.txt in time, so nothing is read there for now; "
                "try again later.",
                url=origin,
            )
        try:
            return await self._ask(URL(f"{origin}/robots.txt"))
        except TimedOut:
            # Every further page of a website that hangs would wait as long.
            self._timed_out[origin] = self._now()
            raise

    def _known(self, origin: str) -> RobotsRules | None:
        text = self._texts.get(origin)
        if text is None or not text.is_fresh(self._now()):
            return None
        rules = self._rules.get(origin)
        if rules is None or rules.source is not text:
            rules = self._rules[origin] = RobotsRules(text, self._product)
        return rules

    def _learn(self, origin: str, text: RobotsText) -> RobotsRules:
        earlier = self._texts.get(origin)
        if text.is_failure and earlier is not None and not earlier.is_failure:
            # While a website cannot say, what it said last still holds (RFC 9309, section 2.4).
            # It is asked again after the time that a failure is remembered.
            text = replace(earlier, fetched_at=text.fetched_at - _FRESH_FOR + _FAILURE_FRESH_FOR)
        self._texts[origin] = text
        rules = self._rules[origin] = RobotsRules(text, self._product)
        return rules


def product_of(user_agent: str) -> str:
    """Return the name that robots.txt files call us by: ``HoistScraper`` of ``HoistScraper/0.1 (...)``."""
    return user_agent.strip().split("/", 1)[0].split(" ", 1)[0]
