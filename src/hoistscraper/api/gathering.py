"""Figures of the database and of this process's connections, for Prometheus."""

import asyncio
import shutil
from collections.abc import Iterable, Sequence
from datetime import timedelta
from importlib.metadata import version
from time import monotonic

from prometheus_client.core import Metric
from psycopg import AsyncConnection

from hoistscraper.backups.books import Standing, is_overdue, read_standing
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.reads import Reads
from hoistscraper.errors import HoistError
from hoistscraper.features import FEATURES
from hoistscraper.language_model.budget import left_of
from hoistscraper.language_model.figures import model_figures
from hoistscraper.language_model.server import server_in
from hoistscraper.monitoring import counters, gauge, gauges
from hoistscraper.queue import worker_figures
from hoistscraper.queue.totals import families
from hoistscraper.queue.worker_figures import WorkerNow
from hoistscraper.scraping import job_figures, recipe_store
from hoistscraper.settings import Settings
from hoistscraper.websites import health_figures

_KEPT_SECONDS = 5.0
_RECENT = timedelta(hours=24)
_SIZE = "SELECT pg_database_size(current_database())"


class Gathered:
    """Figures that the database is asked for, however many look: once in a few seconds, one at a time."""

    def __init__(self, settings: Settings, database: Database, reads: Reads) -> None:
        self._settings = settings
        self._database = database
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
        yield gauge("read_connections_most", "Database connections that may read at once.", self._reads.most)
        yield gauge(
            "reads_waiting", "Requests that wait for a database connection that reads.", self._reads.waiting
        )
        yield gauge(
            "write_connections_busy", "Database connections that write at present.", self._database.busy
        )
        yield gauge(
            "write_connections_most",
            "Database connections that may write at once.",
            self._settings.pool_size + self._settings.pool_overflow,
        )
        folder = self._settings.data_dir
        # With a database elsewhere the folder may not be there.
        disk = shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.exists()))
        yield gauge("disk_free_bytes", "Free bytes on the disk of the data folder.", disk.free)
        yield gauge("disk_bytes", "Bytes of the disk of the data folder.", disk.total)
        shares = ((name, getattr(self._settings, f"features_{name}").percent / 100) for name in FEATURES)
        yield gauges("feature_share_ratio", "For which share a feature is on.", "feature", shares)
        yield gauges("build", "The release that answers.", "version", [(version("hoistscraper"), 1)])

    async def _ask(self) -> Sequence[Metric]:
        async with self._reads.connection() as connection:
            jobs = await job_figures.count_by_status(connection, since=now() - _RECENT)
            waited_seconds = await job_figures.longest_wait_seconds(connection)
            websites = await health_figures.count_by_health(connection)
            by_recipe, by_general, accepted, refused, in_use = await recipe_store.count_all(connection)
            model = await self._of_the_model(connection)
            backups = await read_standing(connection)
            workers = await worker_figures.read_workers(connection)
            alive, _ = await worker_figures.count_workers(
                connection, now=now(), silent_after=timedelta(seconds=self._settings.stalled_after_seconds)
            )
            totals = await worker_figures.read_totals(connection)
            size = await (await connection.execute(_SIZE)).fetchone()
        return [
            _up(is_up=True),
            counters(
                "listing_pages",
                "Pages of listings that were read, by what found their calls.",
                ["by"],
                [(["recipe"], by_recipe), (["general"], by_general)],
            ),
            counters(
                "recipe_repairs",
                "Changed layouts of listings and of calls' pages, by whether all was found for certain.",
                ["outcome"],
                [(["accepted"], accepted), (["refused"], refused)],
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
            *_of_backups(self._settings, backups),
            gauge("database_bytes", "Bytes of the database on its disk.", size[0] if size else 0),
            gauge("workers", "Worker processes that live.", alive),
            *_of(workers),
            *families(totals),
            *model,
        ]

    async def _of_the_model(self, connection: AsyncConnection) -> Sequence[Metric]:
        server = server_in(self._settings)
        if server is None:
            return []
        told = await model_figures(connection, server.name, at=now())
        calls, tokens = left_of(told.spent, self._settings)
        left = (("calls", calls), ("tokens", tokens))
        limited = [(kind, float(number)) for kind, number in left if number is not None]
        return [
            gauges(
                "language_model_calls",
                "Questions to the language model today (UTC) by outcome.",
                "outcome",
                told.outcomes.items(),
            ),
            gauge("language_model_tokens", "Tokens of today's questions and answers.", told.spent.tokens),
            gauges("language_model_left", "What is left of today's budget.", "kind", limited),
            gauge("language_model_waiting", "Pages that are yet to be asked about.", told.waiting),
            gauge(
                "language_model_left_alone",
                "Whether the language model's server failed and is left alone for a while.",
                float(told.circuit is not None),
            ),
        ]


def _of(workers: Sequence[WorkerNow]) -> Iterable[Metric]:
    yield gauges(
        "worker_silent_seconds",
        "Time since a worker's last heartbeat.",
        "worker",
        ((each.name, each.silent_seconds) for each in workers),
    )
    yield gauges(
        "worker_jobs",
        "Scrape jobs that a worker does.",
        "worker",
        ((each.name, each.jobs) for each in workers),
    )
    yield gauges(
        "worker_resident_memory_bytes",
        "Resident memory of a worker.",
        "worker",
        ((each.name, each.resident_bytes) for each in workers if each.resident_bytes is not None),
    )
    yield gauges(
        "worker_browser_memory_bytes",
        "Resident memory of a worker's browser.",
        "worker",
        ((each.name, each.browser_bytes or 0) for each in workers),
    )


def _of_backups(settings: Settings, found: Standing) -> Sequence[Metric]:
    at = now()
    age = found.age(at)
    return (
        gauge(
            "backup_last_success_timestamp_seconds",
            "The moment that the newest good backup shows, since unix epoch in seconds.",
            found.succeeded_at.timestamp() if found.succeeded_at else 0,
        ),
        gauge(
            "backup_age_seconds",
            "How old the newest good backup is.",
            float("inf") if age is None else age.total_seconds(),
        ),
        gauge("backup_size_bytes", "How large the newest good backup is.", found.size or 0),
        gauge(
            "backup_last_failed", "Whether the last attempt at a backup failed.", float(bool(found.problem))
        ),
        gauge(
            "backup_overdue",
            "Whether a backup that the timetable wants is missing.",
            float(is_overdue(settings, found, now=at)),
        ),
    )


def _up(*, is_up: bool) -> Metric:
    return gauge("database_up", "Whether the database answers.", float(is_up))
