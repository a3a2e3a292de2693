"""Every statement about the queue's own rows, which only say which job is to be woken next.

A row is there from when its job is next in its host's line until the job ends; what a job is and was stands
in ``scrape_job``. Rows of jobs that ended are gone.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from procrastinate import PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from psycopg import AsyncConnection
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

QUEUE = "scrapes"
TASK = "scrape"
MODEL_QUEUE = "language-model"
MODEL_TASK = "ask-language-model"
_LAST = -10
_THIS_JOB = "lock = :host AND args ->> 'job_id' = :job_id"


@dataclass(frozen=True, slots=True)
class NextInLine:
    """A job that its host's line has come to; a person's goes before the timetable's."""

    job_id: UUID
    website_id: UUID
    host: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class StalledRow:
    """A row whose worker is gone; ``is_cancelled``: a person had asked for the job to be stopped."""

    id: int
    job_id: UUID
    host: str
    is_cancelled: bool


class Rows(JobManager):
    """Procrastinate's manager, except that a row's end is ours: it goes with the closing of the job's books.

    Were the row deleted afterwards, as the library does it, a crash in between would wake a job that ended,
    and the host's line would stand still until somebody looks.
    What takes scrapes and what asks a language model is one worker to everybody else, with one number.
    """

    def __init__(self, connector: PsycopgConnector) -> None:
        super().__init__(connector)
        self._registering = asyncio.Lock()
        self._number: int | None = None
        self._sharers = 0

    async def register_worker(self) -> int:
        """Return the number of this process's worker."""
        async with self._registering:
            if self._number is None:
                self._number = await super().register_worker()
            self._sharers += 1
            return self._number

    async def unregister_worker(self, worker_id: int) -> None:
        """Say that the worker is gone, once all parts of it are."""
        async with self._registering:
            self._sharers -= 1
            if self._sharers == 0:
                self._number = None
                await super().unregister_worker(worker_id)

    async def finish_job(
        self,
        job: Job,
        status: Status,
        delete_job: bool,  # noqa: FBT001 - the library's signature
    ) -> None:
        """Leave the row: it is gone already, or its books could not be closed and the rescue needs it."""


async def put(session: AsyncSession, lines: Sequence[NextInLine]) -> bool:
    """Put jobs into the queue, in this transaction; say whether nobody else has just done the same."""
    if not lines:
        return True
    rows = [
        Job(
            queue=QUEUE,
            task_name=TASK,
            lock=line.host,
            queueing_lock=str(line.website_id),
            priority=int(line.is_urgent),
            task_kwargs={"job_id": str(line.job_id)},
        )
        for line in lines
    ]
    try:
        async with session.begin_nested():
            await Rows(PsycopgConnector()).batch_defer_jobs_async(rows, await _driver(session))
    except AlreadyEnqueued:
        return False
    return True


async def are_waiting(session: AsyncSession, least: int) -> bool:
    """Tell whether so many rows at least wait for a worker."""
    place = (
        "SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = :queue "
        "OFFSET :others LIMIT 1"
    )
    return await session.scalar(text(place), {"queue": QUEUE, "others": least - 1}) is not None


async def put_questions(session: AsyncSession, sources: Sequence[UUID]) -> None:
    """Have a language model asked about these sources, in this transaction, after everything else."""
    rows = [
        Job(
            queue=MODEL_QUEUE,
            task_name=MODEL_TASK,
            lock=None,
            queueing_lock=f"{MODEL_TASK} {source}",
            priority=_LAST,
            task_kwargs={"source_id": str(source)},
        )
        for source in sources
    ]
    if rows:
        await Rows(PsycopgConnector()).batch_defer_jobs_async(rows, await _driver(session))


async def questions_in_hand(session: AsyncSession) -> set[UUID]:
    """Return the sources about which a language model is being asked, or is next."""
    found = await session.scalars(
        text(
            "SELECT args ->> 'source_id' FROM procrastinate_jobs "
            "WHERE queue_name = :queue AND status IN ('todo', 'doing')"
        ),
        {"queue": MODEL_QUEUE},
    )
    return {UUID(source) for source in found}


async def drop_stalled_questions(session: AsyncSession, *, silent_for: timedelta) -> int:
    """Take away the rows of questions whose worker is gone: they are asked again in their turn."""
    found = await session.execute(
        text(
            "DELETE FROM procrastinate_jobs entry WHERE entry.queue_name = :queue AND entry.status = 'doing' "
            "AND NOT EXISTS (SELECT 1 FROM procrastinate_workers worker WHERE worker.id = entry.worker_id "
            "AND worker.last_heartbeat >= now() - CAST(:silent AS interval)) RETURNING entry.id"
        ),
        {"queue": MODEL_QUEUE, "silent": silent_for},
    )
    return len(found.all())


async def drop(session: AsyncSession, row_id: int) -> None:
    """Take a row out of the queue; it may be gone."""
    await session.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": row_id})


async def drop_waiting(session: AsyncSession, job_id: UUID, host: str) -> None:
    """Take a job out of the queue before a worker takes it."""
    await session.execute(
        text(f"DELETE FROM procrastinate_jobs WHERE {_THIS_JOB} AND status = 'todo'"),
        {"host": host, "job_id": str(job_id)},
    )


async def ask_to_stop(session: AsyncSession, job_id: UUID, host: str) -> bool:
    """Ask the worker that runs a job to stop it; say whether one does."""
    row_id = await session.scalar(
        text(
            f"SELECT procrastinate_cancel_job_v1(id, true, false) FROM procrastinate_jobs "
            f"WHERE {_THIS_JOB} AND status = 'doing'"
        ),
        {"host": host, "job_id": str(job_id)},
    )
    return row_id is not None


async def stalled(session: AsyncSession, *, silent_for: timedelta) -> list[StalledRow]:
    """Return, and hold until this transaction ends, the rows whose worker is gone or silent for too long."""
    rows = await session.execute(
        text(
            "SELECT entry.id, entry.args ->> 'job_id' AS job_id, entry.lock, entry.abort_requested "
            "FROM procrastinate_jobs entry "
            "LEFT JOIN procrastinate_workers worker ON worker.id = entry.worker_id "
            "WHERE entry.status = 'doing' AND entry.queue_name = :queue "
            "AND (entry.worker_id IS NULL OR worker.last_heartbeat < now() - CAST(:silent AS interval)) "
            "ORDER BY entry.id FOR UPDATE OF entry SKIP LOCKED"
        ),
        {"queue": QUEUE, "silent": silent_for},
    )
    return [StalledRow(row.id, UUID(row.job_id), row.lock, row.abort_requested) for row in rows]


async def beat(session: AsyncSession, worker_id: int) -> None:
    """Say that a worker lives."""
    await session.execute(text("SELECT procrastinate_update_heartbeat_v1(:id)"), {"id": worker_id})


async def forget_worker(session: AsyncSession, worker_id: int) -> None:
    """Say that a worker is gone, so that nobody waits until its silence tells."""
    await session.execute(text("SELECT procrastinate_unregister_worker_v1(:id)"), {"id": worker_id})


async def _driver(session: AsyncSession) -> AsyncConnection:
    """Return the driver's own connection, so that its statements belong to the session's transaction."""
    connection = await session.connection()
    driver = (await connection.get_raw_connection()).driver_connection
    if not isinstance(driver, AsyncConnection):
        raise TypeError("the database is not spoken to through psycopg")
    return driver
