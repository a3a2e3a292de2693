"""A parsed page: its visible tree, its scripts and what it says of itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import dropwhile
from types import MappingProxyType
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from hoistscraper.extraction.lines import one_line, remember, squeeze
from hoistscraper.fetching.bounds import share_begun, within_bounds

# What is struck through no longer holds.
_STRUCK = frozenset({"del", "s", "strike"})
INVISIBLE = _STRUCK | frozenset(
    {"style", "noscript", "template", "svg", "iframe", "object", "link", "meta", "head"}
)
_OF_THE_HEAD = frozenset(
    {"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"}
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PANELS = frozenset({"div", "section", "article", "dd", "li", "ul", "p", "table", "tbody", "tr", "td"})
_POPUP = re.compile(
    r"modal|popup|pop-up|cookie|consent|menu|nav|dialog|tooltip|lightbox|overlay", re.IGNORECASE
)
LEAST_PANEL = 200  # characters
# Looked for one by one: a search for each is a hundred times as fast as one pattern for them all.
_CONTROL = (*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(0x0E, 0x20)), "\ufeff", "\u00ad")
_MAY_BE_HIDDEN = etree.XPath("descendant-or-self::*[@hidden or @style or self::input]")
# All elements are of one class: choosing one for each takes longer than making it.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
_AT_FIRST = 6_000_000  # characters
_KEPT_ADDRESSES = 8_192
# Addresses that completing leaves as they are; to part them and put them together takes ten times as long.
_SAFE = r"[\w%~./=+,!$&'()*@:-]"
_WHOLE = re.compile(rf"https?://[A-Za-z\d.-]+(?:/{_SAFE}*)?(?:\?{_SAFE}+)?", re.ASCII)
_FROM_ROOT = re.compile(rf"/(?![/.])(?:(?!/\.){_SAFE})*(?:\?{_SAFE}+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Script:
    """A script element: where the data of many pages is declared."""

    media_type: str
    id: str | None
    text: str


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A link element: what a page declares about its neighbours, such as its next page or its feed."""

    relations: frozenset[str]
    href: str
    media_type: str


@dataclass(frozen=True, eq=False)
class Document:
    """A page's visible tree (``root``), free of scripts, styles, comments and hidden elements."""

    url: str | None
    base_url: str
    root: HtmlElement
    scripts: tuple[Script, ...] = ()
    noscript: str = ""
    title: str | None = None
    language: str | None = None  # ISO 639-1, as declared
    meta: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    head_links: tuple[HeadLink, ...] = ()
    left_out: float = 0.0  # share of the source, at its end, that is more than is read of one page

    def absolute(self, href: str | None) -> str | None:
        """Return the web address that a link leads to, or ``None`` where it leads to no page."""
        if not href:
            return None
        return _absolute(self.base_url, href.strip())


