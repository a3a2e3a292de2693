"""Files that belong to the call: links in the main content to documents."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from hoistscraper.extraction.candidate import DocumentLink
from hoistscraper.extraction.content import MOST_LINKS, Content
from hoistscraper.extraction.lines import one_line, squeeze

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "p7m": "application/pkcs7-mime",
    "csv": "text/csv",
    "dwg": "image/vnd.dwg",
}
MOST_DOCUMENTS = 100
_EXTENSION = re.compile(rf"\.({'|'.join(MEDIA_TYPES)})(?:$|[?#&;])", re.IGNORECASE)
_IN_TEXT = re.compile(
    rf"(?:\(|\[|\.|^|\s)({'|'.join(MEDIA_TYPES)})(?:\s?[,:-]?\s?[\d.,]+\s?[KM]i?B)?[\])]?$", re.IGNORECASE
)
_SERVED = re.compile(
    r"documentcent(?:er|re)/view|/download(?:s|file|document)?[/.?]|downloadfile|getfile|viewfile|/attachments?/|filedownload|getattachment|showdocument",
    re.IGNORECASE,
)


def documents_of(page: Content) -> tuple[DocumentLink, ...]:
    """Return the files linked from the main content, in page order, each once."""
    found: dict[str, DocumentLink] = {}
    for link in _links(page):
        file = file_behind(link, page)
        if file is not None:
            found.setdefault(file.url, file)
            if len(found) == MOST_DOCUMENTS:
                break
    return tuple(found.values())


def file_behind(link: HtmlElement, page: Content) -> DocumentLink | None:
    """Return the file that a link leads to, if it is one."""
    address = page.document.absolute(link.get("href"))
    kind = media_type_of(address, one_line(link)) if address else None
    if not address or kind is None:
        return None
    title = one_line(link) or squeeze(link.get("title") or "") or _file_name(address)
    return DocumentLink(address, title, kind or None)


def media_type_of(address: str, text: str) -> str | None:
    """Return a file's media type, "" where it is a file of unknown type, ``None`` where it is no file."""
    # "?q=https://..." leads away through somebody else's door.
    plain = unquote(address)
    if "=http" in plain:
        return None
    extension = _EXTENSION.search(plain) or _IN_TEXT.search(text)
    if extension:
        return MEDIA_TYPES[extension[1].lower()]
    return "" if _SERVED.search(urlsplit(address).path + "?") else None


def _links(page: Content) -> Iterator[HtmlElement]:
    aside = {link for side in page.side for link in side.iter("a")}
    for link in islice(page.main.iter("a"), MOST_LINKS):
        if link.get("href") and link not in aside:
            yield link


def _file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1]) or address
