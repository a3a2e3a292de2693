"""Latencies in buckets that grow with them: any number of them in little memory, each known to 1.6 %.

The layout is that of HDR histograms: below 64 microseconds a bucket for each, above 64 for each doubling.
"""

import math
from collections.abc import Iterator

_STEPS_BITS = 6
_STEPS = 1 << _STEPS_BITS
_LONGEST_MICROSECONDS = 1 << 36
"""Nineteen hours; whoever waits longer waits this long here."""


class Latencies:
    """How often each latency was met; quantiles are those of the bucket's upper end, so never too good."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self.count = 0
        self.highest_seconds = 0.0

    def add(self, seconds: float) -> None:
        """Count one."""
        place = _place(int(seconds * 1e6))
        self._counts[place] = self._counts.get(place, 0) + 1
        self.count += 1
        self.highest_seconds = max(self.highest_seconds, seconds)

    def join(self, other: "Latencies") -> None:
        """Count all of another's too."""
        for place, count in other._counts.items():  # noqa: SLF001 - of our own kind
            self._counts[place] = self._counts.get(place, 0) + count
        self.count += other.count
        self.highest_seconds = max(self.highest_seconds, other.highest_seconds)

    def quantile(self, share: float) -> float:
        """Return the seconds that a share (0 to 1) of all did not exceed; 0 where there are none."""
        wanted = max(1, math.ceil(share * self.count))
        met = 0
        for seconds, count in self.buckets():
            met += count
            if met >= wanted:
                return min(seconds, self.highest_seconds)
        return self.highest_seconds

    def buckets(self) -> Iterator[tuple[float, int]]:
        """Yield the upper end of each bucket in seconds, and how many it holds, from the fastest on."""
        for place in sorted(self._counts):
            yield _upper_end(place) / 1e6, self._counts[place]


def joined(several: "list[Latencies]") -> Latencies:
    """Return all of several as one."""
    whole = Latencies()
    for each in several:
        whole.join(each)
    return whole


def _place(microseconds: int) -> int:
    value = min(max(microseconds, 0), _LONGEST_MICROSECONDS)
    doublings = max(0, value.bit_length() - _STEPS_BITS - 1)
    return doublings * _STEPS + (value >> doublings)


def _upper_end(place: int) -> int:
    doublings = max(0, place // _STEPS - 1)
    return (place - doublings * _STEPS + 1) << doublings
