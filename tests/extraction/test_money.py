"""Sums of money as funding pages write them, and numbers that are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.extraction.currencies import CODES, NAMES, SIGNS
from hoistscraper.extraction.money import find_amounts

Read = tuple[str | None, str | None, str | None]


def read(text: str, hint: str | None = None) -> list[Read]:
    return [
        (shown(found.low), shown(found.high), found.currency)
        for found in find_amounts(text, currency_hint=hint)
    ]


def shown(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount.normalize(), "f")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$200", ("200", "200", "USD")),
        ("US$1,028,000", ("1028000", "1028000", "USD")),
        ("A$250k", ("250000", "250000", "AUD")),
        ("1.234,56 €", ("1234.56", "1234.56", "EUR")),
        ("EUR 1,234.56", ("1234.56", "1234.56", "EUR")),
        ("1 234,56 EUR", ("1234.56", "1234.56", "EUR")),
        ("CHF 1'234.50", ("1234.5", "1234.5", "CHF")),
        ("€ 1.000", ("1000", "1000", "EUR")),
        ("2.250.000,00 Euro", ("2250000", "2250000", "EUR")),
        ("Rs. 5 lakh", ("500000", "500000", "INR")),
        ("₹2.5 crore", ("25000000", "25000000", "INR")),
        ("Rs 12,34,567.00", ("1234567", "1234567", "INR")),
        ("£3 million", ("3000000", "3000000", "GBP")),
        ("1,5 Millionen Euro", ("1500000", "1500000", "EUR")),
        ("20 000 zł", ("20000", "20000", "PLN")),
        ("up to $5,000", (None, "5000", "USD")),
        ("a maximum of £10,000", (None, "10000", "GBP")),
        ("jusqu'à 10 000 €", (None, "10000", "EUR")),
        ("bis zu 50.000 Euro", (None, "50000", "EUR")),
        ("fino a 20.000 euro", (None, "20000", "EUR")),
        ("at least $10,000", ("10000", None, "USD")),
        ("€5,000 - €10,000", ("5000", "10000", "EUR")),
        ("EUR 5-10 million", ("5000000", "10000000", "EUR")),
        ("$5-10M", ("5000000", "10000000", "USD")),
        ("between €150,000 and €500,000", ("150000", "500000", "EUR")),
        ("USD 15,000 to USD 40,000", ("15000", "40000", "USD")),
    ],
)
def test_a_sum_is_read(text: str, expected: Read) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text", ["2026", "1028000", "25,000", "5 m wide", "section 3 b", "tel. 0123 456 789", ""]
)
def test_a_number_without_a_currency_is_no_sum(text: str) -> None:
    assert read(text) == []


def test_a_hint_makes_bare_sums_of_labelled_values_readable() -> None:
    assert read("25,000", "EUR") == [("25000", "25000", "EUR")]
    assert read("2026", "EUR") == []
    assert read("$500", "CAD") == [("500", "500", "CAD")]


def test_and_without_between_joins_two_sums_into_no_range() -> None:
    assert read("prizes of $500 and $1,000") == [("500", "500", "USD"), ("1000", "1000", "USD")]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader_and_quotes_lie_within_it(text: str) -> None:
    for found in find_amounts(text, currency_hint="EUR"):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("piece", ["1 ", "1,111", "$", "$1-", "€ 1.000 ", "up to ", "1 million "])
def test_long_monotonous_text_is_read_all_the_same(piece: str) -> None:
    assert isinstance(find_amounts(piece * 10_000), list)


@pytest.mark.parametrize("written", sorted({*SIGNS, *NAMES, *CODES}))
def test_every_way_to_write_a_currency_makes_a_number_a_sum(written: str) -> None:
    assert any(read(text) for text in (f"{written} 5,000", f"gets 5,000 {written} a year", f"5,000{written}"))
