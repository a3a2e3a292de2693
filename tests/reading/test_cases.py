"""Pages of many layouts with invented content, and what a careful reader finds on them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoistscraper.reading.contract import reading_as_json
from hoistscraper.reading.read import read_page

CASES = sorted((Path(__file__).parent / "cases").iterdir())
TODAY = date(2027, 1, 15)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_read_as_a_careful_reader_would(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    page = next(case.glob("page.*"))

    answer = reading_as_json(read_page(page.read_bytes(), url=expected["url"], today=TODAY))

    assert answer["kind"] == expected["kind"]
    assert answer["next_page"] == expected["next_page"]
    assert answer["needs_browser"] == expected.get("needs_browser", False)
    assert _alike(answer["items"], expected["items"]) == expected["items"]
    if "opportunity" in expected:
        assert _alike([answer["opportunity"]], [expected["opportunity"]]) == [expected["opportunity"]]


def _alike(read: Any, wanted: list[dict[str, object]]) -> list[dict[str, object]]:  # noqa: ANN401 - JSON
    """Return what was read, of each entry only the fields that the expectation names."""
    names = [set(entry) for entry in wanted] + [{"title", "url"}] * max(0, len(read) - len(wanted))
    return [
        {key: entry[key] for key in entry if key in name} for entry, name in zip(read, names, strict=False)
    ]
