"""Candidates to JSON and back."""

import json
from datetime import date, time
from decimal import Decimal

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, Moment, NamedDate, Status
from hoistscraper.opportunities.changes import changes
from hoistscraper.opportunities.values import evidence_json, from_json, to_json

WHOLE = Candidate(
    url="https://a.org/1",
    title="Meadows",
    organisation="River Trust",
    summary="Restoring meadows.",
    reference_number="RT-2026-1",
    status=Status.OPEN,
    opening_date=Moment(date(2026, 12, 1)),
    deadline=Moment(date(2027, 3, 1), time(17), "Europe/Paris"),
    other_dates=(NamedDate("Questions until", Moment(date(2027, 2, 1))),),
    amount_min=Decimal("5000.50"),
    amount_max=Decimal(20000),
    currency="EUR",
    eligibility="Charities",
    contact_name="A. Person",
    contact_email="a@example.org",
    contact_phone="+33 1 00 00 00 00",
    documents=(DocumentLink("https://a.org/1.pdf", "Guide", "application/pdf"),),
    categories=("nature",),
    location="France",
    evidence={"title": Evidence("Meadows", "heading", 0.9, "https://a.org/1")},
)


def test_a_candidate_survives_json() -> None:
    stated = json.loads(json.dumps(to_json(WHOLE)))
    evidence = json.loads(json.dumps(evidence_json(WHOLE)))
    assert from_json(WHOLE.url, stated, evidence) == WHOLE


def test_what_is_unknown_is_left_out() -> None:
    assert to_json(Candidate(title="A")) == {"title": "A"}


def test_changes_name_the_field_with_both_values_and_the_new_proof() -> None:
    [change] = changes(
        {"title": "A", "currency": "EUR"}, {"title": "B", "currency": "EUR"}, {"title": "proof"}
    )
    assert (change.field, change.old, change.new, change.evidence) == ("title", "A", "B", "proof")


def test_a_value_that_is_gone_is_a_change() -> None:
    [change] = changes({"title": "A", "currency": "EUR"}, {"title": "A"}, {})
    assert (change.field, change.old, change.new) == ("currency", "EUR", None)
