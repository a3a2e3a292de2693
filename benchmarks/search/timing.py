"""How long PostgreSQL and its client take for a search."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg

from hoistscraper.search.connections import Connection


@dataclass(slots=True)
class Timings:
    """Milliseconds of several runs."""

    values: list[float] = field(default_factory=list)

    def add(self, milliseconds: float) -> None:
        """Add one run."""
        self.values.append(milliseconds)

    def at(self, share: float) -> float:
        """Return the value below which this share of the runs is."""
        return sorted(self.values)[min(int(len(self.values) * share), len(self.values) - 1)]

    def __str__(self) -> str:
        """Return the median, the 95th percentile and the most."""
        return f"{median(self.values):8.2f}{self.at(0.95):8.2f}{max(self.values):8.2f}"


class Explained:
    """A connection whose statements are explained with their times instead of answered; it has rows too."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.milliseconds = 0.0

    def cursor(self, **options: Any) -> "_ExplainedCursor":  # noqa: ANN401 - what psycopg takes
        return _ExplainedCursor(self, self.connection.cursor(**options))


class _ExplainedCursor:
    def __init__(self, explained: Explained, cursor: psycopg.AsyncCursor[Any]) -> None:
        self._explained, self._cursor = explained, cursor

    async def execute(self, statement: bytes | str, parameters: dict[str, object] | None = None) -> None:
        text = statement.decode() if isinstance(statement, bytes) else statement
        # Timing each row would cost more than the rows; planning is part of what a search costs.
        prefix = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "
        plan = await self._explained.connection.execute((prefix + text).encode(), parameters)
        row = await plan.fetchone()
        assert row
        told = row[0][0]
        self._explained.milliseconds += told["Planning Time"] + told["Execution Time"]
        await self._cursor.execute(text.encode(), parameters)

    async def fetchall(self) -> Sequence[Any]:
        return await self._cursor.fetchall()

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row
        return await self._cursor.fetchone()


def milliseconds_since(began: float) -> float:
    """Return the milliseconds since a ``perf_counter``."""
    return (time.perf_counter() - began) * 1000
