"""Where the rows of a list stand on a page, in terms that outlast what is written in them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from hoistscraper.discovery.grids import find_grids
from hoistscraper.discovery.headings import find_sections
from hoistscraper.discovery.layout import Layout, telling_classes
from hoistscraper.discovery.records import records_with_shape
from hoistscraper.discovery.rows import MOST_WEIGHED, Form, RowGroup, spread
from hoistscraper.discovery.tables import find_tables
from hoistscraper.extraction.lexicon import field_of

_MOST_STEPS = 40
_MOST_CLASSES = 4
_MOST_LABELS = 50
_MARKS = ("role", "itemtype", "itemprop", "data-type")


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a path: its tag, the classes that all nodes there share, and marks such as its role."""

    tag: str
    classes: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    def fits(self, node: HtmlElement) -> bool:
        """Tell whether a node is at such a step."""
        written = node.get("class") or ""
        return (
            node.tag == self.tag
            # First what takes a part of the time and suffices for nearly all nodes.
            and all(name in written for name in self.classes)
            and (not self.classes or self.classes <= _classes(written))
            and (not self.marks or self.marks <= frozenset(_marks(node)))
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: its form, the path of its rows from the inside out, and its column labels.

    The ways to find it again are ranked: the whole path and the same labels; the last steps, where these
    have names of their own, or labels for the same fields; the tags of the path alone.
    """

    form: Form
    steps: tuple[Step, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """Rows that stand where a place says; ``rank`` 0 is the surest way to find them."""

    group: RowGroup
    rank: int


def place_of(group: RowGroup) -> Place:
    """Return where the rows of a group stand."""
    nodes = spread(_nodes(group), MOST_WEIGHED)
    labels = _labels(group) if group.form in ("table", "grid") else ()
    return Place(group.form, tuple(_shared_steps(nodes)), labels)


def rows_at(place: Place, layout: Layout) -> RowGroup | None:
    """Return the rows that stand exactly at a place, or ``None``."""
    return next((found.group for found in _ways(place, layout) if found.rank == 0), None)


def found_at(place: Place, layout: Layout) -> Found | None:
    """Return the rows that stand at a place or at what is most like it, or ``None``."""
    return next(_ways(place, layout), None)


def path_within(node: HtmlElement, top: HtmlElement) -> str | None:
    """Return the path from a row to a node in it: ``td[2]>a.name``; empty for the row itself."""
    steps: list[str] = []
    while node is not top:
        parent = node.getparent()
        if parent is None or len(steps) >= _MOST_STEPS:
            return None
        steps.append(_within(node, parent))
        node = parent
    return ">".join(reversed(steps))


def at_path(path: str, top: HtmlElement) -> HtmlElement | None:
    """Return the first node at a path within a row."""
    node: HtmlElement | None = top
    for step in path.split(">") if path else ():
        if node is None:
            return None
        parent = node
        node = next((child for child in parent.iterchildren("*") if _within(child, parent) == step), None)
    return node


def _ways(place: Place, layout: Layout) -> Iterator[Found]:
    if place.form in ("table", "grid"):
        yield from _by_labels(place, layout)
        return
    paths = (
        place.steps,
        place.steps[:2] if any(step.classes or step.marks for step in place.steps[:2]) else (),
        tuple(Step(step.tag) for step in place.steps),
    )
    for rank, steps in enumerate(paths):
        group = _by_path(place.form, steps, layout) if steps else None
        if group is not None:
            yield Found(group, rank)


def _by_labels(place: Place, layout: Layout) -> Iterator[Found]:
    groups = find_tables(layout) if place.form == "table" else find_grids(layout)
    fields = _fields(place.labels)
    ranked = []
    for group in groups:
        labels = _labels(group)
        if set(labels) == set(place.labels):
            ranked.append((0, -group.size, group))
        elif len(fields) >= 2 and fields == _fields(labels):
            ranked.append((1, -group.size, group))
    ranked.sort(key=lambda each: each[:2])
    for rank, _, group in ranked:
        yield Found(group, rank)


def _by_path(form: Form, steps: Sequence[Step], layout: Layout) -> RowGroup | None:
    if form == "headings":
        return _sections_at(steps, layout)
    tag = steps[0].tag
    there = [
        node
        for node in layout.nodes
        if node.tag == tag and layout.text_length[node] and _stands_at(node, steps)
    ]
    if len(there) < 2:
        return None
    # Rows of one pattern belong together, as for who looks for them without a recipe.
    shape, _ = Counter(layout.shape[node] for node in there).most_common(1)[0]
    return records_with_shape(shape, layout)


def _sections_at(steps: Sequence[Step], layout: Layout) -> RowGroup | None:
    fitting = (
        group for group in find_sections(layout) if all(_stands_at(row.node, steps) for row in group.rows)
    )
    return max(fitting, key=lambda group: group.size, default=None)


def _stands_at(node: HtmlElement, steps: Sequence[Step]) -> bool:
    at: HtmlElement | None = node
    for step in steps:
        if at is None or not step.fits(at):
            return False
        at = at.getparent()
    return True


def _shared_steps(nodes: Sequence[HtmlElement]) -> Iterator[Step]:
    level: list[HtmlElement] = list(nodes)
    for _ in range(_MOST_STEPS):
        first = level[0]
        if first.tag == "html" or any(node.tag != first.tag for node in level):
            return
        classes = frozenset.intersection(*(_classes(node.get("class") or "") for node in level))
        marks = frozenset.intersection(*(frozenset(_marks(node)) for node in level))
        yield Step(str(first.tag), frozenset(sorted(classes)[:_MOST_CLASSES]), marks)
        above = {id(parent): parent for node in level if (parent := node.getparent()) is not None}
        if not above:
            return
        level = list(above.values())


def _nodes(group: RowGroup) -> Sequence[HtmlElement]:
    return group.nodes or tuple(row.node for row in group.rows)


def _labels(group: RowGroup) -> tuple[str, ...]:
    sample = spread(group.rows, MOST_WEIGHED)
    return tuple(dict.fromkeys(text.label for row in sample for text in row.texts if text.label))[
        :_MOST_LABELS
    ]


def _fields(labels: Sequence[str]) -> frozenset[str]:
    return frozenset(field for label in labels if (field := field_of(label)))


def _within(node: HtmlElement, parent: HtmlElement) -> str:
    if node.tag in ("td", "th"):
        return f"{node.tag}[{parent.index(node) + 1}]"
    named = sorted(_classes(node.get("class") or ""))[:1]
    return ".".join([str(node.tag), *(name.replace(">", "") for name in named)])


@lru_cache(maxsize=4_096)
def _classes(written: str) -> frozenset[str]:
    return frozenset(telling_classes(written))


def _marks(node: HtmlElement) -> Iterator[str]:
    for name in _MARKS:
        if value := node.get(name):
            yield f"{name}={value.strip()[:80]}"
