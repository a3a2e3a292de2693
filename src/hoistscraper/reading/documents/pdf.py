"""The text of a PDF document, page by page."""

import re
import time
from collections.abc import Iterator, Sequence
from html import escape

import pypdfium2

from hoistscraper.discovery.naming import call_words
from hoistscraper.extraction.folding import fold_words
from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.lines import squeeze
from hoistscraper.reading.documents.told import MOST_CHARACTERS, MOST_SECONDS, Told, UnreadableDocument

_MOST_PAGES = 80
_PASSWORD_WANTED = 4  # FPDF_ERR_PASSWORD
_LONG_LINE = 50
_MOST_TITLE_LINES = 4
_NEAR_TOP = 12
_ENDS = (".", ":", ";", "!", "?")
_BEGINS_ANEW = re.compile(r"[•▪●◦*–—-]\s|\(?[\divxa-h]{1,4}[.)]\s")
_HYPHEN = re.compile("[\ufffe\u00ad\x02]")


def read_pdf(content: bytes) -> Told:
    """Return what a document says, lines that a page's width broke put together.

    :raises UnreadableDocument: it is locked, broken, or holds no text.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD_WANTED:
            raise UnreadableDocument("This PDF is locked with a password; nothing can be read.") from error
        raise UnreadableDocument("This PDF is broken; nothing can be read.") from error
    try:
        total = len(document)
        pages = [_paragraphs(text) for text in _texts(document)]
        named = squeeze(document.get_metadata_value("Title"))
    finally:
        document.close()
    if not any(pages):
        raise UnreadableDocument("This PDF holds pictures of pages only (scanned), no text.")
    title, used = _title(pages[0], named)
    body = "".join(f"<p>{escape(line)}</p>" for page in [pages[0][used:], *pages[1:]] for line in page)
    note = None if len(pages) == total else f"Only the first {len(pages)} of {total} pages were read."
    return Told(f"<h1>{escape(title)}</h1>{body}", tuple(" ".join(page) for page in pages), note)


def _texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    began, length = time.process_time(), 0
    for number in range(min(len(document), _MOST_PAGES)):
        text = _text(document, number)
        yield text
        length += len(text)
        if length > MOST_CHARACTERS or time.process_time() - began > MOST_SECONDS:
            return


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_bounded())
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()


def _paragraphs(text: str) -> list[str]:
    """Put lines together: a long one that ends within a sentence goes on in the next."""
    found: list[str] = []
    goes_on = is_within_word = False
    for raw in text[:MOST_CHARACTERS].splitlines():
        is_parted = bool(_HYPHEN.search(raw[-1:]))
        line = squeeze(_HYPHEN.sub("", raw))
        if not line:
            goes_on = is_within_word = False
            continue
        if found and is_within_word:
            found[-1] += line
        elif found and goes_on and not _begins(line):
            found[-1] += f" {line}"
        else:
            found.append(line)
        is_within_word = is_parted
        goes_on = len(line) >= _LONG_LINE and not line.endswith(_ENDS)
    return found


def _begins(line: str) -> bool:
    label, colon, _ = line.partition(":")
    return bool(colon and field_of(label)) or _BEGINS_ANEW.match(line) is not None


def _title(lines: Sequence[str], named: str) -> tuple[str, int]:
    """Return the title, as the document names itself or as it begins, and how many lines it takes up."""
    words = fold_words(named)
    for count in range(1, _MOST_TITLE_LINES + 1):
        if words and fold_words(" ".join(lines[:count])) == words:
            return named, count
    if not lines:
        return named or "Untitled", 0
    telling = next((line for line in lines[:_NEAR_TOP] if len(line) <= 200 and call_words(line)[0]), None)
    return (telling, 0) if telling and telling != lines[0] else (lines[0], 1)
