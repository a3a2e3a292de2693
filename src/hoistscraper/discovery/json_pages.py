"""Where a list in JSON goes on, if the document says so."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from hoistscraper.extraction.json_nodes import Node

# Where interfaces put the address of the next page; each may hold it as a text or in an object.
_ADDRESSES = (
    ("links", "next"),
    ("_links", "next"),
    ("next",),
    ("next_page",),
    ("nextPage",),
    ("next_url",),
    ("nextUrl",),
    ("next_page_url",),
    ("nextPageUrl",),
    ("nextLink",),
    ("@odata.nextLink",),
    ("pagination", "next"),
    ("pagination", "next_url"),
    ("pagination", "nextUrl"),
    ("pagination", "next_page_url"),
    ("pagination", "nextPage"),
    ("pagination", "next_page"),
    ("paging", "next"),
    ("meta", "next"),
    ("meta", "next_page_url"),
    ("meta", "pagination", "links", "next"),
    ("meta", "links", "next"),
)
_IN_OBJECT = ("href", "uri", "url")
# Where they count pages instead, with the names of the page's number and of the number of pages.
_COUNTS = (
    (("paginationInfo",), "page", "totalPages", "totalItems", "pageSize"),
    (("pagination",), "page", "totalPages", "totalItems", "pageSize"),
    (("pagination",), "page", "total_pages", "total", "per_page"),
    (("pagination",), "current_page", "total_pages", "total", "per_page"),
    (("pagination_info",), "page_offset", "total_pages", "total_records", "page_size"),
    (("meta", "pagination"), "page", "pageCount", "total", "pageSize"),
    (("meta", "pagination"), "current_page", "total_pages", "total", "per_page"),
    (("meta",), "current_page", "last_page", "total", "per_page"),
)
_PARAMETER = "page"


def next_json_page(root: Node, url: str | None) -> str | None:
    """Return the address of the next page, or ``None`` where there is none or the document does not say."""
    stated = _stated(root)
    if stated is not None:
        return _followed(stated, url)
    return _counted(root, url)


def _stated(root: Node) -> str | int | None:
    for names in _ADDRESSES:
        node = root.at(*names)
        for each in (node, *(node.at(name) for name in _IN_OBJECT)):
            if isinstance(each.value, str) and each.value.strip():
                return each.value.strip()
            if isinstance(each.value, int) and not isinstance(each.value, bool):
                return each.value
    return None


def _followed(stated: str | int, url: str | None) -> str | None:
    if isinstance(stated, int) or stated.isdigit():
        return _at_page(url, int(stated))
    try:
        address = urljoin(url or "", stated)
        is_web = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return None
    return address if is_web and address != url else None


def _counted(root: Node, url: str | None) -> str | None:
    for place, page_name, pages_name, total_name, size_name in _COUNTS:
        counts = root.at(*place)
        page, pages = _count(counts.at(page_name)), _count(counts.at(pages_name))
        total, size = _count(counts.at(total_name)), _count(counts.at(size_name))
        if pages is None and total is not None and size:
            pages = -(-total // size)
        if page is not None and pages is not None:
            return _at_page(url, page + 1) if 1 <= page < pages else None
    return None


def _count(node: Node) -> int | None:
    return node.value if isinstance(node.value, int) and not isinstance(node.value, bool) else None


def _at_page(url: str | None, number: int) -> str | None:
    """Return the document's own address with another number of its page."""
    try:
        parts = urlsplit(url or "")
        named = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    if not parts.hostname or number < 1:
        return None
    current = next((value for name, value in named if name == _PARAMETER), "1")
    if current == str(number):
        return None
    others = [(name, value) for name, value in named if name != _PARAMETER]
    return urlunsplit(parts._replace(query=urlencode([*others, (_PARAMETER, str(number))]), fragment=""))
