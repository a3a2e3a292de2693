"""The text of a Word document (.docx), with its headings, tables and links."""

import time
import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import IO

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell, _Row
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from lxml import etree

from hoistscraper.reading.documents.told import MOST_CHARACTERS, MOST_SECONDS, Told, UnreadableDocument

_BODY = "word/document.xml"
_MOST_PARTS = 2_000
_LARGEST_UNPACKED_BYTES = 60_000_000
_MOST_ELEMENTS = 60_000
_DEEPEST_TABLE = 3
_BROKEN = "This Word document is broken; nothing can be read."
_NOT_SOUND = (zipfile.BadZipFile, OpcError, etree.LxmlError, KeyError, ValueError, NotImplementedError)


def read_word(content: bytes) -> Told:
    """Return what a document says.

    :raises UnreadableDocument: it is broken, empty, or would unpack to more than is sound.
    """
    try:
        _check_size(content)
        shortened = _shortened(content)
        document = docx.Document(BytesIO(shortened or content))
        pieces, note = _within_limit(_blocks(document))
        named = document.core_properties.title
    except _NOT_SOUND as error:
        raise UnreadableDocument(_BROKEN) from error
    if not pieces:
        raise UnreadableDocument("This Word document holds no text.")
    body = "".join(pieces)
    if shortened and note is None:
        note = "Only the beginning of this document was read; it has more parts than are read of one."
    if "<h1>" not in body and named:
        body = f"<h1>{escape(named)}</h1>{body}"
    elif "<h1>" not in body:
        body = body.replace("<p>", "<h1>", 1).replace("</p>", "</h1>", 1)
    return Told(body, note=note)


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED_BYTES:
        raise UnreadableDocument("This document would unpack to more than is sound; it is not opened.")


def _shortened(content: bytes) -> bytes | None:
    """Return the beginning of a document that has too many parts; ``None``: it has not."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        with packed.open(_BODY) as body:
            beginning = _beginning(body)
        if beginning is None:
            return None
        shorter = BytesIO()
        with zipfile.ZipFile(shorter, "w") as repacked:
            for part in packed.infolist():
                repacked.writestr(part, beginning if part.filename == _BODY else packed.read(part))
    return shorter.getvalue()


def _beginning(body: IO[bytes]) -> bytes | None:
    walker = etree.iterparse(body, events=("start",), resolve_entities=False)
    for count, (_, node) in enumerate(walker):
        if count >= _MOST_ELEMENTS:
            return etree.tostring(node.getroottree())
    return None


def _within_limit(blocks: Iterator[str]) -> tuple[list[str], str | None]:
    pieces: list[str] = []
    began, length, is_full = time.process_time(), 0, False
    for block in blocks:
        if is_full:
            return (
                pieces,
                f"Only the first {min(length, MOST_CHARACTERS):,} characters of the document were read.",
            )
        pieces.append(block)
        length += len(block)
        is_full = length > MOST_CHARACTERS or time.process_time() - began > MOST_SECONDS
    return pieces, None


def _blocks(document: WordDocument) -> Iterator[str]:
    # Once for all: the library takes a millisecond to find the style of one paragraph.
    styles = {style.style_id: style.name or "" for style in document.styles}
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield _table(block, depth=1)
        elif text := _inline(block):
            tag = _tag(styles.get(block._p.style or "", ""))  # noqa: SLF001 - the library looks up its name
            yield f"<{tag}>{text}</{tag}>"


def _tag(style: str) -> str:
    if style == "Title":
        return "h1"
    level = style.removeprefix("Heading ")
    return f"h{min(int(level) + 1, 6)}" if level != style and level.isdigit() else "p"


def _inline(paragraph: Paragraph) -> str:
    pieces = []
    for piece in paragraph.iter_inner_content():
        text = escape(piece.text).replace("\n", "<br>")
        if isinstance(piece, Hyperlink) and piece.url:
            text = f'<a href="{escape(piece.url)}">{text}</a>'
        pieces.append(text)
    return "".join(pieces).strip()


def _table(table: Table, *, depth: int) -> str:
    above: dict[int, str] = {}  # by the column of their first cell, for what cells go on below
    rows = (f"<tr>{''.join(_cells(row, above, depth))}</tr>" for row in table.rows)
    return f"<table>{''.join(rows)}</table>"


def _cells(row: _Row, above: dict[int, str], depth: int) -> Iterator[str]:
    # Not as the library lists them, a cell once for each column that it spans: that may be a million.
    column = row.grid_cols_before
    for cell in row._tr.tc_lst:  # noqa: SLF001 - it has no other way to these
        if cell.vMerge != "continue":
            above[column] = _cell(_Cell(cell, row.table), depth)
        yield f"<td>{above.get(column, '')}</td>"
        column += max(cell.grid_span, 1)


def _cell(cell: _Cell, depth: int) -> str:
    parts = [
        _table(inner, depth=depth + 1) if isinstance(inner, Table) else _inline(inner)
        for inner in cell.iter_inner_content()
        if depth < _DEEPEST_TABLE or not isinstance(inner, Table)
    ]
    return "<br>".join(filter(None, parts))
