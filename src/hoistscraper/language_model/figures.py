"""What a language model was asked, what that cost and how it is doing, for whoever watches the system."""

from dataclasses import dataclass, field
from datetime import datetime

from psycopg import AsyncConnection

from hoistscraper.language_model.budget import Spent
from hoistscraper.language_model.circuit import Circuit
from hoistscraper.language_model.store import KEPT_ANSWER, midnight_before

_OUTCOMES = (
    "SELECT outcome, count(*), coalesce(sum(tokens), 0) FROM model_call WHERE at >= %s GROUP BY outcome"
)
_WAITING = "SELECT count(*) FROM model_question"
_CIRCUIT = "SELECT failures, retry_at, why FROM model_circuit WHERE server = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFigures:
    """Calls of today by outcome, what they cost, the questions that wait, and why none is asked, if so."""

    spent: Spent
    outcomes: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    circuit: Circuit | None = None


async def model_figures(connection: AsyncConnection, server: str, *, at: datetime) -> ModelFigures:
    """Return the figures of today (UTC) for one server."""
    cursor = await connection.execute(_OUTCOMES, (midnight_before(at),))
    rows = await cursor.fetchall()
    waiting = await (await connection.execute(_WAITING)).fetchone()
    circuit = await (await connection.execute(_CIRCUIT, (server,))).fetchone()
    outcomes = {str(outcome): int(calls) for outcome, calls, _ in rows}
    return ModelFigures(
        spent=Spent(
            sum(calls for outcome, calls in outcomes.items() if outcome != KEPT_ANSWER),
            sum(int(tokens) for _, _, tokens in rows),
        ),
        outcomes=outcomes,
        waiting=int(waiting[0]) if waiting else 0,
        circuit=Circuit(*circuit) if circuit else None,
    )
