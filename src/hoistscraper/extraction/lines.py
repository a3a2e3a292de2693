"""A tree's visible text in lines: one for each block or line break, white space squeezed."""

import gc
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from lxml import etree
from lxml.html import HtmlElement

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section select
    summary table tbody td tfoot th thead tr ul""".split()
)
_LINE_END = "\x00"  # parsed text never holds it
_PARTING = " " + _LINE_END
_Opened = tuple[HtmlElement, bool, int]  # a node, whether it is a block, the piece that it begins with


def squeeze(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join((text.replace("\u200b", " ") if "\u200b" in text else text).split())


def one_line(node: HtmlElement) -> str:
    """Return a node's visible text on one line; neighbouring blocks are parted by a space."""
    return _written(node).replace(_LINE_END, " ")


def lines(node: HtmlElement) -> Sequence[str]:
    """Return a node's visible text, a line for each block or line break, white space squeezed."""
    return _parted(_written(node))


def lines_without(top: HtmlElement, left_out: Collection[HtmlElement]) -> Sequence[str]:
    """Return the lines of a node, but not what stands in some nodes below it that do not overlap."""
    tree, (start, end) = _placed(top)
    kept: list[str] = []
    for first, last in sorted(tree.spans[node] for node in left_out):
        kept.append(tree.between(start, first))
        start = last
    kept.append(tree.between(start, end))
    return _parted(_LINE_END.join(filter(None, kept)))


def length_of(node: HtmlElement) -> int:
    """Return how many characters a node's text has, white space as it stands in the source."""
    tree, (start, end) = _placed(node)
    return tree.lengths[end] - tree.lengths[start]


@contextmanager
def remembering_lines() -> Iterator[None]:
    """Write down the text of the page that is read once: its readers ask for that of most nodes, and often.

    Meanwhile Python does not look for rubbish: reading makes hundreds of thousands of objects that stay, and
    none that hold each other.
    """
    token = _remembered.set(_Remembered())
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
        _remembered.reset(token)


def remember(top: HtmlElement) -> None:
    """Write down the text of a page, which stays as it is from now on; of several only that of the first."""
    remembered = _remembered.get()
    if remembered is not None and remembered.tree is None:
        remembered.tree = _Tree(top)


class _Tree:
    """The visible text of a tree, white space squeezed, lines parted; and where in it each node's stands."""

    def __init__(self, top: HtmlElement) -> None:
        pieces: list[str] = []
        self.spans: dict[HtmlElement, tuple[int, int]] = {}  # the pieces of each node, from and up to
        above: list[_Opened] = []  # what the next node may stand in
        # One after the other, never recursive: broken pages nest thousands deep.
        for node in top.iter(etree.Element):
            if above:
                parent = node.getparent()
                while above[-1][0] is not parent:
                    self._close(above.pop(), pieces)
            tag = node.tag
            is_block = tag in BLOCKS
            if is_block or tag == "br":
                pieces.append(_LINE_END)
            opened = (node, is_block, len(pieces))
            if text := node.text:
                pieces.append(text)
            if len(node):
                above.append(opened)
            else:
                self._close(opened, pieces)
        while above:
            self._close(above.pop(), pieces)
        self._write(pieces)

    def _close(self, opened: _Opened, pieces: list[str]) -> None:
        node, is_block, start = opened
        self.spans[node] = start, len(pieces)
        if is_block:
            pieces.append(_LINE_END)
        if tail := node.tail:
            pieces.append(tail)

    def _write(self, pieces: list[str]) -> None:
        written: list[str] = []
        position = length = 0
        self._positions = array("I", [0])  # in the text, of what follows each piece
        self.lengths = array("I", [0])  # of all pieces up to there
        between = ""  # what parts the next text from the last one
        for piece in pieces:
            if piece is _LINE_END:
                between = _LINE_END
            else:
                length += len(piece)
                squeezed = squeeze(piece)
                if not between and (not squeezed or piece[0] != squeezed[0]):
                    between = " "
                if squeezed:
                    written.append(between + squeezed)
                    position += len(between) + len(squeezed)
                    between = "" if piece[-1] == squeezed[-1] else " "
            self._positions.append(position)
            self.lengths.append(length)
        self._text = "".join(written)

    def between(self, start: int, end: int) -> str:
        """Return the text from one piece up to another."""
        return self._text[self._positions[start] : self._positions[end]].lstrip(_PARTING)


class _Remembered:
    """The page that is read, once it is parsed."""

    tree: _Tree | None = None


_remembered: ContextVar[_Remembered | None] = ContextVar("_remembered", default=None)


def _placed(node: HtmlElement) -> tuple[_Tree, tuple[int, int]]:
    """Return the tree that a node is written down in, and where."""
    remembered = _remembered.get()
    if remembered is not None and (tree := remembered.tree) is not None and (span := tree.spans.get(node)):
        return tree, span
    tree = _Tree(node)
    return tree, tree.spans[node]


def _written(node: HtmlElement) -> str:
    """Return a node's text, white space squeezed, lines parted."""
    tree, (start, end) = _placed(node)
    return tree.between(start, end)


def _parted(written: str) -> Sequence[str]:
    return written.split(_LINE_END) if written else []
