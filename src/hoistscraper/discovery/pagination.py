"""Where the next page of a list is, if the page says so in a way that needs no script."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from hoistscraper.extraction.document import Document
from hoistscraper.extraction.folding import fold_words
from hoistscraper.extraction.lexicon import is_phrase
from hoistscraper.extraction.lines import one_line

ARROWS = frozenset("» › > → >> ⟩ ▶ ❯ ►".split())
_PAGER = re.compile(r"pag(?:er|ing|in|es?\b)|strank|page-?num|next|nav-links|wp-pagenavi", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"carousel|slid(?:e|er)|swiper|slick|calendar|month|gallery|lightbox|post-nav|article-nav|prev-?next-?(?:post|article)|book-nav",
    re.IGNORECASE,
)
_PAGE_PARAMETER = re.compile(
    r"pag|pg|seite|strana|strank|offset|start|skip|from|(?:^|[-_])p$|^sp$|^os$", re.IGNORECASE
)
_PAGE_IN_PATH = re.compile(r"/(?:page|seite|pagina|strana|p)[/-]?\d+", re.IGNORECASE)
# Names of links, and of the pictures in them, that point on; two points lead to the last page.
_POINTS_ON = re.compile(r"(?:^|[\s_-])(?:next|forward)(?:$|[\s_-])", re.IGNORECASE)
_POINTS_ELSEWHERE = re.compile(r"last|prev|first", re.IGNORECASE)
_ICON_ON = re.compile(r"(?:angle|chevron|arrow|caret)-right|(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)
_OTHER_SECTION = re.compile(r"(?:^|[\s_-])(?:news|blog|events?|press)(?:$|[\s_-])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}")
_CURRENT = re.compile(r"\b(?:current|active|selected|disabled|on)\b", re.IGNORECASE)
_DISABLED = re.compile(r"\b(?:disabled|inactive)\b", re.IGNORECASE)


def next_page(document: Document) -> str | None:
    """Return the address of the next page of a list, or ``None``."""
    links = [link for link in document.root.iter("a") if link.get("href")]
    return (
        _declared(document, links)
        or _worded(document, links)
        or _pointed(document, links)
        or _numbered(document, links)
    )


def _declared(document: Document, links: list[HtmlElement]) -> str | None:
    in_head = (document.absolute(link.href) for link in document.head_links if "next" in link.relations)
    declared = next((url for url in in_head if url and url != document.url), None)
    if declared:
        return declared
    for link in links:
        # A page of prose may declare the next article: a list's pager counts pages.
        if "next" in (link.get("rel") or "").lower().split():
            url = _followed(document, link)
            if url and (_counts_pages(url) or not is_elsewhere(link)):
                return url
    return None


def _worded(document: Document, links: list[HtmlElement]) -> str | None:
    for link in links:
        if any(says_next(text) for text in names_of(link)) and _is_pager(link):
            url = _followed(document, link)
            if url and not _DISABLED.search(_classes(link)):
                return url
    return None


def _pointed(document: Document, links: list[HtmlElement]) -> str | None:
    for link in links:
        if _points_on(link) and _is_pager(link):
            url = _followed(document, link)
            if url and _counts_pages(url):
                return url
    return None


def _points_on(link: HtmlElement) -> bool:
    text = one_line(link)
    classes = link.get("class") or ""
    if text in ARROWS or (_POINTS_ON.search(classes) and not _POINTS_ELSEWHERE.search(classes)):
        return True
    return not text and any(
        _ICON_ON.search(inner.get("class") or "") for inner in link.iter("i", "span", "svg")
    )


def _numbered(document: Document, links: list[HtmlElement]) -> str | None:
    for link in links:
        number = one_line(link)
        if not _NUMBER.fullmatch(number) or int(number) < 2 or not _is_pager(link):
            continue
        if (
            _number_before(link) == int(number) - 1
            and (url := _followed(document, link))
            and _counts_pages(url)
        ):
            return url
    return None


def _number_before(link: HtmlElement) -> int | None:
    """Return the number that stands unlinked, or marked as the current one, right before a link."""
    for node in (link, link.getparent()):
        if node is None:
            return None
        before = node.getprevious()
        parent = node.getparent()
        text = (
            (before.tail if before is not None else parent.text if parent is not None else "") or ""
        ).strip()
        if _NUMBER.fullmatch(text):
            return int(text)
        if before is None:
            continue
        marked = one_line(before)
        linked = before if before.tag == "a" else next(before.iter("a"), None)
        leads = linked is not None and linked.get("href") not in (None, "#", "")
        found = _NUMBER.search(marked)
        if (
            found
            and len(marked) <= 30
            and (not leads or _CURRENT.search(_classes(before)) or before.get("aria-current"))
        ):
            return int(found.group())
        return None
    return None


def _followed(document: Document, node: HtmlElement) -> str | None:
    href = (node.get("href") or "").strip()
    url = document.absolute(href)
    if not url or url == document.url or _is_of_other_section(document, node, url):
        return None
    return url


def _is_of_other_section(document: Document, node: HtmlElement, url: str) -> bool:
    """Tell whether a link turns the pages of news beside a list: it leads to another part of the website."""
    if not any(_OTHER_SECTION.search(_classes(each)) for each in near(node)):
        return False
    return _first_step(url) != _first_step(document.url or "")


def _first_step(url: str) -> str:
    try:
        return urlsplit(url).path.strip("/").partition("/")[0]
    except ValueError:
        return ""


def names_of(link: HtmlElement) -> Iterator[str]:
    """Return what a link or a button is called."""
    yield one_line(link)
    for name in ("aria-label", "title", "value", "alt"):
        if link.get(name):
            yield str(link.get(name))
    for image in link.iter("img"):
        yield image.get("alt") or ""


def says_next(text: str) -> bool:
    """Tell whether a name means the next page."""
    if not text or len(text) > 40:
        return False
    words = " ".join(word for word in fold_words(text) if not word.isdigit())
    return is_phrase("next_page", words)


def _is_pager(link: HtmlElement) -> bool:
    if is_elsewhere(link):
        return False
    url = (link.get("href") or "").strip()
    if _counts_pages(url):
        return True
    return is_in_pager(link)


def is_in_pager(node: HtmlElement) -> bool:
    """Tell whether something stands in what is called a pager."""
    return any(_PAGER.search(_classes(each)) for each in (node, *near(node)))


def is_disabled(node: HtmlElement) -> bool:
    """Tell whether a control, or what it stands in, is marked as of no use."""
    parent = node.getparent()
    return any(_DISABLED.search(_classes(each)) for each in (node, parent) if each is not None)


def is_elsewhere(link: HtmlElement) -> bool:
    """Tell whether something turns pictures or months rather than the pages of a list."""
    return any(_ELSEWHERE.search(_classes(node)) for node in (link, *near(link)))


def near(link: HtmlElement) -> Iterator[HtmlElement]:
    """Return what something stands in, from the inside out, within its part of the page."""
    for depth, node in enumerate(link.iterancestors()):
        if depth >= 4 or node.tag in ("body", "main"):
            return
        yield node


def _classes(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}"


def _counts_pages(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    named = parse_qsl(parts.query)
    return _PAGE_IN_PATH.search(parts.path) is not None or any(
        _PAGE_PARAMETER.search(name) and value.strip().isdigit() for name, value in named
    )
