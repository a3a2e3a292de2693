"""Figures of the database and of this process's connections, for Prometheus."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from importlib.metadata import version
from time import monotonic

from prometheus_client.core import Metric

from hoistscraper.clock import now
from hoistscraper.database.reads import Reads
from hoistscraper.errors import HoistError
from hoistscraper.features import FEATURES
from hoistscraper.monitoring import counters, gauge, gauges
from hoistscraper.scraping import job_figures, recipe_store
from hoistscraper.settings import Settings
from hoistscraper.websites import health_figures

_KEPT_SECONDS = 5.0
_RECENT = timedelta(hours=24)


class Gathered:
    """Figures that the database is asked for, however many look: once in a few seconds, one at a time."""

    def __init__(self, settings: Settings, reads: Reads) -> None:
        self._settings = settings
        self._reads = reads
        self._of_the_database: Sequence[Metric] = ()
        self._gathered_at = float("-inf")
        self._gathering = asyncio.Lock()

    async def renew(self) -> None:
        """Ask the database anew if that is due; one that does not answer is a figure, too."""
        async with self._gathering:
            if monotonic() - self._gathered_at < _KEPT_SECONDS:
                return
            try:
                self._of_the_database = await self._ask()
            except HoistError:
                self._of_the_database = [_up(is_up=False)]
            self._gathered_at = monotonic()

    def figures(self) -> Iterable[Metric]:
        """Return what was gathered last, and what is known without asking."""
        yield from self._of_the_database
        yield gauge("read_connections_busy", "Database connections that read at present.", self._reads.busy)
        yield gauge(
            "reads_waiting", "Requests that wait for a database connection that reads.", self._reads.waiting
        )
        shares = ((name, getattr(self._settings, f"features_{name}").percent / 100) for name in FEATURES)
        yield gauges("feature_share_ratio", "For which share a feature is on.", "feature", shares)
        yield gauges("build", "The release that answers.", "version", [(version("hoistscraper"), 1)])

    async def _ask(self) -> Sequence[Metric]:
        async with self._reads.connection() as connection:
            jobs = await job_figures.count_by_status(connection, since=now() - _RECENT)
            waited_seconds = await job_figures.longest_wait_seconds(connection)
            websites = await health_figures.count_by_health(connection)
            by_recipe, by_general, accepted, refused, in_use = await recipe_store.count_all(connection)
        return [
            _up(is_up=True),
            counters(
                "listing_pages",
                "Pages of listings that were read, by what found their calls.",
                "by",
                [("recipe", by_recipe), ("general", by_general)],
            ),
            counters(
                "recipe_repairs",
                "Listings whose layout had changed, by whether their calls were found again with certainty.",
                "outcome",
                [("accepted", accepted), ("refused", refused)],
            ),
            gauge("recipes_in_use", "Websites whose listing is read by a recipe.", in_use),
            gauges(
                "scrape_jobs",
                "Scrape jobs by status; ended ones of the last 24 hours.",
                "status",
                jobs.items(),
            ),
            gauge("queue_age_seconds", "How long the job that waits the longest has waited.", waited_seconds),
            gauges("websites", "Active websites by health.", "health", websites.items()),
        ]


def _up(*, is_up: bool) -> Metric:
    return gauge("database_up", "Whether the database answers.", float(is_up))
