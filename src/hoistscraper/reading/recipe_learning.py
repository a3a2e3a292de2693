"""Learn a recipe from a listing that the general reader has read."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from hoistscraper.discovery.naming import clean_title
from hoistscraper.discovery.places import at_path, path_within, place_of
from hoistscraper.discovery.rows import Row, RowGroup, spread
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.lines import one_line
from hoistscraper.reading.recipe import FieldPlace, Recipe, RememberedRow

_MOST_LOOKED_AT = 24
_MOST_INNER = 300
_SHARED = 0.5
_SURE = 0.9
_FIELDS = (
    "deadline opening_date organisation amount_min amount_max currency reference_number status location"
).split()
_BRIEF = 200  # characters of a node that holds one value


def learn(
    group: RowGroup,
    rows: Sequence[Row],
    items: Sequence[Candidate],
    document: Document,
    *,
    next_page: str | None,
    reader: str,
) -> Recipe:
    """Return where the rows of a listing stand, and where their values stand in them.

    ``items`` are what the rows were read as, in the same order.
    """
    pairs = spread(list(zip(rows, items, strict=True)), _MOST_LOOKED_AT)
    fields = {"title": _title_place(pairs), "url": _link_place(pairs, document)}
    fields |= {name: _value_place(pairs, name) for name in _FIELDS}
    return Recipe(
        place=place_of(group),
        fields={name: place for name, place in fields.items() if place is not None},
        rows=len(rows),
        next_page=_next_in_words(document, next_page),
        remembered=tuple(map(RememberedRow.of, items)),
        reader=reader,
    )


def holds_titles(recipe: Recipe, rows: Sequence[Row]) -> bool:
    """Tell whether the first, the middle and the last row have their names where the recipe says."""
    place = recipe.fields.get("title")
    if place is None or place.path is None or place.share < _SURE:
        return True
    return all(_says(row, place.path, row.title) for row in (rows[0], rows[len(rows) // 2], rows[-1]))


def _says(row: Row, path: str, title: str) -> bool:
    node = at_path(path, row.node)
    return node is not None and title in clean_title(one_line(node))


def _title_place(pairs: Sequence[tuple[Row, Candidate]]) -> FieldPlace | None:
    return _place([(_innermost(row.node, row.title), None) for row, _ in pairs], len(pairs))


def _link_place(pairs: Sequence[tuple[Row, Candidate]], document: Document) -> FieldPlace | None:
    return _place([(_link(row, document), None) for row, _ in pairs if row.url], len(pairs))


def _value_place(pairs: Sequence[tuple[Row, Candidate]], name: str) -> FieldPlace | None:
    stated = [(row, item.evidence[name].quote) for row, item in pairs if name in item.evidence]
    return _place([(_innermost(row.node, quote), _label(row, quote)) for row, quote in stated], len(pairs))


def _place(found: Sequence[tuple[str | None, str | None]], rows: int) -> FieldPlace | None:
    if not found:
        return None
    (path, label), count = Counter(found).most_common(1)[0]
    is_shared = count >= _SHARED * len(found)
    return FieldPlace(path if is_shared else None, label if is_shared else None, round(len(found) / rows, 2))


def _innermost(row: HtmlElement, text: str) -> str | None:
    """Return the path to the innermost node of a row that says a text."""
    best: HtmlElement | None = None
    for node, _ in zip(_brief(row, len(text)), range(_MOST_INNER), strict=False):
        if text in one_line(node):
            best = node
    return None if best is None else path_within(best, row)


def _brief(row: HtmlElement, length: int) -> Iterator[HtmlElement]:
    for node in row.iter("*"):
        written = len(one_line(node))
        if length <= written <= length + _BRIEF:
            yield node


def _link(row: Row, document: Document) -> str | None:
    leading = (node for node in row.node.iter("a") if document.absolute(node.get("href")) == row.url)
    link = next(leading, None)
    return None if link is None else path_within(link, row.node)


def _label(row: Row, quote: str) -> str | None:
    return next((text.label for text in row.texts if text.label and quote in text.text), None)


def _next_in_words(document: Document, next_page: str | None) -> str | None:
    if next_page is None:
        return None
    for link in document.root.iter("a"):
        if document.absolute(link.get("href")) == next_page and (text := one_line(link)):
            return f"the link \u201c{text[:40]}\u201d"
    return "a link in the page's head"
