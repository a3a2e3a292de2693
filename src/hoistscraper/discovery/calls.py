"""The list of calls on a page, if it has one: the group of rows for which most speaks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from hoistscraper.discovery.grids import find_grids
from hoistscraper.discovery.headings import find_sections
from hoistscraper.discovery.layout import HEADINGS, Layout
from hoistscraper.discovery.naming import call_words, names_group, names_list, names_no_call
from hoistscraper.discovery.records import all_rows, find_records
from hoistscraper.discovery.rows import Row, RowGroup
from hoistscraper.discovery.tables import find_tables
from hoistscraper.discovery.weighing import Weight, is_no_call, weigh
from hoistscraper.extraction.lines import one_line

_FULL_SHARE = 0.35
_TOPIC = 0.4
LIST_TOPIC = 1.1  # of a page that is named after its list: "Current tenders"
_SITE_NAME = re.compile(r"\s+[|–—·»:-]+\s+")
_SHARED_ADDRESS = 0.25
_NESTED_BETTER = 1.25  # how much more must speak for the parts of a block than for the block


@dataclass(frozen=True, eq=False)
class CallList:
    """The rows of a page that could be its calls, and what speaks for them."""

    group: RowGroup
    rows: tuple[Row, ...]
    weight: Weight
    share: float  # of the page's content that the rows make up

    @property
    def strength(self) -> float:
        """What speaks for this being what the page is for: a list is most of its page."""
        return self.weight.strength * min(1.0, self.share / _FULL_SHARE)


def find_calls(layout: Layout) -> CallList | None:
    """Return the list of calls that most speaks for, however little that is."""
    return choose_calls(weigh_groups(layout), layout)


def weigh_groups(layout: Layout) -> list[CallList]:
    """Return every group of rows that could be the list, with what speaks for it."""
    topic = topic_of(layout)
    whole = max(layout.content_length, 1)
    return [
        CallList(group, group.rows, weigh(group, _topic_for(group, topic)), _share(group, whole))
        for group in groups_of(layout)
    ]


def choose_calls(found: list[CallList], layout: Layout) -> CallList | None:
    """Return the group that most speaks for, or the blocks around it, with the rows that may be calls."""
    best = max(found, key=lambda each: each.strength, default=None)
    if best is None:
        return None
    chosen = _outermost(best, found)
    rows = calls_among(all_rows(chosen.group, layout))
    return replace(chosen, rows=rows) if rows else None


def calls_among(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows of a group that may be calls, each once and with an address of its own."""
    return tuple(row for row in _own_addresses(_distinct(rows)) if not is_no_call(row))


def groups_of(layout: Layout) -> Iterator[RowGroup]:
    """Yield all groups of rows on a page, whatever speaks for them."""
    tables = find_tables(layout) + find_grids(layout)
    covered = {row.node for group in tables for row in group.rows}
    sections = find_sections(layout)
    headings = {row.node for group in sections for row in group.rows}
    yield from tables
    yield from sections
    for group in find_records(layout):
        # A table's header says more of its rows than their pattern does.
        if covered.isdisjoint(group.nodes) and not _is_named_above(group, headings):
            yield group


def _is_named_above(group: RowGroup, headings: set[HtmlElement]) -> bool:
    """Tell whether each block stands right below a heading, which names it better than its first line."""
    return all(node.getprevious() in headings for node in group.nodes) and not any(
        row.url for row in group.rows
    )


def _share(group: RowGroup, whole: int) -> float:
    written = sum(sum(len(text.text) for text in row.texts) for row in group.rows)
    entries = group.size + (0 if group.nodes else group.left_out)
    return min(1.0, written * entries / max(len(group.rows), 1) / whole)


def topic_of(layout: Layout) -> float:
    """Return what the page's title, first heading and address speak for (above 0) or against calls."""
    names = [layout.document.title or "", *_first_headings(layout)]
    path = unquote(urlsplit(layout.document.url or "").path).replace("/", " ").replace("-", " ")
    own_name = _SITE_NAME.split(names[0], maxsplit=1)[0]
    if any(names_no_call(name) for name in names):
        return -0.6
    if names_no_call(own_name) and not any(call_words(name)[0] for name in names[1:]):
        return -0.6
    if any(names_list(name) for name in names[1:] or [own_name]):
        return LIST_TOPIC
    telling = any(call_words(name)[0] for name in (*names, path)) or any(map(names_group, names[1:]))
    return _TOPIC if telling else 0.0


def _topic_for(group: RowGroup, topic: float) -> float:
    # Under "Tenders" the sections of a page of prose may still be about tenders in general.
    return min(topic, _TOPIC) if group.form == "headings" else topic


def _first_headings(layout: Layout) -> list[str]:
    headings = [node for node in layout.nodes if node.tag in HEADINGS]
    first = [one_line(node) for node in headings if node.tag == "h1"][:2]
    return first or [one_line(node) for node in headings[:1]]


def _outermost(best: CallList, found: list[CallList]) -> CallList:
    """Prefer the blocks around the best rows where as much speaks for them: they hold their other values."""
    above = _above(_nodes(best))
    for other in found:
        if other is best or not other.group.size >= 0.7 * best.group.size:
            continue
        around = _nodes(other)
        holds = sum(block in above for block in around)
        if holds >= 0.7 * len(around) and best.weight.mean < _NESTED_BETTER * other.weight.mean:
            return other
    return best


def _above(nodes: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Return all that nodes stand in."""
    above: set[HtmlElement] = set()
    for node in nodes:
        for parent in node.iterancestors():
            if parent in above:
                break
            above.add(parent)
    return above


def _nodes(calls: CallList) -> tuple[HtmlElement, ...]:
    return calls.group.nodes or tuple(row.node for row in calls.group.rows)


def _distinct(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Drop an entry that is shown twice, such as once for wide and once for narrow screens."""
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for row in rows:
        key = (row.title, row.url)
        if row.url is None or key not in seen:
            kept.append(row)
        seen.add(key)
    return tuple(kept)


def _own_addresses(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Take from rows the address that many of them share, such as that of one form for all calls."""
    counts = Counter(row.url for row in rows)
    most = max(1, int(_SHARED_ADDRESS * len(rows)))
    return tuple(row if counts[row.url] <= most else replace(row, url=None) for row in rows)
