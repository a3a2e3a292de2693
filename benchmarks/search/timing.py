"""How long PostgreSQL and its client take for a search."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


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


def processor_milliseconds(process: int) -> float:
    """Return how long a process of this machine has had a processor: what others do there does not matter."""
    told = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii")
    return int(told.split()[0]) / 1e6


def milliseconds_since(began: float) -> float:
    """Return the milliseconds since a ``perf_counter``."""
    return (time.perf_counter() - began) * 1000
