"""Which of several dates is the deadline."""

from datetime import date

import pytest

from hoistscraper.extraction.candidate import Moment
from hoistscraper.extraction.dated import DatedValue, stated_dates
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.deadlines import choose

CONTEXT = DateContext(today=date(2027, 1, 12))


def fields(sentence: str) -> list[str]:
    return [each.field for each in stated_dates(sentence, CONTEXT)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Applications must be received by 5 pm on 3 May 2027.",
        "The closing date is 3 May 2027.",
        "Apply by May 3, 2027.",
        "Proposals are due no later than 3 May 2027",
        "Les dossiers sont à envoyer avant le 3 mai 2027.",
        "Bewerbungen sind bis zum 3. Mai 2027 möglich.",
        "El plazo finaliza el 3 de mayo de 2027.",
        "Le domande vanno presentate entro il 3 maggio 2027.",
    ],
)
def test_a_sentence_states_the_deadline(sentence: str) -> None:
    assert fields(sentence) == ["deadline"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bids will be opened on 3 May 2027.",
        "Questions must be submitted by 3 May 2027.",
        "Letters of intent are due by 3 May 2027.",
        "Winners will be announced by 3 May 2027.",
        "The project must be completed by 3 May 2027.",
        "The trust was founded on 3 May 1987.",
        "Last updated 3 May 2027",
    ],
)
def test_a_sentence_on_another_date_states_none(sentence: str) -> None:
    assert "deadline" not in fields(sentence)


def test_a_period_opens_and_closes() -> None:
    found = list(stated_dates("Applications are accepted from 1 March 2027 to 30 April 2027.", CONTEXT))
    assert [(each.field, each.moment.date) for each in found] == [
        ("opening_date", date(2027, 3, 1)),
        ("deadline", date(2027, 4, 30)),
    ]


def rounds(*days: str) -> DatedValue | None:
    found = [each for day in days for each in stated_dates(f"Deadline: {day}", CONTEXT)]
    return choose(found, CONTEXT.today).deadline


def test_of_several_rounds_the_next_one_counts_else_the_latest() -> None:
    coming = rounds("1 October 2026", "1 June 2027", "1 February 2027")
    assert coming is not None
    assert coming.moment.date == date(2027, 2, 1)
    past = rounds("1 October 2025", "1 June 2026")
    assert past is not None
    assert past.moment.date == date(2026, 6, 1)
    assert rounds() is None


def test_of_deadlines_to_come_the_one_under_the_usual_label_goes_first_and_never_a_past_one() -> None:
    def labelled(label: str, day: date) -> DatedValue:
        return DatedValue("deadline", label, Moment(day), f"{label}: {day}")

    prize = labelled("Deadline of the prize", date(2027, 2, 1))
    own = labelled("Deadline (round 2)", date(2027, 5, 3))
    past = labelled("Deadline (round 2)", date(2026, 5, 3))

    def chosen(*dates: DatedValue, usual_label: str | None = "deadline (round )") -> DatedValue | None:
        return choose(dates, CONTEXT.today, usual_label=usual_label).deadline

    assert chosen(prize, own, usual_label=None) is prize
    assert chosen(prize, own) is own
    assert choose([prize, own], CONTEXT.today, usual_label="deadline (round )").others == (prize,)
    assert chosen(prize, past) is prize
    assert chosen(prize) is prize
