"""Every statement about questions, answers that are kept, calls that were made, and servers that failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.database.bulk import insert_rows
from hoistscraper.language_model.answer import Pointers, answer_json, pointers_of
from hoistscraper.language_model.budget import Spent
from hoistscraper.language_model.circuit import Circuit
from hoistscraper.language_model.model import ModelAnswer, ModelQuestion

KEPT_ANSWER = "kept-answer"
"""The outcome of a question that was not sent, for its answer was there."""

_COUNTING = 7_405_310
_OF_TODAY = f"at >= :since AND outcome <> '{KEPT_ANSWER}'"
_SPENT = (
    "SELECT count(*) AS calls, coalesce(sum(tokens), 0) AS tokens, "
    "count(*) FILTER (WHERE site = :site) AS site_calls, "
    "coalesce(sum(tokens) FILTER (WHERE site = :site), 0) AS site_tokens "
    f"FROM model_call WHERE {_OF_TODAY}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that waits: about the page of one source of a call."""

    source_id: UUID
    website_id: UUID
    job_id: UUID | None
    page_url: str
    content_hash: str
    attempts: int = 0


def midnight_before(at: datetime) -> datetime:
    """Return when the day of budgets began."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


async def place(session: AsyncSession, questions: Sequence[Asked], *, at: datetime) -> None:
    """Have a model asked about pages, each instead of what was to be asked about its call before."""
    rows = [
        {
            "source_id": each.source_id,
            "website_id": each.website_id,
            "job_id": each.job_id,
            "page_url": each.page_url,
            "content_hash": each.content_hash,
            "asked_at": at,
            "not_before": at,
            "attempts": 0,
        }
        for each in questions
    ]
    await insert_rows(
        session, ModelQuestion.metadata.tables["model_question"], rows, replace_on=("source_id",)
    )


async def due(
    session: AsyncSession, *, at: datetime, website_calls: int, website_tokens: int, most: int
) -> list[UUID]:
    """Return the sources whose questions waited longest, of websites that have budget left today (0: any)."""
    found = await session.execute(
        text(
            "SELECT question.source_id FROM model_question question "
            "JOIN website ON website.id = question.website_id "
            "WHERE question.not_before <= :at AND NOT EXISTS (SELECT 1 FROM model_call "
            f"WHERE model_call.site = website.url AND {_OF_TODAY} GROUP BY model_call.site "
            "HAVING (:calls > 0 AND count(*) >= :calls) OR (:tokens > 0 AND sum(tokens) >= :tokens)) "
            "ORDER BY question.not_before, question.asked_at LIMIT :most"
        ),
        {
            "at": at,
            "since": midnight_before(at),
            "calls": website_calls,
            "tokens": website_tokens,
            "most": most,
        },
    )
    return list(found.scalars())


async def take(session: AsyncSession, source_id: UUID) -> Asked | None:
    """Return a question and count the attempt; ``None``: it waits no more."""
    row = (
        await session.execute(
            text(
                "UPDATE model_question SET attempts = attempts + 1 WHERE source_id = :id RETURNING "
                "website_id, job_id, page_url, content_hash, attempts"
            ),
            {"id": source_id},
        )
    ).one_or_none()
    if row is None:
        return None
    return Asked(
        source_id=source_id,
        website_id=row.website_id,
        job_id=row.job_id,
        page_url=row.page_url,
        content_hash=row.content_hash,
        attempts=row.attempts,
    )


async def postpone(
    session: AsyncSession, question: Asked, *, until: datetime, is_counted: bool = False
) -> None:
    """Let a question wait, unless another has taken its place; is this attempt ``is_counted``?"""
    await session.execute(
        text(
            "UPDATE model_question SET not_before = :until, attempts = attempts - :undone "
            "WHERE source_id = :id AND content_hash = :hash"
        ),
        {
            "until": until,
            "undone": int(not is_counted),
            "id": question.source_id,
            "hash": question.content_hash,
        },
    )


async def drop(session: AsyncSession, question: Asked) -> None:
    """Take a question away, unless another has taken its place."""
    await session.execute(
        text("DELETE FROM model_question WHERE source_id = :id AND content_hash = :hash"),
        {"id": question.source_id, "hash": question.content_hash},
    )


async def kept_answer(session: AsyncSession, key: str, *, at: datetime) -> Pointers | None:
    """Return where a model pointed when it was asked the very same, and note that this was of use."""
    kept = await session.scalar(
        text("UPDATE model_answer SET used_at = :at WHERE key = :key RETURNING pointers"),
        {"key": key, "at": at},
    )
    return None if kept is None else pointers_of(kept)


async def keep_answer(session: AsyncSession, key: str, pointers: Pointers, *, at: datetime) -> None:
    """Keep where a model pointed."""
    row = {"key": key, "pointers": answer_json(pointers), "used_at": at}
    await insert_rows(session, ModelAnswer.metadata.tables["model_answer"], [row], replace_on=("key",))


async def spent(session: AsyncSession, site: str, *, at: datetime) -> Spent:
    """Return what was spent today, in all and for one website."""
    row = (await session.execute(text(_SPENT), {"site": site, "since": midnight_before(at)})).one()
    return Spent(row.calls, int(row.tokens), row.site_calls, int(row.site_tokens))


async def one_at_a_time(session: AsyncSession) -> None:
    """Wait until nobody else counts calls; until this transaction ends, nobody else does."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _COUNTING})


