"""Work until told to stop, whatever becomes of the database in the meantime."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from hoistscraper.database.engine import Database
from hoistscraper.errors import Unavailable
from hoistscraper.queue import rows
from hoistscraper.queue.chores import chores_of
from hoistscraper.queue.worker import Shift
from hoistscraper.settings import Settings

_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 5.0

Open = Callable[[], AbstractAsyncContextManager[Database]]


class Service:
    """Workers one after another: a new one for each time that the database comes back."""

    def __init__(
        self, settings: Settings, open_database: Open, *, concurrency: int, tell: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._open = open_database
        self._concurrency = concurrency
        self._tell = tell
        self._shift: Shift | None = None
        self._lost_worker: int | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Work until ``stop``; a database that is gone is waited for.

        :raises HoistError: the database cannot be had at the start, or never will.
        """
        is_first = True
        pause_seconds = _FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            try:
                async with self._open() as database:
                    is_first, pause_seconds = False, _FIRST_PAUSE_SECONDS
                    await self._work(database)
            except Unavailable as error:
                if is_first:
                    raise
                self._tell(f"{error.message} Waiting for it.")
            await self._rest(pause_seconds)
            pause_seconds = min(2 * pause_seconds, _LONGEST_PAUSE_SECONDS)

    def stop(self) -> None:
        """Stop: gently the first time, at once the second time."""
        if self._stopping.is_set():
            if self._shift:
                self._shift.stop_at_once()
            return
        self._stopping.set()
        if self._shift:
            self._shift.stop()

    def obey_signals(self) -> None:
        """Stop when the machine, or a person by Ctrl-C, says so."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)

    async def _work(self, database: Database) -> None:
        if self._lost_worker is not None:
            async with database.transaction() as session:
                await rows.forget_worker(session, self._lost_worker)
            self._lost_worker = None
        shift = Shift(
            self._settings,
            database,
            concurrency=self._concurrency,
            chores=chores_of(self._settings, database, tell=self._tell),
            tell=self._tell,
        )
        self._shift = shift
        try:
            if not self._stopping.is_set():
                self._tell("Waiting for jobs; stop with Ctrl-C.")
                await shift.run()
        finally:
            self._shift, self._lost_worker = None, shift.worker_id

    async def _rest(self, seconds: float) -> None:
        if not self._stopping.is_set():
            try:
                await asyncio.wait_for(self._stopping.wait(), seconds)
            except TimeoutError:
                return
