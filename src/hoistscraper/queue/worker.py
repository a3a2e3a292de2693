"""A worker: takes jobs from the queue and does the chores, from the opening of the database to its end."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from uuid import UUID

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import AbortReason
from procrastinate.worker import Worker

from hoistscraper.database.engine import Database
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.errors import Unavailable
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.queue import rows
from hoistscraper.queue.chores import Chore
from hoistscraper.queue.consulting import Asker, server_asked
from hoistscraper.queue.performing import Performer
from hoistscraper.queue.rows import MODEL_QUEUE, MODEL_TASK, QUEUE, TASK, Rows
from hoistscraper.queue.telling import add_totals, report
from hoistscraper.queue.totals import BROWSER_STARTS, PAGES, Totals
from hoistscraper.settings import Settings

# Both are told by the database at once; looking is for when its word gets lost.
_LOOK_SECONDS = 2.0
_LOOK_FOR_CANCELLED_SECONDS = 0.5
_CONNECT_SECONDS = 5.0
_NEVER_SECONDS = 10.0**8
# Beats within the time after which silence counts as death.
_BEATS = 6


class Shift:
    """One worker at one open database. ``worker_id`` is how others see whether it lives."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        concurrency: int,
        chores: Sequence[Chore],
        tell: Callable[[str], None],
    ) -> None:
        # Its words are for programmers; what a person should know is told by us.
        for library in ("procrastinate", "psycopg.pool"):
            logging.getLogger(library).setLevel(logging.CRITICAL + 1)
        self._settings = settings
        self._database = database
        self._browser = OneBrowser(settings)
        self._totals = Totals()
        self._pages_shown = self._browser_starts = 0
        self._performer = Performer(settings, database, self._browser, totals=self._totals, tell=tell)
        self._chores = chores
        self._app = self._make_app()
        self._worker = Worker(
            app=self._app,
            queues=[QUEUE],
            concurrency=concurrency,
            fetch_job_polling_interval=_LOOK_SECONDS,
            abort_job_polling_interval=_LOOK_FOR_CANCELLED_SECONDS,
            # The heart is ours: the library's stops with the worker, though jobs are being closed yet.
            update_heartbeat_interval=_NEVER_SECONDS,
            stalled_worker_timeout=settings.stalled_after_seconds,
            install_signal_handlers=False,
        )
        self._asker = Asker(settings, database, tell=tell)
        # Beside the worker that takes scrapes, so that no scrape ever waits for a model.
        self._asking = Worker(
            app=self._app,
            queues=[MODEL_QUEUE],
            concurrency=settings.language_model_concurrency,
            fetch_job_polling_interval=_LOOK_SECONDS,
            update_heartbeat_interval=_NEVER_SECONDS,
            stalled_worker_timeout=settings.stalled_after_seconds,
            shutdown_graceful_timeout=0,
            install_signal_handlers=False,
        )
        self._is_stopping = False

    @property
    def worker_id(self) -> int | None:
        """Its number in the queue; still there after a shift that could not be ended properly."""
        return self._worker.worker_id

    async def run(self) -> None:
        """Work until stopped.

        :raises Unavailable: the database is gone.
        """
        beating = Chore(self._settings.stalled_after_seconds / _BEATS, self._beat, self._database.revive)
        chores = [asyncio.create_task(chore.keep_doing()) for chore in (beating, *self._chores)]
        working = asyncio.create_task(self._work())
        try:
            await asyncio.wait([working, *chores], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                self._let_arrive()
            # Jobs that are still being closed need the heart to beat.
            await working
        finally:
            for chore in chores:
                chore.cancel()
            ends = await asyncio.gather(*chores, return_exceptions=True)
            # Only now: a heartbeat that was cut off has given back what it could not tell.
            with suppress(Unavailable):
                await self._tell_totals()
        for end in ends:
            if isinstance(end, Exception):
                raise end
        if not self._is_stopping:
            raise Unavailable(f"The database at {self._database.place} stopped in the middle of the work.")

    def stop(self) -> None:
        """Take no new job; let pages in flight arrive within the time set for it, then put the jobs back."""
        self._is_stopping = True
        self._let_arrive()

    def stop_at_once(self) -> None:
        """Put the jobs back at once."""
        self._is_stopping = True
        self._worker.stop()
        self._asking.stop()
        self._performer.pull()

    def _let_arrive(self) -> None:
        self._worker.stop()
        self._asking.stop()
        self._performer.ease()
        asyncio.get_running_loop().call_later(self._settings.stop_seconds, self._performer.pull)

    async def _beat(self) -> None:
        # The worker may end, and lose its number, while this waits for the database.
        worker_id = self._worker.worker_id
        if worker_id is not None:
            megabytes = await self._browser.megabytes()
            async with self._database.transaction() as session:
                await rows.beat(session, worker_id)
                await report(
                    session,
                    worker_id,
                    jobs=self._performer.under_way,
                    browser_megabytes=megabytes,
                )
            await self._tell_totals()

    async def _tell_totals(self) -> None:
        shown, started = self._browser.shown, self._browser.started
        self._totals.add(PAGES, "browser", by=shown - self._pages_shown)
        self._totals.add(BROWSER_STARTS, by=started - self._browser_starts)
        self._pages_shown, self._browser_starts = shown, started
        taken = self._totals.take()
        if not taken:
            return
        try:
            async with self._database.transaction() as session:
                await add_totals(session, taken)
        except BaseException:
            self._totals.give_back(taken)
            raise

    async def _work(self) -> None:
        try:
            async with self._browser, self._app.open_async():
                if not self._is_stopping:
                    await self._take_jobs()
        except ConnectorException as error:
            raise Unavailable(f"The database at {self._database.place} is gone.") from error

    async def _take_jobs(self) -> None:
        if server_asked(self._settings) is None:
            await self._worker.run()
            return
        both = [asyncio.create_task(self._worker.run()), asyncio.create_task(self._asking.run())]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        # Where one ends by itself, the database is gone; the other one's jobs are let arrive.
        self._worker.stop()
        self._asking.stop()
        await asyncio.gather(*both)

    def _make_app(self) -> App:
        connector = PsycopgConnector(
            conninfo=client_url(parse_url(self._database.url)),
            min_size=1,
            max_size=4,
            timeout=_CONNECT_SECONDS,
            kwargs={"application_name": "hoistscraper worker"},
        )
        app = App(connector=connector)
        app.job_manager = Rows(connector)

        @app.task(name=TASK, pass_context=True)
        async def scrape(context: JobContext, *, job_id: str) -> None:
            row_id = context.job.id
            if row_id is not None:
                await self._performer.perform(
                    UUID(job_id),
                    row_id,
                    is_cancelled=lambda: context.abort_reason() is AbortReason.USER_REQUEST,
                )

        @app.task(name=MODEL_TASK, pass_context=True)
        async def ask(context: JobContext, *, source_id: str) -> None:
            row_id = context.job.id
            if row_id is not None:
                await self._asker.ask(UUID(source_id), row_id)

        return app
