"""Where on a page its content stands, and where only its frame: menus, footers, side columns."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree
from lxml.html import HtmlElement

from hoistscraper.extraction.document import Document
from hoistscraper.extraction.lines import lines_without, one_line, squeeze

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_NO_FRAME = frozenset(["html", "body", "main", "article", "tr", "td", "th", "tbody"])
_OF_HEART = frozenset(["main", "h1"])
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


@dataclass(frozen=True, eq=False)
class Layout:
    """The content of a page in page order, each node with what is asked of it again and again."""

    document: Document
    nodes: tuple[HtmlElement, ...]
    text_length: Mapping[HtmlElement, int]
    section: Mapping[HtmlElement, HtmlElement | None]  # the heading that stands last before a node
    shape: Mapping[HtmlElement, int]  # equal for nodes at the same place in the page's pattern
    frames: frozenset[HtmlElement]  # the outermost nodes of what is no content

    def section_title(self, node: HtmlElement) -> str | None:
        """Return the heading under which a node stands."""
        return name_of_section(self.section.get(node))

    @cached_property
    def above(self) -> Mapping[HtmlElement, HtmlElement | None]:
        """The heading of a higher level under which each heading, or term of a list, stands."""
        above: dict[HtmlElement, HtmlElement | None] = {}
        open_headings: list[HtmlElement] = []
        for node in self.nodes:
            if node.tag in HEADINGS:
                while open_headings and open_headings[-1].tag >= node.tag:
                    open_headings.pop()
                above[node] = open_headings[-1] if open_headings else None
                open_headings.append(node)
            elif node.tag == "dt":
                above[node] = open_headings[-1] if open_headings else None
        return above

    def outer_section_title(self, node: HtmlElement) -> str | None:
        """Return the heading under which a block stands that may begin with a heading of its own."""
        heading = self.section.get(node)
        own = next(node.iter(*HEADINGS), None)
        while heading is not None and own is not None and heading.tag >= own.tag:
            heading = self.above.get(heading)
        return name_of_section(heading)

    @cached_property
    def content_length(self) -> int:
        """How many characters the content has."""
        texts = [text for node in self.nodes for text in (node.text, node.tail) if text]
        # All at once, for there are very many; what parts them here is in no text.
        return sum(map(len, map(str.strip, squeeze("\x00".join(texts)).split("\x00"))))

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the content, the page's frame left out."""
        return lines_without(self.document.root, self.frames)


def name_of_section(heading: HtmlElement | None) -> str | None:
    """Return what a section is named; the page's own name is weighed as what the page is about."""
    return None if heading is None or heading.tag == "h1" else one_line(heading)


def lay_out(document: Document) -> Layout:
    """Part a page's content from its frame and name the pattern of every node; one pass, never recursive."""
    # Large pages have hundreds of thousands of nodes: what can be asked of all at once is not asked of each.
    everything = list(document.root.iter(etree.Element))
    length = _text_lengths(everything)
    frames, framed = _frames(everything, length)
    content = [node for node in everything if node not in framed] if framed else everything
    headings = [node for node in document.root.iter(*HEADINGS) if node not in framed and length[node]]
    return Layout(document, tuple(content), length, _sections(content, headings), _shapes(content), frames)


def _text_lengths(nodes: Sequence[HtmlElement]) -> dict[HtmlElement, int]:
    length = {node: len(text.strip()) if (text := node.text) else 0 for node in nodes}
    for node in nodes[:0:-1]:
        inside = length[node]
        if tail := node.tail:
            inside += len(tail.strip())
        if inside:
            length[node.getparent()] += inside
    return length


def _frames(
    nodes: Sequence[HtmlElement], length: Mapping[HtmlElement, int]
) -> tuple[frozenset[HtmlElement], set[HtmlElement]]:
    """Return the outermost nodes of the page's frame, and all that stands in them."""
    heart = {
        above
        for node in nodes
        if node.tag in _OF_HEART or node.get("role") == "main"
        for above in (node, *node.iterancestors())
    }
    whole = max(length[nodes[0]], 1)
    frames: list[HtmlElement] = []
    framed: set[HtmlElement] = set()
    for node in filter(_may_be_frame, nodes):
        if node not in framed and _is_frame(node, is_heart=node in heart, share=length[node] / whole):
            frames.append(node)
            framed.update(node.iter(etree.Element))
    return frozenset(frames), framed


def _may_be_frame(node: HtmlElement) -> bool:
    tag = node.tag
    if tag in _NO_FRAME:
        return False
    if tag in _FRAME_TAGS or tag == "header" or (node.get("role") or "").lower() in _FRAME_ROLES:
        return True
    return _names_frame(node.get("class") or "") or _names_frame(node.get("id") or "")


def _sections(
    content: list[HtmlElement], headings: Sequence[HtmlElement]
) -> dict[HtmlElement, HtmlElement | None]:
    section: dict[HtmlElement, HtmlElement | None] = {}
    latest: HtmlElement | None = None
    start = 0
    for heading in headings:
        end = content.index(heading, start) + 1
        section.update(dict.fromkeys(content[start:end], latest))
        start, latest = end, heading
    section.update(dict.fromkeys(content[start:], latest))
    return section


def _is_frame(node: HtmlElement, *, is_heart: bool, share: float) -> bool:
    """Tell of a node that may be a frame whether it is one."""
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


def _shapes(nodes: Sequence[HtmlElement]) -> dict[HtmlElement, int]:
    same: dict[tuple[str, str], tuple[str, str]] = {}
    written = ((str(node.tag), node.get("class") or "") for node in nodes)
    kinds = [same.setdefault(kind, kind) for kind in written]
    leading = _leading_classes(Counter(kinds))
    numbers: dict[tuple[int, str, str], int] = {}
    known: dict[tuple[int, tuple[str, str]], int] = {}
    shape: dict[HtmlElement, int] = {}
    for node, kind in zip(nodes, kinds, strict=True):
        parent = node.getparent()
        above = shape.get(parent, -1) if parent is not None else -1
        number = known.get((above, kind))
        if number is None:
            key = (above, kind[0], leading[kind])
            number = known[above, kind] = numbers.setdefault(key, len(numbers))
        shape[node] = number
    return shape


def _leading_classes(kinds: Counter[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return for each tag with its classes the first one that other nodes of the tag have, too."""
    often: Counter[tuple[str, str]] = Counter()
    for (tag, written), count in kinds.items():
        for name in telling_classes(written):
            often[tag, name] += count
    leading = {}
    for tag, written in kinds:
        names = telling_classes(written)
        first = names[0] if names else ""
        leading[tag, written] = next((name for name in names if often[tag, name] > 1), first)
    return leading


@lru_cache(maxsize=8_192)
def telling_classes(written: str) -> tuple[str, ...]:
    """Return the classes that do not tell one row from its neighbours."""
    return tuple(name for name in written.split() if not _POSITION.search(name))
