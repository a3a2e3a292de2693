"""A row: one entry of a list as it stands on the page, whatever the list is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from lxml.html import HtmlElement

from hoistscraper.extraction.row import LabelledText

Entry = TypeVar("Entry")
MOST_WEIGHED = 24
MOST_ROWS = 5_000  # of one page, as of a feed or of records; that there are more is said
Form = Literal["table", "grid", "records", "headings"]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One entry: its name, the page or document it leads to, and its texts with their labels."""

    title: str
    url: str | None
    texts: tuple[LabelledText, ...]
    node: HtmlElement
    section: str | None = None
    is_prose: bool = False  # its name is only mentioned in a sentence


@dataclass(frozen=True, eq=False)
class RowGroup:
    """Rows of like structure. ``fields`` are what their header labels name, where there is a header.

    ``nodes`` are all the entries where ``rows`` are only a sample of them; ``left_out`` is how many entries
    are too many to be read.
    """

    form: Form
    rows: tuple[Row, ...]
    fields: frozenset[str] = frozenset()
    nodes: tuple[HtmlElement, ...] = ()
    is_led: bool = False  # each node leads rows below it that belong to the same entry
    left_out: int = 0

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.nodes) or len(self.rows)


def spread(entries: Sequence[Entry], most: int) -> Sequence[Entry]:
    """Take entries from a list's whole length: lists often end with other things than they begin with."""
    return entries[:: -(-len(entries) // most)] if len(entries) > most else entries
