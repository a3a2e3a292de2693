"""The engine, its pool, and the unit of work: one transaction, saved whole or not at all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from hoistscraper.database import embedded_server
from hoistscraper.database.lifetimes import lifetime_seconds
from hoistscraper.database.names import Names
from hoistscraper.database.noting import id_to_note, note
from hoistscraper.database.problems import told
from hoistscraper.database.urls import parse_url, place_of, whole_url
from hoistscraper.settings import Settings

_CONNECT_SECONDS = 10
_UNTIL = "until"


async def _leave_to_its_owner() -> None:
    """A server of the user's own is started by nobody but them."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``url`` may hold a password: it is for programs, not for people.

    ``revive`` starts its server if that is ours and has gone, so that waiting for it is not in vain.
    """

    url: str = field(repr=False)
    place: str
    engine: AsyncEngine
    sessions: async_sessionmaker[AsyncSession] = field(repr=False)
    names: Names = field(repr=False)
    revive: Callable[[], Awaitable[None]] = field(default=_leave_to_its_owner, repr=False)

    @property
    def busy(self) -> int:
        """How many connections are lent at this moment."""
        pool = self.engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Yield a session; commit at the end, roll back on any error.

        :raises Unavailable: the server is gone, full, busy or locked; nothing of the transaction was saved.
        :raises Refused: the server does not let us in, or not write.
        """
        with told(self.place):
            async with self.sessions.begin() as session:
                yield session
                transaction = await id_to_note(session)
            note(transaction)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database that the settings name, or else the embedded one, whose server is started if need be.

    Nothing is connected before the first transaction; the schema is left as it is.
    """
    if settings.database_url is not None:
        async with connected(parse_url(settings.database_url.get_secret_value()), settings) as database:
            yield database
    else:
        async with (
            embedded_server.attached(settings.data_dir) as url,
            connected(parse_url(url), settings) as database,
        ):
            yield replace(database, revive=partial(embedded_server.revive, settings.data_dir))


@asynccontextmanager
async def connected(url: URL, settings: Settings) -> AsyncIterator[Database]:
    """Yield the database at an address; its connections are closed afterwards."""
    arguments = _connect_arguments(url, settings)
    names = Names(create_async_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=arguments))
    engine = create_async_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_overflow,
        pool_timeout=settings.pool_wait_seconds,
        pool_pre_ping=True,
        # What is wrong with a statement is told without the values that were in it.
        hide_parameters=True,
        connect_args=arguments,
    )
    _replace_in_turn(engine, settings.pool_recycle_seconds)
    try:
        sessions = async_sessionmaker(engine, expire_on_commit=False)
        yield Database(whole_url(url), place_of(url), engine, sessions, names)
    finally:
        await asyncio.shield(asyncio.gather(names.close(), engine.dispose()))


def _connect_arguments(url: URL, settings: Settings) -> dict[str, object]:
    options = f"-c statement_timeout={round(settings.statement_timeout_seconds * 1000)}"
    if isinstance(own := url.query.get("options"), str):
        options = f"{options} {own}"
    arguments: dict[str, object] = {"application_name": "hoistscraper", "options": options}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = _CONNECT_SECONDS
    return arguments


def _replace_in_turn(engine: AsyncEngine, most_seconds: float) -> None:
    """Replace connections before they are so old, each at its own time, though many are opened at once."""

    def be_opened(_opened: object, record: ConnectionPoolEntry) -> None:
        record.info[_UNTIL] = monotonic() + lifetime_seconds(most_seconds)

    def be_lent(_lent: object, record: ConnectionPoolEntry, _lender: object) -> None:
        if monotonic() > record.info[_UNTIL]:
            raise DisconnectionError("It is old enough.")

    event.listen(engine.sync_engine, "connect", be_opened)
    event.listen(engine.sync_engine, "checkout", be_lent)
