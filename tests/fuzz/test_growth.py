"""What strangers write costs in line with its size, and breaks nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.growth import MOST_RATIO, PIECES, calls_of, measure
from benchmarks.fuzz.readers import READERS

_COUNT = 60
_PAGES = ("page", "linked page", "page by a recipe")
_TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=40, deadline=None)
@given(text=_TEXTS)
def test_no_text_breaks_a_reader(name: str, text: str) -> None:
    READERS[name](text)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("name", [name for name in READERS if name not in _PAGES])
def test_twice_the_text_takes_about_twice_the_steps(name: str, piece: str) -> None:
    once, twice = (calls_of(READERS[name], piece * count) for count in (_COUNT, 2 * _COUNT))
    assert twice < MOST_RATIO * once + 500


@pytest.mark.parametrize("piece", [piece for piece in PIECES if piece.startswith("<")])
def test_twice_the_page_takes_about_twice_the_steps(piece: str) -> None:
    once, twice = (calls_of(READERS["page"], piece * count) for count in (2 * _COUNT, 4 * _COUNT))
    assert twice < MOST_RATIO * once + 5_000


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_time_grows_with_size() -> None:
    assert [growth for growth in measure() if growth.is_superlinear] == []
