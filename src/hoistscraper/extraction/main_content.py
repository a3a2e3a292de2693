"""The part of a page that is about its subject: not menus, banners, footers, side columns."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from lxml.html import HtmlElement

from hoistscraper.extraction.lines import length_of

SIDE_TAGS = frozenset({"nav", "footer", "aside", "button", "select", "dialog"})
SIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog"})
_SIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|mainmenu|submenu|sidebar|sidenav|footer|breadcrumbs?|cookies?|"
    r"share|sharing|social|related|comments?|pager|pagination|toolbar|skip|masthead|topbar|subscribe|"
    r"newsletter|popup|modal|respond|recent|widgets?|consent|addtoany|sharedaddy)(?:$|[\s_-])",
    re.IGNORECASE,
)
# These stay out even when they hold running text; other names (a "widget") may be the page's building blocks.
_NEVER_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:footer|cookies?|consent|comments?|respond|related|newsletter|subscribe|modal|popup|sidebar)(?:$|[\s_-])",
    re.IGNORECASE,
)
MOST_TEXT_OF_A_MENU = 250
_WRAPPERS = frozenset({"html", "body", "main", "article", "form", "table", "tbody", "td", "tr", "h1"})
LEAST_CONTENT = 200
LARGEST_SIDE_SHARE = 0.45
_MOST_COUNTED = 300


def main_of(body: HtmlElement) -> tuple[HtmlElement, frozenset[HtmlElement]]:
    """Return the element that holds the main content, and the elements inside it that do not belong."""
    lengths = _Lengths(body)
    whole = lengths.of(body)
    for candidate in _declared_main(body, lengths):
        side = frozenset(_side_nodes(candidate, whole, lengths))
        if lengths.of(candidate) - sum(map(lengths.of, side)) >= LEAST_CONTENT:
            return candidate, side
    side = frozenset(_side_nodes(body, whole, lengths))
    if whole - sum(map(lengths.of, side)) < min(LEAST_CONTENT, whole / 3):
        side = frozenset()
    return body, side


class _Lengths:
    """How many characters elements hold, and their links: counted one by one, but not for each of very many.

    Elements that stand in each other by the thousand would make that cost their number squared.
    """

    def __init__(self, top: HtmlElement) -> None:
        self._top = top
        self._asked = 0

    def of(self, node: HtmlElement) -> int:
        self._asked += 1
        return self._all[node][0] if self._asked > _MOST_COUNTED else length_of(node)

    def of_links(self, node: HtmlElement) -> int:
        self._asked += 1
        if self._asked > _MOST_COUNTED:
            return self._all[node][1]
        return sum(length_of(link) for link in node.iter("a"))

    @cached_property
    def _all(self) -> dict[HtmlElement, tuple[int, int]]:
        counted: dict[HtmlElement, tuple[int, int]] = {}
        for node in reversed(list(self._top.iter())):
            length, linked = len(node.text or ""), 0
            for child in node:
                inner, inner_linked = counted[child]
                length += inner + len(child.tail or "")
                linked += inner_linked
            counted[node] = length, linked + (length if node.tag == "a" else 0)
        return counted


def _declared_main(body: HtmlElement, lengths: _Lengths) -> Iterator[HtmlElement]:
    mains = [node for node in body.iter("main", "div", "section", "td") if _is_main(node)]
    if mains:
        yield max(mains, key=lengths.of)
    articles = [node for node in body.iter("article") if next(node.iterancestors("article"), None) is None]
    if len(articles) == 1:
        yield articles[0]


def _is_main(node: HtmlElement) -> bool:
    return node.tag == "main" or (node.get("role") or "").lower() == "main"


def _side_nodes(top: HtmlElement, whole: int, lengths: _Lengths) -> Iterator[HtmlElement]:
    stack = list(reversed(top))
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str):
            continue
        if _is_side(node, lengths) and lengths.of(node) <= LARGEST_SIDE_SHARE * whole:
            yield node
        else:
            stack.extend(reversed(node))


def _is_side(node: HtmlElement, lengths: _Lengths) -> bool:
    if node.tag in SIDE_TAGS or (node.get("role") or "").lower() in SIDE_ROLES:
        return True
    if node.tag == "header":
        return next(node.iterancestors("main", "article"), None) is None and node.find(".//h1") is None
    name = f"{node.get('class') or ''} {node.get('id') or ''}"
    if name == " " or node.tag in _WRAPPERS:
        return False
    is_side, is_surely = _is_side_name(name)
    return is_side and (is_surely or not _reads_as_text(node, lengths))


@lru_cache(maxsize=4_096)
def _is_side_name(name: str) -> tuple[bool, bool]:
    """Tell whether an element's classes and id are those of no content, and whether it surely is none."""
    return _SIDE_NAME.search(name) is not None, _NEVER_CONTENT.search(name) is not None


def _reads_as_text(node: HtmlElement, lengths: _Lengths) -> bool:
    length, linked = lengths.of(node), lengths.of_links(node)
    return length - linked > MOST_TEXT_OF_A_MENU and linked < length / 2
