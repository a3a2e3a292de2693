"""What tells a document from a web page: how its bytes begin."""

_PDF = b"%PDF-"
_PDF_WITHIN_BYTES = 1024
_ZIP = b"PK\x03\x04"
_WORD = b"word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def is_document(content: bytes) -> bool:
    """Tell whether bytes are a document rather than a web page."""
    return is_pdf(content) or content.startswith((_ZIP, _OLE, _RTF))


def is_pdf(content: bytes) -> bool:
    """Tell whether bytes are a PDF document."""
    return _PDF in content[:_PDF_WITHIN_BYTES]


def is_word(content: bytes) -> bool:
    """Tell whether bytes are a Word document of the present format."""
    return content.startswith(_ZIP) and _WORD in content


def is_locked(content: bytes) -> bool:
    """Tell whether bytes are a document of an office program behind a password."""
    return content.startswith(_OLE) and _LOCKED in content
