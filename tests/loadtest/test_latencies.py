"""Latencies in buckets."""

import random

from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.loadtest.latencies import Latencies, joined


def counted(values: list[float]) -> Latencies:
    latencies = Latencies()
    for value in values:
        latencies.add(value)
    return latencies


@given(st.lists(st.floats(min_value=1e-6, max_value=3600), min_size=1, max_size=200), st.floats(0.01, 1))
def test_a_quantile_is_never_too_good_and_hardly_too_bad(values: list[float], share: float) -> None:
    found = counted(values).quantile(share)
    wanted = sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]
    assert found >= wanted - 1e-6
    assert found <= wanted * (1 + 1 / 32) + 2e-6


def test_memory_does_not_grow_with_what_is_counted() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    latencies = counted([chance.lognormvariate(-5, 2) for _ in range(50_000)])
    assert latencies.count == 50_000
    assert len(list(latencies.buckets())) < 2_000


def test_what_is_joined_is_as_if_counted_together() -> None:
    together, apart = counted([0.001, 0.2, 3]), joined([counted([0.001]), counted([3, 0.2])])
    assert list(together.buckets()) == list(apart.buckets())
    assert (apart.count, apart.highest_seconds) == (3, 3)


def test_without_any_there_is_no_quantile() -> None:
    assert Latencies().quantile(0.95) == 0
