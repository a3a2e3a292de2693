"""The log of a job, line by line in the database, so that a crash keeps it and others can follow it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.database.bulk import insert_rows
from hoistscraper.database.engine import Database
from hoistscraper.errors import HoistError
from hoistscraper.scraping.job_moves import tell_followers
from hoistscraper.scraping.model import ScrapeJobLine
from hoistscraper.scraping.report import Journal, LogLine

# Who follows a job wants its first lines soon; a long one shall not cost a statement each second.
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line with its place in the order of all lines."""

    number: int
    line: LogLine


class JobLog:
    """Carries the lines of a journal to the database."""

    def __init__(self, database: Database, job_id: UUID, journal: Journal) -> None:
        self._database = database
        self._job_id = job_id
        self._journal = journal
        self._written = 0
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Have ``keep_writing`` end, after what it writes at this moment: called off, that would be lost."""
        self._ended.set()

    async def write(self, session: AsyncSession) -> None:
        """Write the lines that are not written yet; the caller commits."""
        lines = self._journal.lines[self._written :]
        if not lines:
            return
        self._written += len(lines)
        await write_lines(session, self._job_id, lines)

    async def keep_writing(self) -> None:
        """Write now and then, until ended."""
        pause_seconds = FIRST_PAUSE_SECONDS
        while not await self._has_ended_within(pause_seconds):
            pause_seconds = min(2 * pause_seconds, LONGEST_PAUSE_SECONDS)
            written = self._written
            try:
                async with self._database.transaction() as session:
                    await self.write(session)
            except HoistError:
                # What cannot be written now is written at the end, or ends the scrape there with its reason.
                self._written = written

    async def _has_ended_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)
        return self._ended.is_set()


async def write_lines(session: AsyncSession, job_id: UUID, lines: Sequence[LogLine]) -> None:
    """Write lines of a job and let its followers know; the caller commits."""
    rows = [
        {"job_id": job_id, "at": line.at, "text": line.text, "url": line.url, "is_problem": line.is_problem}
        for line in lines
    ]
    await insert_rows(session, ScrapeJobLine.metadata.tables["scrape_job_line"], rows)
    await tell_followers(session, job_id)


async def lines_after(
    session: AsyncSession, job_id: UUID, number: int = 0, *, most: int | None = None
) -> list[NumberedLine]:
    """Return the lines of a job, in order, that come after one."""
    rows = await session.execute(
        text(
            "SELECT id, at, text, url, is_problem FROM scrape_job_line "
            "WHERE job_id = :job_id AND id > :number ORDER BY id LIMIT :most"
        ),
        {"job_id": job_id, "number": number, "most": most},
    )
    return [NumberedLine(row.id, LogLine(row.at, row.text, row.url, row.is_problem)) for row in rows]


async def drop_old_lines(session: AsyncSession, *, before: datetime) -> None:
    """Forget the log of long ago; the jobs themselves stay."""
    await session.execute(text("DELETE FROM scrape_job_line WHERE at < :before"), {"before": before})
