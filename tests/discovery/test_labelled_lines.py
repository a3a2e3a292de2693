"""Labels among the lines of a card, wherever their values stand."""

import pytest

from hoistscraper.discovery.labelled_lines import labelled_lines

Pairs = list[tuple[str | None, str]]


@pytest.mark.parametrize(
    ("lines", "pairs"),
    [
        (["Deadline", "5 May 2027"], [("Deadline", "5 May 2027")]),
        (["Deadline: 5 May 2027"], [("Deadline", "5 May 2027")]),
        (["Deadline:", "5 May 2027"], [("Deadline", "5 May 2027")]),
        (
            ["Opens", "Closes", "1 May 2027", "5 May 2027"],
            [("Opens", "1 May 2027"), ("Closes", "5 May 2027")],
        ),
        (["1 May 2027", "Deadline", "5 May 2027"], [(None, "1 May 2027"), ("Deadline", "5 May 2027")]),
        (["Open", "Deadline", "5 May 2027"], [(None, "Open"), ("Deadline", "5 May 2027")]),
        (
            ["Opens", "Closes", "1 May 2027", "not yet known"],
            [(None, "Opens"), (None, "Closes"), (None, "1 May 2027"), (None, "not yet known")],
        ),
        (["Closes 17:00 5 May 2027"], [(None, "Closes 17:00 5 May 2027")]),
        (["Closing date: 17:00 on 5 May 2027"], [("Closing date", "17:00 on 5 May 2027")]),
    ],
)
def test_a_value_stands_beside_or_below_its_label(lines: list[str], pairs: Pairs) -> None:
    assert labelled_lines(lines) == pairs


@pytest.mark.parametrize("after", [[], ["Read more"], ["Choirs and orchestras of the region, " * 3]])
def test_dates_may_stand_above_their_labels(after: list[str]) -> None:
    told = labelled_lines(["River fund", "5 May 2027", "Deadline", "1 June 2027", "Start of project", *after])
    assert [text for text in told if text.label] == [
        ("Deadline", "5 May 2027"),
        ("Start of project", "1 June 2027"),
    ]


def test_dates_that_may_stand_above_or_below_are_nobodys() -> None:
    lines = ["1 April 2027", "Deadline", "5 May 2027", "Start of project", "as soon as possible"]
    assert [text for text in labelled_lines(lines) if text.label] == []


def test_a_date_above_the_last_label_is_its_own() -> None:
    assert labelled_lines(["River fund", "5 May 2027", "Deadline"]) == [
        (None, "River fund"),
        ("Deadline", "5 May 2027"),
    ]
