"""The budgets of the API, each with what was measured and by how much it is met or missed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.api.asking import Answered
from benchmarks.api.questions import LIST, ONE, STATS, WORDS
from benchmarks.api.variants import CACHED, UNCACHED

Measured: TypeAlias = Mapping[tuple[str, str, int], Answered]
"""By variant, question and connections."""


@dataclass(frozen=True, slots=True)
class Budget:
    """One figure held against what it may be; ``is_least``: at least so much, else at most."""

    name: str
    value: float
    limit: float
    unit: str
    is_least: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether it is not kept."""
        return self.value < self.limit if self.is_least else self.value > self.limit

    def in_words(self) -> str:
        """Return a line: what, how much, how much it may be, and by how much that is met or missed."""
        rule = "at least" if self.is_least else "at most"
        factor = _factor(self.value, self.limit, is_least=self.is_least)
        verdict = f"MISSED {factor:.2f} x" if self.is_missed else f"met    {1 / factor:.2f} x"
        told = f"{self.value:>12,.1f} {self.unit:<6}"
        return f"{self.name:<58}{told} {rule} {self.limit:>7,g} {self.unit:<6} {verdict}"


def budgets(measured: Measured, seconds_to_answer: float) -> Iterator[Budget]:
    """Yield those that could be measured."""
    for name in (LIST, *WORDS):
        yield from _of(
            measured,
            (UNCACHED, name, 100),
            ("p95", lambda a: a.p95, 100, "ms", False),
            ("requests", lambda a: a.per_second, 1_500, "/s", True),
        )
    yield from _of(
        measured,
        (CACHED, LIST, 100),
        ("p95", lambda a: a.p95, 10, "ms", False),
        ("requests", lambda a: a.per_second, 15_000, "/s", True),
    )
    yield from _of(measured, (UNCACHED, ONE, 100), ("requests", lambda a: a.per_second, 2_500, "/s", True))
    yield from _of(measured, (UNCACHED, ONE, 1_000), ("failures", lambda a: a.failures, 0, "", False))
    yield from _of(measured, (UNCACHED, STATS, 1), ("p95", lambda a: a.p95, 5, "ms", False))
    of_ours = [each.memory_megabytes for (variant, *_), each in measured.items() if variant == UNCACHED]
    if of_ours:
        yield Budget("memory of the server, at most", max(of_ours), 250, "MB")
    yield Budget("start of the process to its first answer", seconds_to_answer, 3, "s")


Rule: TypeAlias = tuple[str, Callable[[Answered], float], float, str, bool]


def _of(measured: Measured, key: tuple[str, str, int], *rules: Rule) -> Iterator[Budget]:
    answered = measured.get(key)
    if answered is None:
        return
    variant, question, connections = key
    for what, value, limit, unit, is_least in rules:
        name = f"{question}, {variant.removeprefix('ours, ')}, {connections} connections: {what}"
        yield Budget(name, value(answered), limit, unit, is_least)


def _factor(value: float, limit: float, *, is_least: bool) -> float:
    """Return how many times worse than the limit a value is."""
    better, worse = (value, limit) if is_least else (limit, value)
    return max(worse, 1e-9) / max(better, 1e-9)


def missed(found: Sequence[Budget]) -> bool:
    """Return whether any of them is."""
    return any(each.is_missed for each in found)
