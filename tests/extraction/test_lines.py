"""The visible text of pages in lines, whoever asks for it and whatever the page is made of."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import (
    BLOCKS,
    length_of,
    lines,
    lines_without,
    one_line,
    remembering_lines,
    squeeze,
)

_PIECES = (
    *"<p> </p> <div> </div> <li> <ul> </ul> <b> </b> <span> </span> <br> <i> </i> <h2> </h2> <td>".split(),
    *"one two three & \u200b x\u200b".split(" "),
    " ",
    "\n  ",
    "\u00a0",
    "\t",
)
_PAGES = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)


def _plainly(node: HtmlElement) -> Iterator[str]:
    """Yield the texts of a node as they stand in the source, with a mark where a line ends."""
    if node.tag in BLOCKS or node.tag == "br":
        yield "\x00"
    yield node.text or ""
    for child in node:
        yield from _plainly(child)
        yield child.tail or ""
    if node.tag in BLOCKS:
        yield "\x00"


def _lines_of(texts: str) -> list[str]:
    return [line for each in texts.split("\x00") if (line := squeeze(each))]


@given(_PAGES)
def test_every_node_has_the_lines_that_are_written_in_it(page: str) -> None:
    plain = {place: _lines_of("".join(_plainly(node))) for place, node in enumerate(parse(page).root.iter())}
    assert {place: [*lines(node)] for place, node in enumerate(parse(page).root.iter())} == plain
    with remembering_lines():
        root = parse(page).root
        for place, node in enumerate(root.iter()):
            assert [*lines(node)] == plain[place]
            assert one_line(node) == " ".join(plain[place])
            assert length_of(node) == sum(map(len, node.itertext()))


@given(_PAGES, st.integers(0, 40))
def test_what_is_left_out_parts_the_lines_around_it(page: str, number: int) -> None:
    root = parse(page).root
    nodes = [node for node in root.iter() if node is not root]
    chosen = nodes[number % len(nodes)]
    found = [*lines_without(root, [chosen])]

    for child in list(chosen):
        chosen.remove(child)
    chosen.text = None
    chosen.tag = "hr"  # a block, whatever it was
    assert found == _lines_of("".join(_plainly(root)))


def test_a_page_that_is_remembered_is_written_down_once() -> None:
    page = "<ul><li>one<li>two <b>three</b> four</ul> five<br>six"
    with remembering_lines():
        root = parse(page).root
        *_, item = root.iter("li")
        item.text = "changed"
        assert lines(item) == ["two three four"]
        assert lines(parse("<p>another <b>page</b></p>").root) == ["another page"]
        assert lines(item) == ["two three four"]
    assert lines(item) == ["changedthree four"]
