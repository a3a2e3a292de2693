"""What this process has heard of changes, and so which answers may be given again."""

from collections.abc import Collection
from time import monotonic
from typing import Protocol

BELIEVED_SECONDS = 2.0
"""How long after the last proof one still believes to hear everything: nothing older is ever given."""


class Shown(Protocol):
    """Which transactions are over."""

    def shows(self, transaction: int) -> bool:
        """Whether one of them is."""


class Topic:
    """Tables that some answers show. ``generation`` grows with each change that is heard of them."""

    __slots__ = ("generation", "tables")

    def __init__(self, tables: Collection[str]) -> None:
        self.tables = tuple(sorted(tables))
        self.generation = 0


class Freshness:
    """Hears of changes; whatever it is not sure of, it does not know.

    ``begin``, ``changed``, ``beat``, ``proven`` and ``lost`` are told by whoever listens to the database.
    """

    def __init__(self) -> None:
        self._topics: list[Topic] = []
        self._server: str | None = None
        self._proven_at = float("-inf")
        self._over: Shown | None = None
        self._heard: set[int] = set()
        self._base: tuple[int, int] | None = None
        self._changed: dict[str, int] = {}

    def topic(self, *tables: str) -> Topic:
        """Return what answers that show these tables depend on."""
        topic = Topic(tables)
        self._topics.append(topic)
        return topic

    @property
    def is_sure(self) -> bool:
        """Whether everything that was committed more than ``BELIEVED_SECONDS`` ago has been heard."""
        return monotonic() - self._proven_at < BELIEVED_SECONDS

    def knows(self, transaction: int) -> bool:
        """Whether a change, if it was one, has been heard."""
        return transaction in self._heard or (self._over is not None and self._over.shows(transaction))

    def state(self, topic: Topic) -> str | None:
        """Return a name for what has been heard of a topic, which other processes give to the same state.

        An answer that was read by any of them after it came to this state is as new as one of our own. The
        name begins at a beat, of which all who listened know: those since when, and what was changed since.
        ``None``: there was no beat yet.
        """
        if self._server is None or self._base is None:
            return None
        changed = (f"{table}:{self._changed.get(table, 0)}" for table in topic.tables)
        return "/".join((self._server, str(self._base[1]), *changed))

    def begin(self, server: str) -> None:
        """Listen anew: nothing that was known is."""
        self._server, self._over, self._base = server, None, None
        self._heard.clear()
        self._changed.clear()
        for topic in self._topics:
            topic.generation += 1

    def changed(self, table: str, transaction: int) -> None:
        """Hear of a change."""
        self._heard.add(transaction)
        self._changed[table] = transaction
        for topic in self._topics:
            if table in topic.tables:
                topic.generation += 1

    def beat(self, minute: int, transaction: int) -> None:
        """Hear a beat, of whomever. The first of each minute is where the names of states begin anew.

        Who began to listen too late for it takes another one, and so gives names that nobody else does.
        """
        if self._base is None or minute > self._base[0]:
            self._base = (minute, transaction)
            self._changed.clear()

    def proven(self, over: Shown, *, sent_at: float) -> None:
        """Be sure of everything before ``sent_at`` (monotonic)."""
        self._proven_at, self._over = sent_at, over
        # What was heard since is not part of it.
        self._heard = {transaction for transaction in self._heard if not over.shows(transaction)}

    def lost(self) -> None:
        """Hear nothing any more."""
        self._proven_at = float("-inf")
