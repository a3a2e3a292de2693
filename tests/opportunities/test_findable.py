"""What a call is found and ordered by."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from hoistscraper.opportunities.findable import LONG_AGO, NEVER, ends_at, findable
from hoistscraper.opportunities.marks import amount_marks, amount_step, draw_query
from hoistscraper.opportunities.words import words_of

AT = datetime(2030, 6, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Appel à projets: l'Été", ["appel", "a", "projets", "l", "ete"]),
        ("Łódź Ærø Straße", ["lodz", "aero", "strasse"]),
        ("ＥＵ–2030/17_b", ["eu", "2030", "17", "b"]),
        ("Πρόσκληση", ["προσκληση"]),
        ("研究資金2030", ["研究", "究資", "資金", "金", "2030"]),
        ("金", ["金"]),
        ("अनुदान योजना", ["अनुदान", "योजना"]),
        ("مِنحة بحث", ["منحة", "بحث"]),
        ("x" * 100, ["x" * 64]),
        (" … ", []),
    ],
)
def test_words_are_told_apart_in_every_script(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("status", "closes_at", "ends"),
    [
        ("open", AT + DAY, AT + DAY),
        ("open", AT - DAY, AT - DAY),
        ("unknown", None, NEVER),
        ("closed", AT - DAY, AT - DAY),
        ("closed", AT + DAY, LONG_AGO),
        ("closed", None, LONG_AGO),
    ],
)
def test_a_call_is_closed_from_the_instant_on_that_it_is_ordered_by(
    status: str, closes_at: datetime | None, ends: datetime
) -> None:
    assert ends_at(status, closes_at, AT) == ends


def test_amounts_have_steps_of_one_and_three() -> None:
    amounts = ("0", "0.5", "1", "2.99", "3", "9", "10", "30", "99999", "1e40")
    assert [amount_step(Decimal(each)) for each in amounts] == [0, 0, 1, 1, 2, 2, 3, 4, 10, 26]
    assert list(amount_marks(Decimal(10), Decimal(40))) == ["amount=03", "amount=04"]
    assert len(list(amount_marks(Decimal(10), None))) == 24


def test_a_row_is_marked_by_what_it_may_be_filtered_by() -> None:
    columns = {
        "id": UUID("019b0000-0000-7000-8000-0000000000ab"),
        "title": "Water mills",
        "organisation": "Région d'Ostia",
        "reference_number": "OST-2030/17",
        "location": None,
        "summary": "Mills of old.",
        "eligibility": None,
        "categories": ["Water & Land"],
        "status": "unknown",
        "closes_at": AT,
        "opening_date": date(2030, 5, 31),
        "amount_min": None,
        "amount_max": Decimal(20_000),
        "currency": "EUR",
        "documents": [{"url": "https://example.org/a.pdf"}],
        "changed_at": AT,
    }
    found = findable(columns, first_seen_at=AT - 40 * DAY, sites=["https://example.org/"])
    marks = set(re.findall(r"'([a-z]+=[^']*)'", str(found["search"])))
    assert {mark for mark in marks if not mark.startswith("site=")} == {
        "amount=09",
        "category=water land",
        "closes=2030-06",
        "currency=eur",
        "draw=ab",
        "has=documents",
        "opens=2030-05",
        "organisation=region d ostia",
        "reference=ost203017",
        "says=unknown",
        "seen=2030-05",
        "title=mills",
        "title=water",
    }
    assert "'mills':2,33" in str(found["search"])
    assert (found["amount_order"], found["organisation_key"]) == (Decimal(20_000), "region d ostia")


def test_the_end_of_an_id_draws_few() -> None:
    assert draw_query("12ab") == "'draw=ab'"
    assert draw_query("b").count("|") == 15
