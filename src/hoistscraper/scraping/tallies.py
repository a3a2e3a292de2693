"""How many of everything there is, without counting it anew each time.

Triggers (migration 0010) add lines for each statement that changes websites, jobs or opportunities; so nobody
waits for anybody, as all would at one line that holds a sum. Lines of the same kind are put together now
and then, which leaves some thousands of them whatever the number of rows.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Date, DateTime, Identity, Text, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

MOST_LINES_APART = 500
_TALLYING = 7_405_304
LONGEST_SERIES_DAYS = 366


class Tally(SQLModel, table=True):
    """So many more of a kind, or fewer.

    ``opportunity``: ``word`` is the status that its page states; ``opens`` the day before which a call of an
    unknown status is forthcoming; ``at`` the day (in UTC) on which it closes. ``first-seen`` and ``job``:
    ``at`` is the day on which it was found, or has ended. What has no such time has infinity, and what lies
    too far back to matter minus infinity.
    """

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    subject: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text)
    opens: date | None = Field(default=None, sa_type=Date)
    at: datetime = Field(sa_type=DateTime(timezone=True))
    count: int = Field(sa_type=BigInteger)


# Days that matter no more are told apart no more, so lines of many days become one.
_KIND = """subject, word, CASE WHEN opens > CAST(:day AS date) THEN opens END,
    CASE WHEN at < CASE subject WHEN 'opportunity' THEN CAST(:today AS timestamptz)
        ELSE CAST(:first_day AS timestamptz) END THEN '-infinity' ELSE at END"""
_APART = f"SELECT count(*) - count(DISTINCT ({_KIND})) FROM tally"
_PUT_TOGETHER = f"""
    WITH taken AS (DELETE FROM tally RETURNING subject, word, opens, at, count)
    INSERT INTO tally (subject, word, opens, at, count)
    SELECT {_KIND}, sum(count) FROM taken GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0
"""


async def put_together(session: AsyncSession, *, at: datetime, first_day: datetime) -> None:
    """Put lines of the same kind together, if there are many and nobody else does so.

    Days before ``first_day`` are told apart no more.
    """
    if not await session.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _TALLYING}):
        return
    values = {"day": at.date(), "today": midnight(at), "first_day": first_day}
    if await session.scalar(text(_APART), values) > MOST_LINES_APART:
        await session.execute(text(_PUT_TOGETHER), values)


def midnight(at: datetime) -> datetime:
    """Return when the day of an instant, which is told in UTC, began."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
