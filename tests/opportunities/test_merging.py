"""One call told more than once."""

from datetime import date
from decimal import Decimal

from hoistscraper.extraction.candidate import Candidate, Evidence, Moment, Status
from hoistscraper.opportunities.merging import complete, merge

MARCH, APRIL = Moment(date(2027, 3, 1)), Moment(date(2027, 4, 1))


def proof(confidence: float) -> Evidence:
    return Evidence("quote", "test", confidence)


def test_what_only_one_telling_states_is_taken_with_its_proof() -> None:
    page = Candidate(title="A", evidence={"title": proof(0.9)})
    row = Candidate(title="A", deadline=MARCH, evidence={"title": proof(0.8), "deadline": proof(0.7)})
    merged = merge([page, row])
    assert merged.deadline == MARCH
    assert merged.evidence["deadline"] == proof(0.7)


def test_where_two_differ_the_first_wins_unless_the_second_is_clearly_better_proven() -> None:
    sure = Candidate(deadline=APRIL, evidence={"deadline": proof(0.9)})
    doubtful = Candidate(deadline=MARCH, evidence={"deadline": proof(0.6)})
    close = Candidate(deadline=MARCH, evidence={"deadline": proof(0.88)})
    assert merge([doubtful, sure]).deadline == APRIL
    assert merge([close, sure]).deadline == MARCH


def test_an_amount_is_never_mixed_from_two_tellings() -> None:
    first = Candidate(amount_max=Decimal(500))
    second = Candidate(amount_min=Decimal(10), amount_max=Decimal(900), currency="EUR")
    merged = merge([first, second])
    assert (merged.amount_min, merged.amount_max, merged.currency) == (None, Decimal(500), None)


def test_a_currency_joins_the_same_amount() -> None:
    first = Candidate(amount_max=Decimal(500))
    second = Candidate(amount_max=Decimal(500), currency="EUR")
    assert merge([first, second]).currency == "EUR"


def test_completing_never_replaces() -> None:
    row = Candidate(deadline=MARCH, evidence={"deadline": proof(0.1)})
    before = Candidate(
        deadline=APRIL, organisation="River Trust", status=Status.OPEN, evidence={"deadline": proof(1.0)}
    )
    completed = complete(row, before)
    assert completed.deadline == MARCH
    assert completed.organisation == "River Trust"
    assert completed.status is Status.OPEN
