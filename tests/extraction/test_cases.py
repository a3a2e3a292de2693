"""Each folder below cases/ is a page of ours and what must be read from it; a new case is a new folder."""

import json
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse

CASES = Path(__file__).parent / "cases"
TODAY = date(2027, 1, 12)
ADDRESS = "https://funding.example/calls/one.html"
STARTS_WITH = ("summary", "eligibility")


def read(case: Path) -> Candidate:
    text = (case / "page.html").read_text("utf-8")
    return read_detail(parse(text, ADDRESS), today=TODAY)


def shown(candidate: Candidate, field: str) -> object:
    match field:
        case "deadline" | "opening_date":
            moment = candidate.deadline if field == "deadline" else candidate.opening_date
            return moment and moment.isoformat()
        case "deadline_timezone":
            return candidate.deadline and candidate.deadline.timezone
        case "documents":
            return [document.url for document in candidate.documents]
        case "other_dates":
            return [each.moment.date.isoformat() for each in candidate.other_dates]
        case "amount_min" | "amount_max":
            amount = candidate.amount_min if field == "amount_min" else candidate.amount_max
            return None if amount is None else str(amount)
    return cast("object", getattr(candidate, field))


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_page_is_read_as_expected(case: Path) -> None:
    expected = cast("dict[str, object]", json.loads((case / "expected.json").read_text("utf-8")))
    candidate = read(case)
    found = {field: shown(candidate, field) for field in expected}
    for field in STARTS_WITH:
        if isinstance(expected.get(field), str) and found[field]:
            found[field] = str(found[field])[: len(str(expected[field]))]
    assert found == expected


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_every_value_comes_with_its_proof(case: Path) -> None:
    candidate = read(case)
    unproven = [
        name
        for name in (
            "title",
            "organisation",
            "deadline",
            "opening_date",
            "amount_max",
            "summary",
            "contact_email",
        )
        if getattr(candidate, name) is not None and name not in candidate.evidence
    ]
    assert unproven == []
    assert all(0 < proof.confidence <= 1 and proof.quote for proof in candidate.evidence.values())
