"""Labels and values in the layouts that pages use."""

import pytest

from hoistscraper.extraction.blocks import blocks_of
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.labels import pairs_of


def pairs(body: str) -> list[tuple[str, str]]:
    return [(pair.field, pair.value) for pair in pairs_of(blocks_of(parse(f"<body>{body}</body>").root))]


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>Closing date</dt><dd>3 May 2027</dd></dl>",
        "<table><tr><th>Closing date</th><td>3 May 2027</td></tr></table>",
        "<table><tr><td>Closing date:</td></tr><tr><td>3 May 2027</td></tr></table>",
        "<p>Closing date: 3 May 2027</p>",
        "<p><b>Closing date</b> 3 May 2027</p>",
        "<p><strong>Closing date:</strong><br>3 May 2027</p>",
        "<ul><li>Closing date: 3 May 2027</li></ul>",
        "<h3>Closing date</h3><p>3 May 2027</p>",
        "<div><div>Closing date</div><div>3 May 2027</div></div>",
    ],
)
def test_a_labelled_value_is_read(body: str) -> None:
    assert pairs(body) == [("deadline", "3 May 2027")]


def test_a_row_under_column_headers_is_read_by_column() -> None:
    row = "<tr><td>A-12</td><td>3 May 2027</td></tr>"
    table = f"<table><tr><th>Reference</th><th>Closing date</th></tr>{row}</table>"
    assert pairs(table) == [("reference_number", "A-12"), ("deadline", "3 May 2027")]


def test_a_list_of_many_rows_is_not_one_call() -> None:
    rows = "<tr><td>A-12</td><td>3 May 2027</td></tr>" * 3
    table = f"<table><tr><th>Reference</th><th>Closing date</th></tr>{rows}</table>"
    assert ("deadline", "3 May 2027") not in pairs(table)


def test_menu_entries_are_no_labels() -> None:
    assert pairs("<ul><li><a href='/a'>Funders</a></li><li><a href='/b'>Something</a></li></ul>") == []
