"""A page's main content as a flat list of text blocks, each knowing where it stands."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.lines import BLOCKS, squeeze

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "legend": 5, "summary": 5, "caption": 5}
CELLS = frozenset({"td", "th", "dt", "dd", "li"})
INLINE = frozenset({"b", "strong", "span", "label", "em", "font", "u"})
BOLD = frozenset({"b", "strong"})


class Block(NamedTuple):
    """A line of visible text. ``cell`` is the table cell, dt, dd or li that holds it, ``node`` its own block.

    ``heading`` is 1 to 6 for a heading, 7 for a line that is bold throughout, 0 for other text; ``lead`` is
    the bold beginning of the line; ``linked`` the share of its characters that are links.
    """

    text: str
    node: HtmlElement
    cell: HtmlElement | None
    heading: int
    lead: str
    linked: float


class _Line:
    """The pieces of a line while it is being gathered."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lead: list[str] = []
        self.plain_seen = False
        self.linked = 0

    def add(self, text: str, *, bold: bool, link: bool) -> None:
        self.pieces.append(text)
        if link:
            self.linked += len(text.strip())
        if bold and not self.plain_seen:
            self.lead.append(text)
        elif not bold and text.strip():
            self.plain_seen = True


def blocks_of(
    top: HtmlElement, side: Collection[HtmlElement] = (), *, most: int | None = None
) -> list[Block]:
    """Return the text blocks below an element in page order, leaving out the side elements.

    Of more than ``most`` only the first are returned.
    """
    gathered = _Gathering(side)
    for event, node in etree.iterwalk(top, events=("start", "end")):
        if most is not None and len(gathered.blocks) > most:
            return gathered.blocks[:most]
        if event == "start":
            gathered.enter(node)
        else:
            gathered.leave(node, is_top=node is top)
    gathered.flush(top)
    return gathered.blocks[:most]


class _Gathering:
    def __init__(self, side: Collection[HtmlElement]) -> None:
        self.blocks: list[Block] = []
        self._side = side
        self._skipping: HtmlElement | None = None
        self._line = _Line()
        self._path: list[HtmlElement] = []
        self._cells: list[HtmlElement] = []
        self._bold = self._links = 0

    def enter(self, node: HtmlElement) -> None:
        if self._skipping is not None:
            return
        if node in self._side:
            self._skipping = node
            self.flush(node)
            return
        tag = node.tag
        if tag in BLOCKS:
            self.flush(node)
            self._path.append(node)
            if tag in CELLS:
                self._cells.append(node)
        elif tag == "br":
            self.flush(node)
        elif tag in INLINE:
            if self._line.pieces and (node.text or "").rstrip().endswith(":"):
                self._part_at(node)
            self._bold += tag in BOLD
        elif tag == "a":
            self._links += 1
        self._add(node.text)

    def leave(self, node: HtmlElement, *, is_top: bool) -> None:
        if self._skipping is None:
            self._leave_kept(node)
        elif self._skipping is node:
            self._skipping = None
        else:
            return
        if not is_top:
            self._add(node.tail)

    def _leave_kept(self, node: HtmlElement) -> None:
        tag = node.tag
        if tag in BLOCKS:
            self.flush(node)
            self._path.pop()
            if tag in CELLS:
                self._cells.pop()
        elif tag in INLINE:
            self._bold -= tag in BOLD
            if not node.tail and node.getnext() is not None:
                self._part_at(node)
        elif tag == "a":
            self._links -= 1

    def _part_at(self, node: HtmlElement) -> None:
        # Labels and values that stand on one line in the source are set apart by the page's styles.
        if len(node) == 0 and field_of(node.text or "") is not None:
            self.flush(node)

    def _add(self, text: str | None) -> None:
        if text:
            self._line.add(text, bold=self._bold > 0, link=self._links > 0)

    def flush(self, node: HtmlElement) -> None:
        """End the line that is being gathered."""
        line = self._line
        if not line.pieces:
            return
        self._line = _Line()
        text = squeeze("".join(line.pieces))
        if not text:
            return
        owner = self._path[-1] if self._path else node
        heading = next((HEADINGS[each.tag] for each in reversed(self._path[-4:]) if each.tag in HEADINGS), 0)
        lead = squeeze("".join(line.lead)) if line.lead else ""
        if not heading and lead == text:
            heading = 7
        cell = self._cells[-1] if self._cells else None
        self.blocks.append(Block(text, owner, cell, heading, lead, min(1.0, line.linked / len(text))))


def section_after(blocks: Sequence[Block], index: int, *, longest: int = 40) -> list[Block]:
    """Return the blocks below a heading, up to the next heading of its rank."""
    level = blocks[index].heading or 8
    box = blocks[index].node.getparent()
    section: list[Block] = []
    for block in blocks[index + 1 : index + 1 + longest]:
        if block.heading and block.heading <= level:
            break
        # A heading boxed together with its text ends with the box.
        if section and box is not None and _inside(box, section[0].node) and not _inside(box, block.node):
            break
        section.append(block)
    return section


def _inside(box: HtmlElement, node: HtmlElement) -> bool:
    return any(each is box for each in node.iterancestors())
