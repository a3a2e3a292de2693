"""What one award gives, as sentences say it, and sums beside it that no award gives."""

from datetime import date
from decimal import Decimal

import pytest

from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse

PAGE = "<h1>Community arts grant</h1><p>The fund supports groups that bring people together.</p><p>{said}</p>"


@pytest.mark.parametrize(
    ("said", "low", "high", "currency"),
    [
        ("Grants of up to £5,000 are available.", None, 5000, "GBP"),
        ("Awards range from $10,000 to $50,000.", 10000, 50000, "USD"),
        ("The total budget is €2 million; grants are between €50,000 and €200,000.", 50000, 200000, "EUR"),
        ("Fördersumme: bis zu 1,5 Mio. Euro", None, 1500000, "EUR"),
        ("Up to 75% of costs, at most €30,000 per project.", None, 30000, "EUR"),
        ("Minimum grant £500, maximum grant £5,000", 500, 5000, "GBP"),
        ("Grants up to NOK 500 000", None, 500000, "NOK"),
        ("Dofinansowanie do 100 000 zł", None, 100000, "PLN"),
        ("Dotace až 500 000 Kč", None, 500000, "CZK"),
        ("Subsidie: maximaal € 25.000,-", None, 25000, "EUR"),
        ("We gave away $1 million in 2025. Grants are between $1,000 and $5,000.", 1000, 5000, "USD"),
    ],
)
def test_a_sentence_says_what_one_award_gives(
    said: str, low: int | None, high: int | None, currency: str
) -> None:
    read = read_detail(parse(PAGE.format(said=said)), today=date(2027, 1, 15))
    assert (read.amount_min, read.amount_max, read.currency) == (
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        currency,
    )


@pytest.mark.parametrize(
    "said",
    [
        "The total fund is £1m.",
        "Tender fee: Rs. 5,000. Earnest money: Rs 50,000.",
        "Organisations with an annual turnover under £500,000 may apply.",
        "Last year we awarded £300,000 to 20 projects.",
        "Projects must cost at least €100,000.",
        "You need match funding of £5,000.",
        "Insurance of £5 million is required.",
        "A fine of up to €5,000 may be imposed.",
        "Salary: £35,000 to £40,000",
        "The foundation has assets of $20 million.",
        "Applicants with income below £20,000 pay no fee.",
    ],
)
def test_other_sums_are_no_awards(said: str) -> None:
    read = read_detail(parse(PAGE.format(said=said)), today=date(2027, 1, 15))
    assert (read.amount_min, read.amount_max) == (None, None)
