"""A few rounds of ``python -m benchmarks.chaos``, which plays two hundred before a release."""

import pytest

from benchmarks.chaos.__main__ import arena
from benchmarks.chaos.rounds import play

ROUNDS = 5


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("real_browser")
def test_whatever_dies_every_website_ends_as_if_nothing_had_happened() -> None:
    with arena(seed=20_310_301) as made:
        played = [play(made, number) for number in range(1, ROUNDS + 1)]
    assert [each.faults for each in played] == [[]] * ROUNDS
    assert all(each.blows for each in played)
