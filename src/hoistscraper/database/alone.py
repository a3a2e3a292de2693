"""Do something that nobody else may do at the same time, on whatever machine they are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hoistscraper.database.engine import Database
from hoistscraper.database.problems import told


@asynccontextmanager
async def alone(database: Database, name: str) -> AsyncIterator[bool]:
    """Hold a name, and yield whether it could be had; the server lets go of it when our process dies.

    :raises Unavailable: the database cannot be reached.
    """
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with told(database.place):
        async with engine.connect() as connection:
            key = {"name": name}
            is_ours = bool(
                await connection.scalar(text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))"), key)
            )
            try:
                yield is_ours
            finally:
                # A server that has gone has let go of the name, too.
                with suppress(DBAPIError):
                    await connection.execute(
                        text("SELECT pg_advisory_unlock(hashtextextended(:name, 0)) WHERE :is_ours"),
                        key | {"is_ours": is_ours},
                    )
