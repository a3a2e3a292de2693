"""Ready answers in memory: as many as fit, those that nobody asked for the longest leave first."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache

from hoistscraper.cache.freshness import Topic
from hoistscraper.clock import minute

_BYTES_BESIDE_THE_CONTENT = 2_000


class Sized(Protocol):
    """What can be kept."""

    @property
    def size(self) -> int:
        """Its bytes."""


Kept = TypeVar("Kept", bound=Sized)


@dataclass(frozen=True, slots=True)
class Moment:
    """When an answer began to be read: what had been heard of its topic, and the minute of the clock.

    Deadlines pass with the clock, to the minute, so no answer outlives its minute.
    """

    topic: Topic
    generation: int
    minute: int

    @classmethod
    def present(cls, topic: Topic) -> "Moment":
        """Return this moment."""
        return cls(topic, topic.generation, minute())

    @property
    def is_past(self) -> bool:
        """Whether something has changed since, or the minute is over."""
        return self.generation != self.topic.generation or self.minute != minute()


class Entries(Generic[Kept]):
    """Answers by key. What is out of date stays until it is replaced or pushed out, but is never returned."""

    def __init__(self, most_bytes: int) -> None:
        self._entries: LRUCache[object, tuple[Moment, Kept]] = LRUCache(
            most_bytes, getsizeof=lambda entry: entry[1].size + _BYTES_BESIDE_THE_CONTENT
        )

    def get(self, key: object) -> Kept | None:
        """Return an answer as long as it is right."""
        found = self._entries.get(key)
        if found is None or found[0].is_past:
            return None
        return found[1]

    def put(self, key: object, kept: Kept, moment: Moment) -> None:
        """Keep an answer that began to be read at a moment, if it is right still and not larger than all."""
        if not moment.is_past and kept.size + _BYTES_BESIDE_THE_CONTENT <= self._entries.maxsize:
            self._entries[key] = (moment, kept)

    def weigh(self, key: object) -> None:
        """Note that an answer has grown."""
        if (found := self._entries.pop(key, None)) is not None:
            self.put(key, found[1], found[0])

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def size(self) -> int:
        """Bytes of all."""
        return int(self._entries.currsize)
