"""A search is checked when it is made."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from hoistscraper.errors import Invalid
from hoistscraper.search.query import Order, Search


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"order": Order.RELEVANCE}, "needs a word"),
        ({"order": Order.RELEVANCE, "words": "-arts"}, "needs a word"),
        ({"closing_within_days": -1}, "closing within"),
        ({"posted_within_days": 100_000}, "posted within"),
        ({"amount_min": Decimal(2), "amount_max": Decimal(1)}, "swap"),
        ({"amount_min": Decimal("NaN")}, "number"),
        ({"closes_from": date(2031, 1, 2), "closes_to": date(2031, 1, 1)}, "deadline"),
        ({"opens_from": date(2031, 1, 2), "opens_to": date(2031, 1, 1)}, "opening date"),
        ({"categories": tuple("abcdefghijklmnopqrstu")}, "choose fewer"),
        ({"organisations": ("",)}, "empty"),
        ({"reference_number": "x" * 301}, "longer"),
        ({"first_seen_since": datetime(2031, 1, 1)}, "zone"),  # noqa: DTZ001 - that is what is refused
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(filters: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        Search(**filters)