async def note_call(
    session: AsyncSession,
    *,
    site: str,
    model: str,
    fields: Sequence[str],
    outcome: str,
    tokens: int,
    at: datetime,
) -> int:
    """Note a call; return its number."""
    number = await session.scalar(
        text(
            "INSERT INTO model_call (at, site, model, fields, outcome, tokens, seconds) "
            "VALUES (:at, :site, :model, :fields, :outcome, :tokens, 0) RETURNING id"
        ),
        {
            "at": at,
            "site": site,
            "model": model,
            "fields": list(fields),
            "outcome": outcome,
            "tokens": tokens,
        },
    )
    return int(number)


async def settle_call(
    session: AsyncSession, number: int, *, outcome: str, tokens: int, seconds: float
) -> None:
    """Note what came of a call, and what it really cost."""
    await session.execute(
        text("UPDATE model_call SET outcome = :outcome, tokens = :tokens, seconds = :seconds WHERE id = :id"),
        {"id": number, "outcome": outcome, "tokens": tokens, "seconds": seconds},
    )


async def circuit_of(session: AsyncSession, server: str) -> Circuit | None:
    """Return why and until when a server is left alone; ``None``: all is well."""
    row = (
        await session.execute(
            text("SELECT failures, retry_at, why FROM model_circuit WHERE server = :server"),
            {"server": server},
        )
    ).one_or_none()
    return Circuit(row.failures, row.retry_at, row.why) if row else None


async def write_circuit(session: AsyncSession, server: str, circuit: Circuit | None) -> None:
    """Note that a server is left alone, or that all is well."""
    if circuit is None:
        await session.execute(text("DELETE FROM model_circuit WHERE server = :server"), {"server": server})
        return
    await session.execute(
        text(
            "INSERT INTO model_circuit (server, failures, retry_at, why) "
            "VALUES (:server, :failures, :retry_at, :why) ON CONFLICT (server) DO UPDATE SET "
            "failures = excluded.failures, retry_at = excluded.retry_at, why = excluded.why"
        ),
        {
            "server": server,
            "failures": circuit.failures,
            "retry_at": circuit.retry_at,
            "why": circuit.why,
        },
    )


async def forget_old(session: AsyncSession, *, at: datetime, log_days: int, answer_days: int) -> None:
    """Forget calls and answers of long ago; the calls of today are needed."""
    calls_before = min(at - timedelta(days=log_days), midnight_before(at))
    await session.execute(text("DELETE FROM model_call WHERE at < :before"), {"before": calls_before})
    answers_before = at - timedelta(days=answer_days)
    await session.execute(
        text("DELETE FROM model_answer WHERE used_at < :before"), {"before": answers_before}
    )
