"""A document of whatever format read, and on which page each value stands."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urldefrag

from hoistscraper.extraction.candidate import Candidate, Evidence
from hoistscraper.extraction.lines import squeeze
from hoistscraper.reading.documents.apart import open_apart
from hoistscraper.reading.documents.formats import is_locked, is_pdf, is_word
from hoistscraper.reading.documents.told import Told, UnreadableDocument


def read_document(content: bytes) -> Told:
    """Return what a document says.

    :raises UnreadableDocument: it is of a format that is not read, or nothing of it can be read.
    """
    if is_pdf(content) or is_word(content):
        return open_apart(content)
    if is_locked(content):
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
