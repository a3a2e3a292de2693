"""Where on a page its content stands, and where only its frame: menus, footers, side columns."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree
from lxml.html import HtmlElement

from hoistscraper.extraction.document import BLOCKS, Document, one_line, squeeze

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_FRAME_TAGS = frozenset(["nav", "footer", "aside", "select", "datalist", "dialog"])
_FRAME_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"]
)
# Words that the authors of pages everywhere put into the classes and names of what frames a page.
_FRAME_WORDS = frozenset(
    "nav navbar navigation menu menubar submenu megamenu dropdown footer sidebar breadcrumb breadcrumbs crumb"
    " crumbs cookie cookies pager pagination paginate social share sharing skip login signin related"
    " recommended topbar toolbar copyright masthead languages lang comments comment respond".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# A number in a name counts rows ("row-12"); several are what a bundler made of a name ("css-1x2y3").
_POSITION = re.compile(
    r"^(?:odd|even|alt|first|last|active|current|new|row|col|item)$|^\D*\d+(?:[-_]\D*)?$", re.IGNORECASE
)
_MOST_OF_THE_PAGE = 0.5
_MOST_KEPT = 20_000  # nodes


@dataclass(frozen=True, eq=False)
class Layout:
    """The content of a page in page order, each node with what is asked of it again and again."""

    document: Document
    nodes: tuple[HtmlElement, ...]
    text_length: Mapping[HtmlElement, int]
    section: Mapping[HtmlElement, HtmlElement | None]  # the heading that stands last before a node
    shape: Mapping[HtmlElement, int]  # equal for nodes at the same place in the page's pattern

    def section_title(self, node: HtmlElement) -> str | None:
        """Return the heading under which a node stands."""
        heading = self.section.get(node)
        return None if heading is None else one_line(heading)

    @cached_property
    def content_length(self) -> int:
        """How many characters the content has."""
        return sum(len(squeeze(n.text or "")) + len(squeeze(n.tail or "")) for n in self.nodes)

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the content, the page's frame left out."""
        return tuple(_content_lines(self))

    def each_line(self) -> Iterator[str]:
        """Yield the same lines; those of a large page are not kept, for they take much memory."""
        return iter(self.lines) if len(self.nodes) <= _MOST_KEPT else _content_lines(self)


def lay_out(document: Document) -> Layout:
    """Part a page's content from its frame and name the pattern of every node; one pass, never recursive."""
    everything = list(document.root.iter(etree.Element))
    length = _text_lengths(everything)
    content = tuple(_content(everything, length))
    section: dict[HtmlElement, HtmlElement | None] = {}
    latest: HtmlElement | None = None
    for node in content:
        section[node] = latest
        if node.tag in HEADINGS and length[node]:
            latest = node
    return Layout(document, content, length, section, _shapes(content))


def _content_lines(layout: Layout) -> Iterator[str]:
    inside = layout.section  # which knows each node of the content
    pieces: list[str] = []
    walker = etree.iterwalk(layout.document.root, events=("start", "end"))
    for event, node in walker:
        is_start = event == "start"
        is_framed = is_start and node not in inside
        if is_framed:
            walker.skip_subtree()
        if pieces and (is_framed or node.tag in BLOCKS or (is_start and node.tag == "br")):
            if line := squeeze("".join(pieces)):
                yield line
            pieces.clear()
        text = None if is_framed else node.text if is_start else node.tail
        if text:
            pieces.append(text)
    if line := squeeze("".join(pieces)):
        yield line


def _text_lengths(nodes: list[HtmlElement]) -> dict[HtmlElement, int]:
    length = {node: len((node.text or "").strip()) for node in nodes}
    for node in reversed(nodes):
        parent = node.getparent()
        if parent is not None and parent in length:
            length[parent] += length[node] + len((node.tail or "").strip())
    return length


def _content(nodes: list[HtmlElement], length: Mapping[HtmlElement, int]) -> Iterator[HtmlElement]:
    heart = {
        above
        for node in nodes
        if node.tag in ("main", "h1") or node.get("role") == "main"
        for above in (node, *node.iterancestors())
    }
    whole = length[nodes[0]] if nodes else 0
    framed: set[HtmlElement] = set()
    for node in nodes:
        if node.getparent() in framed or _is_frame(
            node, is_heart=node in heart, share=length[node] / max(whole, 1)
        ):
            framed.add(node)
        else:
            yield node


def _is_frame(node: HtmlElement, *, is_heart: bool, share: float) -> bool:
    if node.tag in ("html", "body", "main", "article", "tr", "td", "th", "tbody"):
        return False
    if node.tag in _FRAME_TAGS or (node.get("role") or "").lower() in _FRAME_ROLES:
        return not is_heart or node.tag == "select"
    if is_heart or share > _MOST_OF_THE_PAGE:
        return False
    if (
        node.tag == "header"
        and share > 0
        and next(node.iterancestors("article", "li", "main", "section"), None) is None
    ):
        return True
    return _names_frame(node.get("class") or "") or _names_frame(node.get("id") or "")


@lru_cache(maxsize=8_192)
def _names_frame(name: str) -> bool:
    return any(word.lower() in _FRAME_WORDS for word in _WORD.findall(name))


def _shapes(nodes: tuple[HtmlElement, ...]) -> dict[HtmlElement, int]:
    numbers: dict[tuple[int, str, str], int] = {}
    shape: dict[HtmlElement, int] = {}
    named = {node: telling_classes(node.get("class") or "") for node in nodes}
    often = Counter((node.tag, name) for node, names in named.items() for name in names)
    for node in nodes:
        parent = node.getparent()
        above = shape.get(parent, -1) if parent is not None else -1
        names = named[node]
        leading = next((name for name in names if often[node.tag, name] > 1), names[0] if names else "")
        key = (above, str(node.tag), leading)
        shape[node] = numbers.setdefault(key, len(numbers))
    return shape


@lru_cache(maxsize=8_192)
def telling_classes(written: str) -> tuple[str, ...]:
    """Return the classes that do not tell one row from its neighbours."""
    return tuple(name for name in written.split() if not _POSITION.search(name))
