"""What has to be done now and then, by whichever worker is there."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from hoistscraper.accounts import invitations, known_devices, password_resets, throttling, user_sessions
from hoistscraper.backups.books import Standing, next_backup
from hoistscraper.backups.running import make_if_due
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.errors import Unavailable
from hoistscraper.language_model.store import forget_old
from hoistscraper.queue import line, rows
from hoistscraper.queue.consulting import feed_questions, server_asked
from hoistscraper.queue.rescue import close_cut_off, rescue_stalled
from hoistscraper.queue.schedule import ask_for_due
from hoistscraper.queue.telling import drop_reports_of_the_gone
from hoistscraper.scraping.job_log import drop_old_lines
from hoistscraper.scraping.tallies import LONGEST_SERIES_DAYS, midnight, put_together
from hoistscraper.settings import Settings

_FEED_SECONDS = 1.0
_ASK_SECONDS = 10.0
_CLEAN_SECONDS = 3600.0
_COUNT_SECONDS = 20.0
_WONDER_SECONDS = 2.0
_BACK_UP_SECONDS = 30.0
_FEEDING = 7_405_302
_CLOSE_SECONDS = 10.0
# Two that collide, or a server that is being restarted, cost a chore another try, not the worker its jobs.
_PATIENCE = 3
_AGAIN_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds; ``revive`` starts a server of ours that has gone."""

    every_seconds: float
    do: Callable[[], Awaitable[object]]
    revive: Callable[[], Awaitable[None]]

    async def keep_doing(self) -> None:
        """Do it again and again, until cancelled.

        :raises Unavailable: the database is gone, and not only busy.
        """
        failures = 0
        while True:
            try:
                await self.do()
                failures = 0
            except Unavailable:
                failures += 1
                if failures == _PATIENCE:
                    raise
                await self.revive()
            await asyncio.sleep(min(self.every_seconds, _AGAIN_SECONDS) if failures else self.every_seconds)


def chores_of(settings: Settings, database: Database, *, tell: Callable[[str], None]) -> tuple[Chore, ...]:
    """Return the chores of every worker; ``tell`` hears of what a person should know.

    :raises Invalid: the timetable of backups cannot be understood.
    """
    next_backup(settings, Standing(None, None, None, None), now=now())
    silent_for = timedelta(seconds=settings.stalled_after_seconds)

    async def rescue() -> None:
        async with database.transaction() as session:
            await rescue_stalled(session, silent_for=silent_for, at=now())

    async def feed() -> None:
        """Wake jobs whose next attempt is due, and hosts whose line stands still for whatever reason."""
        async with database.transaction() as session:
            # One worker is enough at a time; the others find nothing to do.
            if await session.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _FEEDING}):
                await line.feed(session, at=now())

    async def clean() -> None:
        async with database.transaction() as session:
            current = await settings_now(session, settings)
            await drop_old_lines(session, before=now() - timedelta(days=current.log_days))
            await forget_old(
                session, at=now(), log_days=current.log_days, answer_days=max(1, current.snapshot_days)
            )
            await throttling.forget_old(session, at=now())
            await user_sessions.forget_ended(session, at=now())
            await password_resets.forget_ended(session, at=now())
            await invitations.forget_ended(session, at=now())
            await known_devices.forget_ended(session, at=now())
            await drop_reports_of_the_gone(session)

    async def count() -> None:
        at = now()
        first_day = midnight(at) - timedelta(days=LONGEST_SERIES_DAYS)
        async with database.transaction() as session:
            await put_together(session, at=at, first_day=first_day)

    async def wonder() -> None:
        async with database.transaction() as session:
            await rows.drop_stalled_questions(session, silent_for=silent_for)
            await feed_questions(session, settings, at=now())

    async def close() -> None:
        await close_cut_off(database, silent_for=silent_for, at=now())

    async def ask() -> None:
        """Put the websites whose time has come into the queue."""
        async with database.transaction() as session:
            await ask_for_due(session, at=now())

    async def back_up() -> None:
        await make_if_due(settings, database, tell=tell)

    return (
        Chore(_BACK_UP_SECONDS, back_up, database.revive),
        Chore(_ASK_SECONDS, ask, database.revive),
        Chore(max(0.2, settings.stalled_after_seconds / 6), rescue, database.revive),
        Chore(_FEED_SECONDS, feed, database.revive),
        Chore(max(0.5, min(_CLOSE_SECONDS, settings.stalled_after_seconds)), close, database.revive),
        Chore(_CLEAN_SECONDS, clean, database.revive),
        Chore(_COUNT_SECONDS, count, database.revive),
        *((Chore(_WONDER_SECONDS, wonder, database.revive),) if server_asked(settings) else ()),
    )
