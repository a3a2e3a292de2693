"""The text of a Word document (.docx), with its headings, tables and links."""

import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table, _Row
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from lxml import etree

from hoistscraper.reading.documents.told import MOST_CHARACTERS, Told, UnreadableDocument

_SIGNATURE = b"PK\x03\x04"
_BODY = "word/document.xml"
_MOST_PARTS = 2_000
_LARGEST_UNPACKED_BYTES = 60_000_000
_DEEPEST_TABLE = 3
_BROKEN = "This Word document is broken; nothing can be read."
_NOT_SOUND = (zipfile.BadZipFile, OpcError, etree.LxmlError, KeyError, ValueError, NotImplementedError)


def is_word(content: bytes) -> bool:
    """Tell whether bytes are a Word document of the present format."""
    return content.startswith(_SIGNATURE) and _BODY.encode() in content


def read_word(content: bytes) -> Told:
    """Return what a document says.

    :raises UnreadableDocument: it is broken, empty, or would unpack to more than is sound.
    """
    try:
        _check_size(content)
        document = docx.Document(BytesIO(content))
        pieces, note = _within_limit(_blocks(document))
        named = document.core_properties.title
    except _NOT_SOUND as error:
        raise UnreadableDocument(_BROKEN) from error
    if not pieces:
        raise UnreadableDocument("This Word document holds no text.")
    body = "".join(pieces)
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


def _within_limit(blocks: Iterator[str]) -> tuple[list[str], str | None]:
    pieces: list[str] = []
    length = 0
    for block in blocks:
        if length > MOST_CHARACTERS:
            return pieces, f"Only the first {MOST_CHARACTERS:,} characters of the document were read."
        pieces.append(block)
        length += len(block)
    return pieces, None


def _blocks(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield _table(block, depth=1)
        elif text := _inline(block):
            tag = _tag(block)
            yield f"<{tag}>{text}</{tag}>"


def _tag(paragraph: Paragraph) -> str:
    name = (paragraph.style.name if paragraph.style is not None else "") or ""
    if name == "Title":
        return "h1"
    level = name.removeprefix("Heading ")
    return f"h{min(int(level) + 1, 6)}" if level != name and level.isdigit() else "p"


def _inline(paragraph: Paragraph) -> str:
    pieces = []
    for piece in paragraph.iter_inner_content():
        text = escape(piece.text).replace("\n", "<br>")
        if isinstance(piece, Hyperlink) and piece.url:
            text = f'<a href="{escape(piece.url)}">{text}</a>'
        pieces.append(text)
    return "".join(pieces).strip()


def _table(table: Table, *, depth: int) -> str:
    rows = (f"<tr>{''.join(_cells(row, depth))}</tr>" for row in table.rows)
    return f"<table>{''.join(rows)}</table>"


def _cells(row: _Row, depth: int) -> Iterator[str]:
    cells, place = row.cells, 0
    while place < len(cells):
        parts = [
            _table(inner, depth=depth + 1) if isinstance(inner, Table) else _inline(inner)
            for inner in cells[place].iter_inner_content()
            if depth < _DEEPEST_TABLE or not isinstance(inner, Table)
        ]
        yield f"<td>{'<br>'.join(filter(None, parts))}</td>"
        # A cell that spans columns comes once for each.
        place += max(cells[place].grid_span, 1)
