"""Connections for statements that only read, by the driver alone: several times faster than a session."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from time import perf_counter

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from hoistscraper.database.lifetimes import lifetime_seconds
from hoistscraper.database.problems import told
from hoistscraper.database.urls import client_url, parse_url, place_of
from hoistscraper.settings import Settings

_CONNECT_SECONDS = 10
_OPTIONS = (
    "-c default_transaction_read_only=on -c TimeZone=UTC "
    # Compiling a statement takes longer than any of ours.
    "-c jit=off"
)


class Reads:
    """A pool of read-only connections, each statement its own transaction.

    Whoever finds all of them busy waits ``HOIST_POOL_WAIT_SECONDS``, then hears so.
    """

    def __init__(self, url: str, settings: Settings) -> None:
        parsed = parse_url(url)
        self.place = place_of(parsed)
        self._url = client_url(parsed)
        timeout = round(settings.read_timeout_seconds * 1000)
        self._lent = 0
        self.follow: Callable[[float, float], None] = lambda _waited, _lent: None
        """Told, for each connection that is given back, how many seconds it was waited for and lent."""
        self.most = settings.read_pool_size
        self._lifetime_seconds = partial(lifetime_seconds, settings.pool_recycle_seconds)
        self._pool = AsyncConnectionPool(
            self._url,
            min_size=min(2, settings.read_pool_size),
            max_size=settings.read_pool_size,
            timeout=settings.pool_wait_seconds,
            max_lifetime=self._lifetime_seconds(),
            configure=self._let_the_next_live,
            kwargs={
                "autocommit": True,
                "application_name": "hoistscraper reads",
                "connect_timeout": _CONNECT_SECONDS,
                "options": f"-c statement_timeout={timeout} {_OPTIONS}",
            },
            open=False,
        )

    async def _let_the_next_live(self, _opened: AsyncConnection) -> None:
        # The pool has one lifetime for all, which it reads for each connection once this has returned.
        self._pool.max_lifetime = self._lifetime_seconds()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection.

        :raises Unavailable: all are busy, or the server is gone, or took too long.
        """
        asked_at = perf_counter()
        with told(self.place):
            try:
                async with self._pool.connection() as connection:
                    lent_at = perf_counter()
                    self._lent += 1
                    try:
                        yield connection
                    finally:
                        self._lent -= 1
                        self.follow(lent_at - asked_at, perf_counter() - lent_at)
            except PoolTimeout:
                if not self._lent:
                    await self._find_out_why_there_is_none()
                raise

    async def _find_out_why_there_is_none(self) -> None:
        """Connect by ourselves: the pool tries on and on, and keeps to itself what stands in its way."""
        async with await AsyncConnection.connect(self._url, connect_timeout=_CONNECT_SECONDS):
            return

    @property
    def busy(self) -> int:
        """How many connections are lent at this moment."""
        figures = self._pool.get_stats()
        return figures.get("pool_size", 0) - figures.get("pool_available", 0)

    @property
    def waiting(self) -> int:
        """How many requests wait for a connection."""
        return self._pool.get_stats().get("requests_waiting", 0)


@asynccontextmanager
async def opened_reads(url: str, settings: Settings) -> AsyncIterator[Reads]:
    """Open the pool for a database; its connections come as they are needed."""
    reads = Reads(url, settings)
    await reads._pool.open()  # noqa: SLF001 - a pool is opened where it is closed: here
    try:
        yield reads
    finally:
        await reads._pool.close()  # noqa: SLF001
