"""What speaks for a row being a call."""

import pytest

from hoistscraper.discovery.rows import Row
from hoistscraper.discovery.weighing import weigh_row
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.row import LabelledText


def weight(text: str) -> float:
    texts = (LabelledText(None, text),)
    return weigh_row(Row("Weaving in the valley", None, texts, parse("").root), frozenset())[0]


@pytest.mark.parametrize(
    "text",
    [
        "3 March",
        "March 3",
        "3. März",
        "3 de mayo",
        "Mar. 3",
        "due 3/4/2027",
        "2027-03-04",
        "4 of June",
        "May, 2027",
    ],
)
def test_a_date_speaks_for_a_call(text: str) -> None:
    assert weight(f"Weaving in the valley {text} open to all who weave") > weight("Weaving in the valley")


@pytest.mark.parametrize("text", ["30 places", "room 4", "in March", "3marches", "maying 5", "may5"])
def test_numbers_and_months_alone_are_no_date(text: str) -> None:
    assert weight(f"Weaving in the valley {text}") == weight("Weaving in the valley, all of it")


@pytest.mark.parametrize("text", ["$5", "£ 5", "5 €", "₹5", "5000 EUR", "CHF: 5"])
def test_a_sum_speaks_for_a_call(text: str) -> None:
    assert weight(f"Weaving in the valley {text}") > weight("Weaving in the valley, all of it")


@pytest.mark.parametrize("text", ["$ to spare", "EUROPE", "the eur"])
def test_signs_of_money_alone_are_no_sum(text: str) -> None:
    assert weight(f"Weaving in the valley {text}") == weight("Weaving in the valley, all of it")
