"""Pages of headings followed by prose, or terms by their descriptions: each heading names one thing."""

from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from hoistscraper.discovery.labelled_lines import labelled_lines
from hoistscraper.discovery.layout import HEADINGS, Layout, name_of_section
from hoistscraper.discovery.links import is_document
from hoistscraper.discovery.naming import can_name, clean_title, is_dated_line, leads_on
from hoistscraper.discovery.rows import MOST_ROWS, Row, RowGroup
from hoistscraper.extraction.lines import lines, one_line

_MOST_BLOCKS = 60
_SHORTEST_PROSE = 20


def find_sections(layout: Layout) -> list[RowGroup]:
    """Return the runs of sibling headings that are each followed by prose."""
    alike: dict[tuple[HtmlElement, str], list[HtmlElement]] = defaultdict(list)
    for node in layout.nodes:
        if (node.tag in HEADINGS or node.tag == "dt") and layout.text_length[node]:
            parent = node.getparent()
            if parent is not None:
                alike[parent, str(node.tag)].append(node)
    groups = []
    for headings in alike.values():
        if len(headings) < 2:
            continue
        is_led = all(map(_has_date_above, headings[:MOST_ROWS]))
        made = (_row(each, layout.above.get(each), layout, is_led=is_led) for each in headings[:MOST_ROWS])
        rows = tuple(row for row in made if row is not None)
        if len(rows) >= 2:
            groups.append(RowGroup("headings", rows, left_out=max(0, len(headings) - MOST_ROWS)))
    return groups


def _has_date_above(heading: HtmlElement) -> bool:
    """Tell whether a labelled date stands right before a heading: then it is that heading's."""
    before = heading.getprevious()
    return before is not None and before.tag not in HEADINGS and is_dated_line(one_line(before))


def _row(heading: HtmlElement, above: HtmlElement | None, layout: Layout, *, is_led: bool) -> Row | None:
    title = clean_title(one_line(heading))
    if not can_name(title):
        return None
    below = list(_below(heading))
    if is_led:
        below = [heading.getprevious(), *below]
        if len(below) > 1 and is_dated_line(one_line(below[-1])):
            del below[-1]  # that of the next
    section = name_of_section(above)
    texts = labelled_lines([line for node in below for line in lines(node)])
    if sum(len(text.text) for text in texts) < _SHORTEST_PROSE:
        return None
    return Row(title, _address(heading, below, layout), tuple(texts), heading, section)


def _below(heading: HtmlElement) -> Iterator[HtmlElement]:
    for count, node in enumerate(heading.itersiblings()):
        if node.tag == heading.tag or count >= _MOST_BLOCKS:
            return
        if node.tag in HEADINGS and heading.tag in HEADINGS and node.tag < heading.tag:
            return
        yield node


def _address(heading: HtmlElement, below: list[HtmlElement], layout: Layout) -> str | None:
    absolute = layout.document.absolute
    own = next((url for link in heading.iter("a") if (url := absolute(link.get("href")))), None)
    if own:
        return own
    links = [(absolute(link.get("href")), one_line(link)) for node in below for link in node.iter("a")]
    usable = [(url, text) for url, text in links if url]
    leading = next((url for url, text in usable if leads_on(text)), None)
    return leading or next((url for url, _ in usable if is_document(url)), None)
