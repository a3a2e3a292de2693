"""Tables whose rows are entries: a header row that names the columns, and rows below it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import eq

from lxml.html import HtmlElement

from hoistscraper.discovery.labelled_lines import labelled_lines
from hoistscraper.discovery.layout import Layout
from hoistscraper.discovery.links import name_row
from hoistscraper.discovery.naming import can_name, clean_title, leads_on, repeated_lines
from hoistscraper.discovery.rows import MOST_ROWS, Row, RowGroup
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.lines import lines, one_line
from hoistscraper.extraction.row import LabelledText

_MOST_INNER = 20
_MOST_SPANNED = 200  # rows
_MOST_LASTING = 6  # cells over several rows, side by side
_LONGEST_HEADER = 80
_DIGIT = re.compile(r"\d")
Cells = Sequence[HtmlElement]


@dataclass(frozen=True, eq=False)
class Header:
    """The labels of the columns; a column may carry several, one above the other."""

    labels: tuple[tuple[str, ...], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the labels name."""
        named = (field_of(label) for column in self.labels for label in column)
        return frozenset(field for field in named if field)

    def column_of(self, field: str) -> int | None:
        """Return the column whose only label names a field."""
        return next(
            (i for i, column in enumerate(self.labels) if [field_of(c) for c in column] == [field]), None
        )


@dataclass(frozen=True, eq=False)
class _Table:
    header: Header
    layout: Layout
    barred: frozenset[str]  # texts that many rows share, so that they name none
    title_column: int | None


def find_tables(layout: Layout) -> list[RowGroup]:
    """Return the tables of entries; tables of one header belong together."""
    together: dict[tuple[tuple[str, ...], ...], list[Row]] = {}
    headers: dict[tuple[tuple[str, ...], ...], Header] = {}
    left_out: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for table in (node for node in layout.nodes if node.tag == "table"):
        found = _read(table, layout)
        if found is not None:
            header, rows, more = found
            headers.setdefault(header.labels, header)
            together.setdefault(header.labels, []).extend(rows)
            left_out[header.labels] += more
    return [
        RowGroup("table", tuple(rows), headers[labels].fields, left_out=left_out[labels])
        for labels, rows in together.items()
        if rows
    ]


def rows_of(cells: Iterator[Cells], header: Header, layout: Layout) -> tuple[list[Row], int]:
    """Turn the cells of rows into entries by the header above them; also say how many are left out."""
    rows = list(islice(cells, MOST_ROWS))
    left_out = sum(1 for _ in cells)
    written = [[lines(cell) for cell in row] for row in rows]
    barred = repeated_lines([[line for told in row for line in told] for row in written])
    table = _Table(header, layout, barred, _title_column(rows, header, barred, layout.document))
    made = (_row(row, told, table) for row, told in zip(rows, written, strict=True))
    return [row for row in made if row is not None], left_out


def header_of(cells: Cells) -> Header:
    """Read header cells; a cell over several columns labels each of them."""
    labels: list[tuple[str, ...]] = []
    for cell in cells:
        texts = tuple(line.strip(" :") for line in lines(cell) if len(line) <= _LONGEST_HEADER)
        labels.extend([texts] * _span(cell))
    return Header(tuple(labels))


def _read(table: HtmlElement, layout: Layout) -> tuple[Header, list[Row], int] | None:
    inner = list(islice(table.iterdescendants("table"), _MOST_INNER + 1))
    if len(inner) > _MOST_INNER or not all(map(_is_alone_in_its_row, inner)):
        return None  # a table that holds tables arranges the page
    within = {row for each in inner for row in each.iter("tr")}
    rows = _spanned(row for row in table.iter("tr") if row not in within)
    place = next((i for i, cells in enumerate(rows[:4]) if _is_header(cells, rows)), None)
    if place is None:
        return None
    header = header_of(rows[place])
    written = [one_line(cell) for cell in rows[place]]
    body = (cells for cells in rows[place + 1 :] if len(cells) > 1 and not _repeats(cells, written))
    return header, *rows_of(body, header, layout)


