"""Repeated blocks: nodes of one pattern that each tell of one thing: cards, list entries, panels, links."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from hoistscraper.discovery.labelled_lines import labelled_lines
from hoistscraper.discovery.layout import Layout
from hoistscraper.discovery.led_rows import leading_rows, lines_with_below
from hoistscraper.discovery.links import Naming, name_row
from hoistscraper.discovery.naming import repeated_lines
from hoistscraper.discovery.rows import MOST_ROWS, MOST_WEIGHED, Row, RowGroup, spread
from hoistscraper.discovery.tables import are_label_and_value, cells_of
from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.lines import lines, one_line

_ENTRY_TAGS = frozenset(
    "li div article section tr tbody a details p dd fieldset table h2 h3 h4 dt td".split()
)
_MOST_PATTERNS = 40
_SENTENCE_WORDS = 9
_SHORTEST, _LONGEST = 8, 12_000  # characters of one entry, on average


def find_records(layout: Layout) -> list[RowGroup]:
    """Return the groups of repeated blocks that could be entries, each with a sample of its rows."""
    groups = []
    for nodes in _patterns(layout):
        if _state_facts(nodes):
            continue
        leading = leading_rows(nodes)
        entries = leading or nodes
        groups.append(_group(entries, spread(entries, MOST_WEIGHED), layout, is_led=bool(leading)))
    return [group for group in groups if group is not None]


def _state_facts(nodes: Sequence[HtmlElement]) -> bool:
    """Tell whether rows of a table are labels beside values: the facts of one thing, no entries."""
    if nodes[0].tag != "tr":
        return False
    sample = [cells_of(row) for row in spread(nodes, MOST_WEIGHED)]
    of_facts = [cells for cells in sample if are_label_and_value(cells)]
    if 2 * len(of_facts) <= len(sample):
        return False
    return any(field_of(one_line(cell)) is not None for cells in of_facts for cell in cells[::2])


def all_rows(group: RowGroup, layout: Layout) -> tuple[Row, ...]:
    """Return every row of a group that has a sample of them."""
    if not group.nodes:
        return group.rows
    whole = _group(list(group.nodes), group.nodes[:MOST_ROWS], layout, is_led=group.is_led)
    return group.rows if whole is None else whole.rows


def records_with_shape(shape: int, layout: Layout) -> RowGroup | None:
    """Return every row of one pattern."""
    nodes = [node for node in layout.nodes if layout.shape[node] == shape and layout.text_length[node]]
    leading = leading_rows(nodes)
    entries = leading or nodes
    return _group(entries, entries[:MOST_ROWS], layout, is_led=bool(leading))


def _patterns(layout: Layout) -> Iterator[list[HtmlElement]]:
    alike: dict[int, list[HtmlElement]] = defaultdict(list)
    for node in layout.nodes:
        # A hyphen marks elements of the page's own making, such as cards.
        if (node.tag in _ENTRY_TAGS or "-" in node.tag) and layout.text_length[node]:
            alike[layout.shape[node]].append(node)
    sizes = {shape: len(nodes) for shape, nodes in alike.items()}
    lengths = {shape: sum(map(layout.text_length.__getitem__, nodes)) for shape, nodes in alike.items()}
    likely = [
        shape
        for shape, nodes in alike.items()
        if len(nodes) >= 2
        and _SHORTEST <= lengths[shape] / len(nodes) <= _LONGEST
        and _may_be_entries(nodes, sizes, layout)
    ]
    likely.sort(key=lambda shape: -lengths[shape])
    yield from (alike[shape] for shape in likely[:_MOST_PATTERNS])


def _may_be_entries(nodes: list[HtmlElement], sizes: dict[int, int], layout: Layout) -> bool:
    parents: set[HtmlElement] = set()
    for node in nodes:
        parent = node.getparent()
        if parent is None or parent in parents:
            return True
        parents.add(parent)
    # A block that is alone in its parent, everywhere, is told by the parent.
    return any(
        sizes.get(layout.shape.get(parent, -1), 0) < len(nodes) and parent.tag not in _ENTRY_TAGS
        for parent in parents
    )


def _group(
    nodes: list[HtmlElement], chosen: Sequence[HtmlElement], layout: Layout, *, is_led: bool = False
) -> RowGroup | None:
    written = [lines_with_below(node) if is_led else lines(node) for node in chosen]
    barred = repeated_lines(written)
    made = (_row(node, each, barred, layout) for node, each in zip(chosen, written, strict=True))
    rows = [row for row in made if row is not None]
    if len(rows) < 2:
        return None
    left_out = max(0, len(nodes) - MOST_ROWS)
    return RowGroup("records", tuple(rows), nodes=tuple(nodes), is_led=is_led, left_out=left_out)


def _row(node: HtmlElement, written: Sequence[str], barred: frozenset[str], layout: Layout) -> Row | None:
    naming = name_row(node, layout.document, barred, written)
    if naming is None:
        return None
    prose = _is_mention(naming, written)
    texts = tuple(labelled_lines(written))
    return Row(naming.title, naming.url, texts, node, layout.outer_section_title(node), is_prose=prose)


def _is_mention(naming: Naming, written: Sequence[str]) -> bool:
    """Tell whether the name is part of a sentence, or one: then the block is prose, not an entry."""
    if naming.quality >= 3:
        return False
    line = next((each for each in written if naming.title in each), naming.title)
    sentence = len(naming.title.split()) >= _SENTENCE_WORDS and line.endswith((".", "!", "?", ";", ","))
    return sentence or len(line) > max(2.5 * len(naming.title), len(naming.title) + 60)