@lru_cache(maxsize=8)
def _origin(base: str) -> str | None:
    """Return the scheme and the host of a web address; of another one nothing."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None


@lru_cache(maxsize=_KEPT_ADDRESSES)
def _absolute(base: str, href: str) -> str | None:
    if _WHOLE.fullmatch(href):
        return href
    if _FROM_ROOT.fullmatch(href) and (origin := _origin(base)):
        return origin + href
    if href.startswith("#"):
        return None
    try:
        address = urljoin(base, href)
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    # A page read from a file may have no address of its own: then a relative link stays relative.
    if scheme in ("http", "https") or (not scheme and not urlsplit(base).scheme):
        return address
    return None


def parse(text: str, url: str | None = None) -> Document:
    """Parse HTML as browsers forgive it, up to what is read of one page; nothing gives an empty body."""
    source, left_out = _as_read(text)
    cleaned = _XML_DECLARATION.sub("", source, count=1)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = html.document_fromstring(cleaned or "<body></body>", parser=parser)
    except etree.ParserError:
        root = html.document_fromstring("<body></body>")
    if _is_too_deep(parser):
        left_out = 1 - (1 - left_out) * share_begun(cleaned, sum(1 for _ in root.iter(etree.Element)))
    _begin_body_as_browsers_do(root)
    base = next((b.get("href") for b in root.iter("base") if b.get("href")), None)
    document = Document(
        url=url,
        base_url=_base(url, base),
        root=root,
        scripts=tuple(_scripts(root)),
        noscript=" ".join(one_line(node) for node in root.iter("noscript")),
        title=next((line for node in root.iter("title") if (line := one_line(node))), None),
        language=_language(root),
        meta=MappingProxyType(dict(_meta(root))),
        head_links=tuple(_head_links(root)),
        left_out=left_out,
    )
    _drop_invisible(root)
    remember(root)
    return document


def _as_read(text: str) -> tuple[str, float]:
    """Return what is read of a page, without what the parser never sees, and the share that is left out."""
    # Of nearly all pages of that size the bounds are met long before the end.
    first = text[:_AT_FIRST]
    source, left_out = within_bounds(_without_controls(first))
    if left_out or len(first) == len(text):
        return source, 1 - (1 - left_out) * len(first) / len(text) if left_out else 0.0
    return within_bounds(_without_controls(text))


def _is_too_deep(parser: html.HTMLParser) -> bool:
    """Tell whether a page's elements stand in each other deeper than is parsed: what follows is missing."""
    last = parser.error_log.last_error
    return last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _without_controls(text: str) -> str:
    for character in _CONTROL:
        if character in text:
            text = text.replace(character, "")
    return text


def _begin_body_as_browsers_do(root: HtmlElement) -> None:
    """Move out of the head what does not belong there: the parser knows no ``main`` that begins a body."""
    head = root.find("head")
    if head is None:
        return
    strays = list(dropwhile(lambda node: node.tag in _OF_THE_HEAD, head))
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    if body.text:
        strays[-1].tail = (strays[-1].tail or "") + body.text
        body.text = None
    for place, node in enumerate(strays):
        body.insert(place, node)


def _base(url: str | None, base: str | None) -> str:
    try:
        return urljoin(url or "", base or "")
    except ValueError:
        return url or ""


def _scripts(root: HtmlElement) -> Iterator[Script]:
    for node in root.iter("script"):
        if node.text and node.text.strip():
            yield Script((node.get("type") or "").strip().lower(), node.get("id"), node.text)


def _language(root: HtmlElement) -> str | None:
    declared = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    )
    if not declared:
        declared = next(
            (
                m.get("content")
                for m in root.iter("meta")
                if (m.get("http-equiv") or "").lower() == "content-language"
            ),
            None,
        )
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", (declared or "").strip())
    return found.group().lower() if found else None


def _head_links(root: HtmlElement) -> Iterator[HeadLink]:
    for node in root.iter("link"):
        if node.get("rel") and node.get("href"):
            relations = frozenset(node.get("rel", "").lower().split())
            media_type = (node.get("type") or "").split(";")[0].strip().lower()
            yield HeadLink(relations, node.get("href", ""), media_type)


def _meta(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = node.get("content")
        if name and content and content.strip():
            yield name.strip().lower(), squeeze(content)


def _is_hidden(node: HtmlElement) -> bool:
    return (
        node.get("hidden") is not None
        or bool(_HIDDEN_STYLE.search(node.get("style") or ""))
        or (node.tag == "input" and (node.get("type") or "").lower() == "hidden")
    )


def _drop_invisible(root: HtmlElement) -> None:
    etree.strip_elements(root, "script", *INVISIBLE, with_tail=False)
    maybe = cast("list[HtmlElement]", _MAY_BE_HIDDEN(root))
    _drop(root, [node for node in maybe if _is_hidden(node) and not _is_panel(node)])


def _is_panel(node: HtmlElement) -> bool:
    # Tabs and accordions hide most of what they hold until somebody clicks: that is content all the same.
    if node.tag not in _PANELS or _POPUP.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
        return False
    return sum(map(len, node.itertext())) >= LEAST_PANEL and node.find(".//input") is None


def _drop(root: HtmlElement, doomed: Sequence[HtmlElement]) -> None:
    for node in doomed:
        parent = node.getparent()
        if parent is not None and node is not root and node.tag != "body":
            node.drop_tree()
