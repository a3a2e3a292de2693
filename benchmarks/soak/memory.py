"""The memory of each process over time: how much, and how fast it grows once warm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.api.soak import slope
from benchmarks.fleet.processes import family, private_megabytes

MOST_GROWTH = 0.02
"""Of its mean, over the second half: in the first one ready answers and plans fill the room they may take."""


@dataclass(slots=True)
class Memory:
    """Looks at processes by name; each series is of (seconds, megabytes)."""

    looks: Mapping[str, Callable[[], float]]
    series: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def look(self, at_seconds: float) -> str:
        """Note what each has now, and return it in a line."""
        for name, look in self.looks.items():
            self.series.setdefault(name, []).append((at_seconds, look()))
        return "  ".join(f"{name} {points[-1][1]:.1f} MB" for name, points in self.series.items())

    def growth(self, name: str) -> float:
        """Return by which share of its mean a process grows in the second half, by least squares."""
        points = self.series[name]
        warm = points[len(points) // 2 :]
        mean = sum(size for _, size in warm) / len(warm)
        return slope(warm) / 1000 * (warm[-1][0] - warm[0][0]) / 60 / mean


def rise(points: list[tuple[float, float]]) -> float:
    """Return by which share the most of the second half exceeds the most of the first.

    Told beside the slope of what rises and falls: connections keep plans, and are replaced after a while.
    """
    half = len(points) // 2
    return max(size for _, size in points[half:]) / max(size for _, size in points[:half]) - 1


def database_megabytes(server: int) -> float:
    """Return what the processes of a database have to themselves, without what they share."""
    return private_megabytes(server) + sum(map(_megabytes_if_there, family(server)))


def _megabytes_if_there(pid: int) -> float:
    # Connections are replaced all the time: one may be gone since it was listed, or have no memory any more.
    try:
        return private_megabytes(pid)
    except (FileNotFoundError, ProcessLookupError, StopIteration):
        return 0.0
