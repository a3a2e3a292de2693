"""The text of a PDF document, line by line."""

from collections.abc import Iterator

import pypdfium2

_SIGNATURE = b"%PDF-"
_SIGNATURE_WITHIN_BYTES = 1024
_MOST_PAGES = 40


def is_pdf(content: bytes) -> bool:
    """Tell whether bytes are a PDF document."""
    return _SIGNATURE in content[:_SIGNATURE_WITHIN_BYTES]


def text_of_pdf(content: bytes) -> list[str]:
    """Return a document's lines, paragraphs joined; nothing where it is locked, broken or only pictures."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return []
    try:
        return [line for page in _pages(document) for line in _lines(page)]
    finally:
        document.close()


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        try:
            text = page.get_textpage()
            try:
                yield text.get_text_bounded()
            finally:
                text.close()
        except pypdfium2.PdfiumError:
            continue
        finally:
            page.close()


def _lines(page: str) -> Iterator[str]:
    for raw in page.splitlines():
        line = " ".join(raw.split())
        if line:
            yield line
