"""Optimisations that can be switched off, or on for a share only, while the results stay the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from zlib import crc32

FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "response_cache": "Give ready answers again as long as nothing that they show has changed.",
        "compression": "Compress answers for clients that take it.",
        "search_chooser": "Search in the way that is cheapest for how frequent the words are.",
        "conditional_requests": "Ask websites only for pages that changed since the last visit.",
        "batch_writes": "Write calls that were found many at a time.",
        "recipes": "Read where earlier visits found calls and their values; find these again after a change.",
        "language_model": "Ask a language model for what the rules miss, where one is named.",
        "browser_reuse": "Show pages in tabs of the browser that are open already.",
    }
)
"""Name -> what it does. Each has a setting, ``HOIST_FEATURES_`` and the name."""

_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """For how many a feature is switched on, from 0 to 100 percent."""

    percent: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``on``, ``off`` or a share such as ``25%``.

        :raises ValueError: it is none of these.
        """
        words = text.strip().lower()
        if words in ("on", "off"):
            return cls(100.0 if words == "on" else 0.0)
        number = words.removesuffix("%")
        if number == words or not number.replace(".", "", 1).isdigit() or float(number) > 100:
            raise ValueError("write on, off or a share such as 25%")
        return cls(float(number))

    def includes(self, name: str) -> bool:
        """Whether it is on for a website or a request: for the same one always the same answer."""
        if self.percent in (0.0, 100.0):
            return self.percent > 0
        return crc32(name.encode()) % _PARTS < self.percent * _PARTS / 100

    def __str__(self) -> str:
        if self.percent in (0.0, 100.0):
            return "on" if self.percent else "off"
        return f"{self.percent:g}%"


ON = Share(100.0)
OFF = Share(0.0)
