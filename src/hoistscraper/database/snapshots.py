"""Which transactions are over, as PostgreSQL tells it."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Transactions before ``next_new`` are over, but for those that were ``running``."""

    next_new: int
    running: frozenset[int]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a ``pg_snapshot``, such as ``10:14:10,13``."""
        _, next_new, running = text.split(":")
        return cls(int(next_new), frozenset(int(each) for each in running.split(",") if each))

    def shows(self, transaction: int) -> bool:
        """Whether a transaction is over, so that whoever reads now reads what it wrote."""
        return transaction < self.next_new and transaction not in self.running
