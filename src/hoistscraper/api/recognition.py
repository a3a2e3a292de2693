"""Who asks: looked up once in a few seconds, and kept in between as long as every change of it is heard."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import NamedTuple

from hoistscraper.accounts import api_tokens, user_sessions
from hoistscraper.accounts.actor import ANONYMOUS, LOCAL, Actor, Proof
from hoistscraper.accounts.bearing import hashed
from hoistscraper.accounts.recognising import (
    Recognised,
    is_there_an_administrator,
    recognise_session,
    recognise_token,
)
from hoistscraper.cache.freshness import Freshness
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.reads import Reads
from hoistscraper.errors import HoistError
from hoistscraper.settings import Settings

KEPT_SECONDS = 5.0
TABLES = ("user", "session", "api_token")
_MOST_KEPT = 10_000
_NOTED_EVERY = timedelta(minutes=1)
_ADMINISTRATOR = ("administrator", b"")

Key = tuple[str, bytes]
Era = tuple[int, int]
LookUp = Callable[[], Awaitable[tuple[Actor | None, float]]]
"""Finds somebody, and for how many seconds that may be kept."""


class _Kept(NamedTuple):
    actor: Actor
    ends_at: float
    era: Era


class Recognition:
    """Recognises sessions and tokens. Only who was recognised is kept, never who was not."""

    def __init__(self, settings: Settings, database: Database, reads: Reads, freshness: Freshness) -> None:
        self._database = database
        self._reads = reads
        self._freshness = freshness
        self._topic = freshness.topic(*TABLES)
        self._idle_time = user_sessions.idle_time(settings)
        self._kept: dict[Key, _Kept] = {}
        self._looking: dict[tuple[Key, Era], asyncio.Task[Actor | None]] = {}
        self._changes = 0

    async def by_session(self, secret: str, *, is_use: bool = True) -> Actor | None:
        """Return whose session a cookie is of; unless ``is_use``, it lasts no longer by that.

        :raises Unavailable: the database does not answer.
        """
        return await self._by(secret, Proof.SESSION, is_use=is_use)

    async def by_token(self, secret: str, *, is_use: bool = True) -> Actor | None:
        """Return whose token this is; unless ``is_use``, it is not noted to be in use.

        :raises Unavailable: the database does not answer.
        """
        return await self._by(secret, Proof.TOKEN, is_use=is_use)

    async def has_administrator(self) -> bool:
        """Whether somebody may change everything, so that nobody else may any more.

        :raises Unavailable: the database does not answer.
        """
        return await self._known(_ADMINISTRATOR, self._look_for_administrator) is not LOCAL

    def forget(self) -> None:
        """Look everybody up anew: this process has changed something, and need not wait to hear of it."""
        self._changes += 1
        self._kept.clear()

    async def _by(self, secret: str, proof: Proof, *, is_use: bool) -> Actor | None:
        look_up = partial(self._look_up, secret, proof, is_use=is_use)
        return await self._known((proof.value, hashed(secret)), look_up)

    async def _known(self, key: Key, look_up: LookUp) -> Actor | None:
        """Return what is kept, or else what is found: once for all who ask meanwhile."""
        if (kept := self._kept.get(key)) is not None and self._counts(kept):
            return kept.actor
        looking = self._looking.get((key, self._era))
        if looking is None:
            looking = asyncio.create_task(self._find(key, look_up))
            self._looking[key, self._era] = looking
            looking.add_done_callback(partial(self._looked, (key, self._era)))
        # Who leaves takes the answer from nobody else.
        return await asyncio.shield(looking)

    async def _find(self, key: Key, look_up: LookUp) -> Actor | None:
        era = self._era
        found, seconds = await look_up()
        if found is not None:
            self._keep(key, found, seconds, era)
        return found

    def _looked(self, flight: tuple[Key, Era], looking: "asyncio.Task[Actor | None]") -> None:
        self._looking.pop(flight, None)
        if not looking.cancelled():
            looking.exception()  # whoever waits for it hears of it, and nobody else needs to

    async def _look_for_administrator(self) -> tuple[Actor | None, float]:
        async with self._reads.connection() as connection:
            found = await is_there_an_administrator(connection)
        # As long as there is none, whoever sits at this computer may do everything.
        return (ANONYMOUS if found else LOCAL), KEPT_SECONDS

    async def _look_up(self, secret: str, proof: Proof, *, is_use: bool) -> tuple[Actor | None, float]:
        at = now()
        async with self._reads.connection() as connection:
            if proof is Proof.SESSION:
                found = await recognise_session(connection, secret, idle_time=self._idle_time, at=at)
            else:
                found = await recognise_token(connection, secret, at=at)
        if found is None:
            return None, 0.0
        if is_use:
            await self._note_use(found, at)
        left_seconds = (found.until - at).total_seconds() if found.until else KEPT_SECONDS
        return found.actor, min(KEPT_SECONDS, left_seconds)

    @property
    def _era(self) -> Era:
        """What has been heard and done so far: whatever was read before it changes is not kept."""
        return self._topic.generation, self._changes

    def _counts(self, kept: _Kept) -> bool:
        return kept.era == self._era and kept.ends_at > monotonic() and self._freshness.is_sure

    def _keep(self, key: Key, actor: Actor, seconds: float, era: Era) -> None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = _Kept(actor, monotonic() + seconds, era)

    async def _note_use(self, found: Recognised, at: datetime) -> None:
        """Note now and then that a session or token is in use."""
        if found.used_at is not None and at - found.used_at < _NOTED_EVERY:
            return
        note_use = user_sessions.note_use if found.actor.proof is Proof.SESSION else api_tokens.note_use
        try:
            async with self._database.transaction() as session:
                if found.actor.proof_id is not None:
                    await note_use(session, found.actor.proof_id, at=at)
        except HoistError:
            # Whoever is recognised is let in, even where nothing can be written for the moment.
            return
