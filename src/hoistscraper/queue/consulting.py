"""Questions to a language model go into the queue a few at a time, and only while they may be asked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.errors import Unavailable
from hoistscraper.language_model import store as questions
from hoistscraper.language_model.budget import has_any_left
from hoistscraper.language_model.server import ModelServer, server_in
from hoistscraper.queue import rows
from hoistscraper.scraping.consulting import Consultant
from hoistscraper.settings import Settings

_FEEDING = 7_405_311


def server_asked(settings: Settings) -> ModelServer | None:
    """Return the server that is asked about some website at least; ``None``: there is none."""
    server = server_in(settings)
    is_on = settings.features_language_model.percent > 0
    return server if server is not None and server.model is not None and is_on else None


async def feed_questions(session: AsyncSession, settings: Settings, *, at: datetime) -> int:
    """Put the questions that are next into the queue; return how many.

    None is, while the server is left alone or the day's budget is spent: then the queue stays empty, and
    nobody waits.
    """
    server = server_asked(settings)
    if server is None or not await session.scalar(
        text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _FEEDING}
    ):
        return 0
    circuit = await questions.circuit_of(session, server.name)
    if circuit is not None and circuit.retry_at > at:
        return 0
    # One is enough to see whether a server that failed is well again.
    at_once = settings.language_model_concurrency if circuit is None else 1
    in_hand = await rows.questions_in_hand(session)
    if len(in_hand) >= at_once or not has_any_left(await questions.spent(session, "", at=at), settings):
        return 0
    due = await questions.due(
        session,
        at=at,
        website_calls=settings.language_model_website_calls,
        website_tokens=settings.language_model_website_tokens,
        most=at_once,
    )
    new = [source for source in due if source not in in_hand][: at_once - len(in_hand)]
    await rows.put_questions(session, new)
    return len(new)


class Asker:
    """Does what the queue hands out of questions; ``tell`` gets a sentence for a fault of ours."""

    def __init__(self, settings: Settings, database: Database, *, tell: Callable[[str], None]) -> None:
        self._settings = settings
        self._database = database
        self._tell = tell

    async def ask(self, source_id: UUID, row_id: int) -> None:
        """Ask one question, then put the next into the queue.

        Without the database the row stays: whoever looks after silent workers takes it away.
        """
        try:
            async with self._database.transaction() as session:
                current = await settings_now(session, self._settings)
            await Consultant(current, self._database).answer(source_id)
        except Unavailable as lost:
            self._tell(f"{lost.message} The language model is asked later.")
        except Exception as fault:  # noqa: BLE001 - one page that we stumble over must not stop the others
            self._tell(
                f"HoistScraper made a mistake ({type(fault).__name__}: {fault}) while it asked the language "
                "model; please report it."
            )
        async with self._database.transaction() as session:
            await rows.drop(session, row_id)
            await feed_questions(session, self._settings, at=now())
