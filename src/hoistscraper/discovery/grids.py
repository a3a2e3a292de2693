"""Tables built of other elements: rows of equally many cells below a row of column labels."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from hoistscraper.discovery.layout import Layout
from hoistscraper.discovery.rows import Row, RowGroup
from hoistscraper.discovery.tables import Header, header_of, rows_of
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of
from hoistscraper.extraction.lines import one_line
from hoistscraper.extraction.row import LabelledText

_MOST_COLUMNS = 20
_LONGEST_LABEL = 40
_CERTAIN_COLUMNS = 4
_MOST_OF_A_PATTERN = 500  # labels stand above what they label, not below hundreds of the same pattern
_DIGITS = re.compile(r"\d{1,2}\b")
_NOT_A_ROW = frozenset(["tr", "table", "tbody", "thead", "select", "p", "dl", "form"])


def find_grids(layout: Layout) -> list[RowGroup]:
    """Return the grids of entries, each with the fields of its header."""
    found = []
    looked_at: Counter[int] = Counter()
    for place, node in enumerate(layout.nodes):
        if not _may_be_row(node) or looked_at[layout.shape[node]] == _MOST_OF_A_PATTERN:
            continue
        looked_at[layout.shape[node]] += 1
        if _labels_columns(node, layout):
            header = header_of(list(node))
            rows, left_out = rows_of(_rows_below(place, layout, len(node)), header, layout)
            if len(rows) >= 2 and _fits(rows, header):
                found.append(RowGroup("grid", tuple(rows), header.fields, left_out=left_out))
    return found


def _fits(rows: list[Row], header: Header) -> bool:
    """Tell whether the columns hold what their labels say: where dates are named, dates stand below."""
    if not header.fields & DATE_FIELDS:
        return len(header.labels) >= _CERTAIN_COLUMNS
    dated = sum(1 for row in rows if any(_is_dated(text) for text in row.texts))
    return dated >= len(rows) / 2


def _is_dated(text: LabelledText) -> bool:
    return (
        bool(text.label)
        and field_of(text.label or "") in DATE_FIELDS
        and _DIGITS.search(text.text) is not None
    )


def _may_be_row(node: HtmlElement) -> bool:
    return 3 <= len(node) <= _MOST_COLUMNS and node.tag not in _NOT_A_ROW


def _labels_columns(node: HtmlElement, layout: Layout) -> bool:
    if layout.text_length[node] > _LONGEST_LABEL * len(node):
        return False
    written: list[str] = []
    for cell in node:
        # One after the other: what is no label mostly says so in its first cells.
        text = one_line(cell)
        if len(text) > _LONGEST_LABEL:
            return False
        if text:
            written.append(text)
    named: list[str] = []
    for number, text in enumerate(written, start=1):
        if field := field_of(text):
            named.append(field)
        elif number - len(named) > 0.5 * len(written):
            return False
    return len(set(named)) >= 2


def _rows_below(place: int, layout: Layout, columns: int) -> Iterator[list[HtmlElement]]:
    # Rows of a grid are cousins of one pattern: the first one found names the pattern.
    pattern: int | None = None
    for node in layout.nodes[place + 1 :]:
        if len(node) != columns or node.tag in _NOT_A_ROW:
            continue
        if pattern is None and layout.text_length[node] and not _labels_columns(node, layout):
            pattern = layout.shape[node]
        if layout.shape[node] == pattern:
            yield list(node)
