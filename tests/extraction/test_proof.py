"""A value without proof is left out."""

from datetime import date
from decimal import Decimal

import pytest

from hoistscraper.extraction.candidate import Candidate, Evidence, Moment
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.proof import proven

PAGE = "<body><h1>Reed fund</h1><p>Deadline: 3 May\n 2027. Grants of <b>EUR</b> 5,000.</p></body>"


def kept(candidate: Candidate) -> Candidate:
    return proven(candidate, Content(parse(PAGE), date(2027, 1, 12)))


def test_a_quoted_value_is_kept_whatever_the_white_space() -> None:
    moment = Moment(date(2027, 5, 3))
    candidate = Candidate(deadline=moment, evidence={"deadline": Evidence("3 May 2027", "prose", 0.7)})
    assert kept(candidate).deadline == moment


@pytest.mark.parametrize("quote", ["4 May 2027", "Reed fund"])
def test_a_date_that_its_quote_does_not_state_is_dropped(quote: str) -> None:
    candidate = Candidate(
        deadline=Moment(date(2027, 5, 4)), evidence={"deadline": Evidence(quote, "prose", 0.7)}
    )
    assert kept(candidate) == Candidate(evidence={})


def test_a_sum_that_its_quote_does_not_state_is_dropped() -> None:
    proof = Evidence("Grants of EUR 5,000", "prose", 0.7)
    candidate = Candidate(
        amount_min=Decimal(50), amount_max=Decimal(5000), evidence={"amount_min": proof, "amount_max": proof}
    )
    assert (kept(candidate).amount_min, kept(candidate).amount_max) == (None, Decimal(5000))


def test_words_that_the_page_does_not_hold_prove_nothing() -> None:
    candidate = Candidate(
        organisation="Marsh Trust", evidence={"organisation": Evidence("Marsh Trust", "prose", 0.7)}
    )
    assert kept(candidate).organisation is None
