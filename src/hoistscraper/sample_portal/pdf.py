"""A small writer of PDF documents: titled pages of wrapped text, in a font that every reader has.

Dates follow the year in which the portal is served, so that its documents cannot be kept as finished files.
"""

import textwrap
from collections.abc import Iterator, Sequence

_LINES_PER_PAGE = 46
_COLUMNS = 84


def write_pdf(title: str, paragraphs: Sequence[str], *, language: str = "en") -> bytes:
    """Return a PDF 1.4 document: the title in bold, then the paragraphs, on as many A4 pages as needed."""
    lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, _COLUMNS), "")]
    sheets = [lines[start : start + _LINES_PER_PAGE] for start in range(0, len(lines), _LINES_PER_PAGE)] or [
        []
    ]
    return assemble(list(_objects(title, sheets, language)))


def _objects(title: str, sheets: Sequence[Sequence[str]], language: str) -> Iterator[bytes]:
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(sheets)))
    yield f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) >>".encode()
    yield f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode()
    for font in ("Helvetica", "Helvetica-Bold"):
        yield f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode()
    yield b"<< /Title " + _string(title) + b" >>"
    for number, lines in enumerate(sheets):
        content = _content(title if number == 0 else None, lines)
        yield (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        ).encode()
        yield f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _content(title: str | None, lines: Sequence[str]) -> bytes:
    drawn = [b"BT 60 780 Td 16 TL"]
    heading = textwrap.wrap(title, 52) if title else []
    drawn.extend(b"/F2 17 Tf " + _string(line) + b" Tj 0 -22 Td" for line in heading)
    drawn.append(b"0 -12 Td /F1 11 Tf")
    drawn.extend(_string(line) + b" Tj T*" for line in lines)
    drawn.append(b"ET")
    return b"\n".join(drawn)


def _string(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(" + escaped.encode("cp1252") + b")"


def assemble(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects: the first is its catalogue, the fifth tells its title."""
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    document += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    document += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\n" % (len(objects) + 1)
    document += b"startxref\n%d\n%%%%EOF\n" % table_at
    return bytes(document)
