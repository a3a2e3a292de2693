"""What kind of content an answer holds: what its header says, checked against its first bytes."""

import re

PDF = "application/pdf"
HTML = "text/html"
_UNTOLD = frozenset(
    {None, "", "text/plain", "application/octet-stream", "binary/octet-stream", "application/x-download",
     "application/force-download", "application/download", "unknown/unknown", "application/unknown"}
)  # fmt: skip
_OFFICE = re.compile(
    r"application/(?:msword|rtf|vnd\.(?:ms-(?:excel|word|powerpoint)|openxmlformats-officedocument|"
    r"oasis\.opendocument)[\w.+-]*)|text/rtf"
)
_READABLE = re.compile(
    r"text/[\w.+-]+|application/(?:[\w.-]+\+)?(?:xml|json)|application/(?:ld\+json|x-ndjson)"
)
_NEVER_READ = re.compile(r"(?:image/(?!svg)|audio/|video/|font/)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"']{1,60})", re.IGNORECASE)
_HTML_START = re.compile(
    rb"<!doctype html|"
    rb"<(?:html|head|body|title|meta|script|style|table|div|p|h[1-6]|a|br|ul|main|section)[\s>/]",
    re.IGNORECASE,
)
_LEADING = re.compile(rb"(?:\s+|<!--.*?-->)*", re.DOTALL)
_BINARY_MARKS = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ\x90",
    b"OggS", b"ID3", b"wOFF", b"wOF2", b"\x00\x00\x01\x00", b"SQLite format 3",
)  # fmt: skip
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x00"))  # that no text holds
_HEAD_BYTES = 2048


def declared_type(content_type: str | None) -> str | None:
    """Return the media type of a Content-Type header, lower-case, without its parameters."""
    return (content_type or "").split(";", 1)[0].strip().lower() or None


def declared_charset(content_type: str | None) -> str | None:
    """Return the charset of a Content-Type header."""
    found = _CHARSET.search(content_type or "")
    return found.group(1) if found else None


def is_never_read(media_type: str | None) -> bool:
    """Tell from the header alone that the content is a picture, a sound, a film or a typeface."""
    return bool(media_type and _NEVER_READ.match(media_type))


def is_document(media_type: str) -> bool:
    """Tell whether it is a PDF or an office document."""
    return media_type == PDF or bool(_OFFICE.fullmatch(media_type))


def media_type_of(declared: str | None, content: bytes) -> str | None:
    """Return the media type, or ``None`` for content that is neither a page nor text nor a document."""
    head = content[:_HEAD_BYTES]
    marked = _marked(head, content)
    if marked:
        # The header knows which office document it is, the bytes only that it is one.
        return declared if declared and is_document(declared) and is_document(marked) else marked
    if _is_binary(head):
        return None
    if declared in _UNTOLD:
        return _looks_like(head) or "text/plain"
    if declared is not None and _READABLE.fullmatch(declared):
        return declared
    # A header that names a document or program, above bytes that are text: a page of words, as a rule.
    return _looks_like(head)


def _marked(head: bytes, content: bytes) -> str | None:
    if head.lstrip()[:5] == b"%PDF-":
        return PDF
    if head.startswith(_OLE_MARK):
        return "application/msword"
    if head.startswith(b"{\\rtf"):
        return "application/rtf"
    return _zipped_office(content) if head.startswith(b"PK\x03\x04") else None


def _zipped_office(content: bytes) -> str | None:
    if content[30:38] == b"mimetype" and b"opendocument" in content[38:100]:
        return content[38:100].split(b"PK", 1)[0].decode("ascii", "replace")
    for folder, kind in ((b"word/", "wordprocessingml.document"), (b"xl/", "spreadsheetml.sheet"),
                         (b"ppt/", "presentationml.presentation")):  # fmt: skip
        if folder in content:
            return f"application/vnd.openxmlformats-officedocument.{kind}"
    return None


def _looks_like(head: bytes) -> str | None:
    text = _LEADING.sub(b"", head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b""), count=1)
    if text.startswith(b"<?xml"):
        return "application/xhtml+xml" if b"<html" in text else "application/xml"
    if re.match(rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>]", text):
        return "application/xml"
    if _HTML_START.match(text) or b"<html" in text.lower():
        return HTML
    if re.match(rb"(?:\{\s*(?:\"|\})|\[\s*[\[{\"\d\]])", text):
        return "application/json"
    return None


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"PK\x03\x04", *_BINARY_MARKS)):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) / 20