def _is_alone_in_its_row(table: HtmlElement) -> bool:
    """Tell whether a table fills a row of another one, as the page numbers below its entries do."""
    row = next(table.iterancestors("tr"), None)
    return row is not None and len(cells_of(row)) == 1


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    """Return the cells of a table's row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def _spanned(rows: Iterator[HtmlElement]) -> list[list[HtmlElement]]:
    """Return the cells of rows; one over several rows stands in each of them."""
    found: list[list[HtmlElement]] = []
    # By its place: a cell, and in how many rows it still stands.
    lasting: dict[int, tuple[HtmlElement, int]] = {}
    for row in rows:
        own = cells_of(row)
        if not own:
            continue
        if len(lasting) > _MOST_LASTING:
            lasting.clear()  # no table of entries groups them so deeply
        cells: list[HtmlElement] = []
        while own or len(cells) in lasting:
            place = len(cells)
            cell, rows_left = lasting.pop(place) if place in lasting else _first_of(own)
            if rows_left > 1:
                lasting[place] = (cell, rows_left - 1)
            cells.append(cell)
        found.append(cells)
    return found


def _first_of(own: list[HtmlElement]) -> tuple[HtmlElement, int]:
    cell = own.pop(0)
    return cell, _lines_of(cell)


def _lines_of(cell: HtmlElement) -> int:
    span = (cell.get("rowspan") or "1").strip()
    return min(int(span), _MOST_SPANNED) if span.isdigit() and int(span) > 0 else 1


def _row_of(cells: Cells) -> HtmlElement | None:
    """Return the row that most cells stand in; the others began above."""
    rows = Counter(cell.getparent() for cell in cells)
    return max(rows, key=lambda row: rows[row])


def _is_header(cells: Cells, rows: Sequence[Cells]) -> bool:
    if len(cells) < 2 or max((len(row) for row in rows), default=0) > 2 * sum(map(_span, cells)):
        return False
    texts = [one_line(cell) for cell in cells]
    if sum(bool(text) for text in texts) < 2 or any(len(text) > _LONGEST_HEADER for text in texts):
        return False
    if all(cell.tag == "th" for cell in cells):
        return True
    if any(cell.tag == "th" for cell in cells) and are_label_and_value(cells):
        return False
    named = {field_of(line) for cell in cells for line in lines(cell)} - {None}
    in_bold = all(_is_bold(cell) for cell, text in zip(cells, texts, strict=True) if text)
    # Two columns of labels and values, one below the other, are the facts of one call.
    return (len(named) >= 2 and (len(cells) > 2 or in_bold)) or (
        bool(named) and (in_bold or _stands_out(cells, rows))
    )


def are_label_and_value(cells: Cells) -> bool:
    """Tell whether labels and values take turns in a row: "Closes | 5 May | Amount | 5,000"."""
    turns = [cell.tag == "th" for cell in cells]
    return len(turns) > 1 and turns[0] and all(first is not second for first, second in pairwise(turns))


def _stands_out(cells: Cells, rows: Sequence[Cells]) -> bool:
    """Tell whether plain words head rows that all hold links and numbers."""
    if len(cells) < 3 or cells is not rows[0] or len(rows) < 3 or _is_entry(cells):
        return False
    return all(map(_is_entry, rows[1:]))


def _is_entry(cells: Cells) -> bool:
    linked = any(next(cell.iter("a"), None) is not None for cell in cells)
    return linked or any(_DIGIT.search(one_line(cell)) for cell in cells)


def _is_bold(cell: HtmlElement) -> bool:
    written = len(one_line(cell).replace(" ", ""))
    bold = sum(len(one_line(node).replace(" ", "")) for node in cell.iter("b", "strong", "th"))
    return cell.tag == "th" or bold >= written > 0


def _repeats(cells: Cells, header: Sequence[str]) -> bool:
    return len(cells) == len(header) and all(map(eq, map(one_line, cells), header))


def _row(cells: Cells, written: Sequence[Sequence[str]], table: _Table) -> Row | None:
    """Turn the cells of a row, each with its lines, into an entry."""
    texts: list[LabelledText] = []
    place = 0
    for cell, told in zip(cells, written, strict=True):
        labels = table.header.labels[place] if place < len(table.header.labels) else ()
        texts.extend(_texts(told, labels))
        place += _span(cell)
    row = _row_of(cells)
    named = _named(cells, texts, table) if row is not None else None
    if row is None or named is None:
        return None
    title, url = named
    return Row(title, url, tuple(texts), row, table.layout.section_title(row))


def _texts(written: Sequence[str], labels: tuple[str, ...]) -> Iterator[LabelledText]:
    if len(labels) > 1 and len(written) == len(labels):
        yield from map(LabelledText, labels, written)
    elif len(labels) == 1 and written:
        yield LabelledText(labels[0], " ".join(written))
    else:
        yield from labelled_lines(written)


def _named(cells: Cells, texts: list[LabelledText], table: _Table) -> tuple[str, str | None] | None:
    document = table.layout.document
    column = table.title_column
    named = cells[column] if column is not None and column < len(cells) else None
    if named is not None and (linked := _linked(named, document)) is not None:
        return linked
    whole = name_row(_row_of(cells), document, table.barred)
    url = whole.url if whole is not None else None
    if named is not None:
        own = name_row(named, document, table.barred)
        if own is not None:
            return own.title, own.url or url
    labelled = next((text.text for text in texts if text.label and field_of(text.label) == "title"), "")
    title = clean_title(labelled) if len(labelled) > 1 else _first_free_text(cells, table)
    return (title, url) if title else None


def _title_column(
    rows: Sequence[Cells], header: Header, barred: frozenset[str], document: Document
) -> int | None:
    """Return the column that the header calls the title, or whose links name most of the entries."""
    column = header.column_of("title")
    if column is not None:
        return column
    named = Counter(
        place
        for cells in rows
        for place, cell in enumerate(cells)
        if (linked := _linked(cell, document)) and linked[0] not in barred and can_name(linked[0])
    )
    best = max(named, key=lambda place: named[place], default=None)
    return best if best is not None and named[best] >= len(rows) / 2 else None


def _linked(cell: HtmlElement, document: Document) -> tuple[str, str] | None:
    """Return the text and address of a cell's first link that has both and does more than lead on."""
    for link in cell.iter("a"):
        text, url = clean_title(one_line(link)), document.absolute(link.get("href"))
        if url and len(text) > 2 and not leads_on(text):
            return text, url
    return None


def _first_free_text(cells: Cells, table: _Table) -> str:
    """Return what a column says that is no other field, the longest of them: it names the entry."""
    usable = []
    for place, cell in enumerate(cells):
        labels = table.header.labels[place] if place < len(table.header.labels) else ()
        if {field_of(label) for label in labels} <= {None, "title", "summary"} or len(labels) > 1:
            written = (clean_title(line) for line in lines(cell) if line not in table.barred)
            usable.extend(list(islice((line for line in written if can_name(line)), 1)))
    return max(usable, key=len, default="")


def _span(cell: HtmlElement) -> int:
    span = (cell.get("colspan") or "1").strip()
    return min(int(span), 50) if span.isdigit() and int(span) > 0 else 1
