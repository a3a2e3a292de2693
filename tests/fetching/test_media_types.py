import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.fetching.media_types import declared_charset, declared_type, is_document, media_type_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x00\x00" + bytes(20)


@pytest.mark.parametrize(
    ("declared", "content", "media_type"),
    [
        ("text/html", b"<p>page</p>", "text/html"),
        ("text/html", b"%PDF-1.4 ...", "application/pdf"),
        ("application/octet-stream", b"\xef\xbb\xbf<!DOCTYPE HTML><p>", "text/html"),
        ("text/plain", b"\n <!-- note --> <html>", "text/html"),
        ("text/plain", b"Only words.", "text/plain"),
        (None, b"Only words.", "text/plain"),
        (None, b'<?xml version="1.0"?><feed>', "application/xml"),
        (None, b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="">', "application/xhtml+xml"),
        (None, b"<rss version='2.0'>", "application/xml"),
        (None, b' {"a": 1}', "application/json"),
        (None, b"[1, 2]", "application/json"),
        (None, "<html><p>é".encode("utf-16-le"), "text/html"),
        ("application/rss+xml", b"<rss/>", "application/rss+xml"),
        ("application/ld+json", b"{}", "application/ld+json"),
        ("application/pdf", b"<html>Please log in", "text/html"),
        ("application/zip", ZIP + b"...word/document.xml", DOCX),
        ("application/octet-stream", ZIP + b"mimetype" + ODT.encode() + b"PK", ODT),
        ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "application/msword"),
        ("application/vnd.ms-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "application/vnd.ms-excel"),
        ("application/rtf", b"{\\rtf1 words}", "application/rtf"),
    ],
)
def test_the_bytes_are_believed_before_the_header(declared: str, content: bytes, media_type: str) -> None:
    assert media_type_of(declared, content) == media_type


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        ("text/html", b"\x89PNG\r\n\x1a\n"),
        ("application/zip", ZIP + b"photo.jpg"),
        ("application/octet-stream", bytes(range(256))),
        (None, b"\x7fELF\x02\x01"),
        ("application/pdf", b"words that are neither"),
    ],
)
def test_what_nobody_reads_has_no_media_type(declared: str | None, content: bytes) -> None:
    assert media_type_of(declared, content) is None


@given(st.none() | st.text(max_size=30), st.binary(max_size=200))
def test_any_bytes_under_any_header_are_judged(declared: str | None, content: bytes) -> None:
    media_type = media_type_of(declared_type(declared), content)
    assert media_type is None or "/" in media_type


def test_documents_are_told_from_pages() -> None:
    assert all(
        map(is_document, ["application/pdf", DOCX, ODT, "application/vnd.ms-excel", "application/rtf"])
    )
    assert not any(map(is_document, ["text/html", "application/json", "application/xml"]))


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html; charset=UTF-8", "text/html", "UTF-8"),
        ('Text/HTML;charset="iso-8859-1"; x=1', "text/html", "iso-8859-1"),
        ("text/html", "text/html", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_the_header_names_type_and_charset(
    header: str | None, media_type: str | None, charset: str | None
) -> None:
    assert (declared_type(header), declared_charset(header)) == (media_type, charset)
