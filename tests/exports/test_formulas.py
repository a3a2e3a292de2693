"""Text from strangers in spreadsheets."""

import pytest

from hoistscraper.exports.formulas import as_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_compute_is_kept_as_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Grants", "1 - 2", "", "€5"])
def test_other_text_is_left_alone(text: str) -> None:
    assert as_text(text) == text
