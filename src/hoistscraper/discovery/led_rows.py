"""Entries of several rows: a row with the link, and below it rows without one that tell more of it."""

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from hoistscraper.extraction.lines import lines

_TAGS = frozenset(["tr", "p"])
_LEAST = 3
_MOST_BELOW = 4
_MOST_LEADING = 0.7


def leading_rows(nodes: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the rows that lead others, where rows with a link and rows without one take turns."""
    if len(nodes) < 2 * _LEAST or nodes[0].tag not in _TAGS:
        return []
    most = int(_MOST_LEADING * len(nodes))
    leading = list(islice(filter(_is_linked, nodes), most + 1))
    if not _LEAST <= len(leading) <= most:
        return []
    followed = sum(1 for node in leading if _rows_below(node))
    return leading if followed >= 0.9 * len(leading) else []


def lines_with_below(node: HtmlElement) -> list[str]:
    """Return the lines of a row and of the rows that it leads."""
    return [line for each in (node, *_rows_below(node)) for line in lines(each)]


def _rows_below(node: HtmlElement) -> list[HtmlElement]:
    below: list[HtmlElement] = []
    for sibling in node.itersiblings():
        if sibling.tag != node.tag or len(below) >= _MOST_BELOW or _is_linked(sibling):
            break
        if (sibling.text_content() or "").strip():
            below.append(sibling)
    return below


def _is_linked(node: HtmlElement) -> bool:
    return next((True for link in node.iter("a") if link.get("href")), False)
