"""A document of whatever format read, and on which page each value stands."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urldefrag

from hoistscraper.extraction.candidate import Candidate, Evidence
from hoistscraper.extraction.document import squeeze
from hoistscraper.reading.documents.pdf import is_pdf, read_pdf
from hoistscraper.reading.documents.told import Told, UnreadableDocument
from hoistscraper.reading.documents.word import is_word, read_word

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def is_document(content: bytes) -> bool:
    """Tell whether bytes are a document rather than a web page."""
    return is_pdf(content) or content.startswith((_ZIP, _OLE, _RTF))


def read_document(content: bytes) -> Told:
    """Return what a document says.

    :raises UnreadableDocument: it is of a format that is not read, or nothing of it can be read.
    """
    if is_pdf(content):
        return read_pdf(content)
    if is_word(content):
        return read_word(content)
    if content.startswith(_OLE) and _LOCKED in content:
        raise UnreadableDocument("This document is locked with a password; nothing can be read.")
    raise UnreadableDocument(
        "This is a document of a format that is not read; PDF and Word documents (.docx) are."
    )


def with_pages(call: Candidate, pages: Sequence[str]) -> Candidate:
    """Return a call whose proof names the page that each quote stands on."""
    if not pages:
        return call
    proof = {field: _on_page(each, pages) for field, each in call.evidence.items()}
    return replace(call, evidence=proof)


def _on_page(proof: Evidence, pages: Sequence[str]) -> Evidence:
    quote = squeeze(proof.quote)
    number = next((number for number, page in enumerate(pages, start=1) if quote in page), None)
    if number is None:
        return proof
    return replace(proof, source_url=f"{urldefrag(proof.source_url or '').url}#page={number}")
