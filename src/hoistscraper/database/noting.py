"""Note which transactions changed something, for who asked for it and wants to read it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_noted: ContextVar[list[int] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[list[int]]:
    """Yield a list that gets the id of each transaction that is committed within, if it wrote anything."""
    transactions: list[int] = []
    token = _noted.set(transactions)
    try:
        yield transactions
    finally:
        _noted.reset(token)


async def id_to_note(session: AsyncSession) -> int | None:
    """Return the id of a transaction that is about to be committed, if somebody wants it and it wrote."""
    if _noted.get() is None:
        return None
    # What waits in the session is written only now, and a transaction has no id before it writes.
    await session.flush()
    transaction: str | None = await session.scalar(text("SELECT pg_current_xact_id_if_assigned()::text"))
    return int(transaction) if transaction else None


def note(transaction: int | None) -> None:
    """Note a transaction that has been committed."""
    noted = _noted.get()
    if transaction is not None and noted is not None:
        noted.append(transaction)
