"""Pairs of a label and its value, however a page lays them out: dl, tables, lines, headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from hoistscraper.extraction.blocks import Block, section_after
from hoistscraper.extraction.date_layout import date_apart, is_date
from hoistscraper.extraction.folding import fold, fold_words, holds_digit
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of
from hoistscraper.extraction.lines import one_line

LONGEST_LABEL = 70
# What is a link throughout is a menu's entry, not a label.
MOST_LINKED = 0.8
_BULLET = re.compile(r"^[\s•·▪►➤*\-–—>»\d.)(]{1,6}(?=[^\W\d])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?(?!\d)")
_ROUND = re.compile(
    r"(?:round|stage|phase|cycle|intake|cut-?off|session|tranche|window|runde|etape|étape|vague|ronda|fase|turno"
    r"|kolo|runda|tura)\b.{0,20}$|\d{1,2}(?:st|nd|rd|th|e|º|ª|\.)? (?:round|call|cut-?off|runde|ronda)",
    re.IGNORECASE,
)
_OF_ROUNDS = frozenset(
    "round cycle intake session ronde runde ronda wave stage phase quarter tour vague turno kolo tura".split()
)
_LONGEST_ROUND = 3  # words
_ONE_PAIR = 2
_MOST_ROUNDS = 8
_NUMBER = re.compile(r"\d+")
# The colon of a time ("closes 17:00 on ...") parts nothing.
_COLON = re.compile(r"[:：](?!(?<=\d.)\d\d(?!\d))")


def bare(label: str) -> str:
    """Return a label as pages of one website share it, without its numbers: "Deadline of round 3"."""
    return " ".join(_NUMBER.sub(" ", fold(label)).split())


def parted(line: str) -> tuple[str, str] | None:
    """Part a line that may be a label and its value at its colon: "Closing date: 5 May"."""
    if ":" not in line and "：" not in line:
        return None
    found = _COLON.search(line)
    return (line[: found.start()], line[found.end() :]) if found else None


def is_round(label: str) -> bool:
    """Tell whether a label names one of several rounds of a call: "Round 2:"."""
    return _ROUND.match(label.strip(" :：-–—")) is not None


@dataclass(frozen=True, slots=True)
class Pair:
    """A label that the lexicon knows and the text it labels; ``quote`` is both as the page prints them."""

    field: str
    label: str
    value: str
    quote: str
    method: str
    blocks: tuple[Block, ...] = ()


def pairs_of(blocks: Sequence[Block]) -> list[Pair]:
    """Return the labelled values of a page in page order."""
    pairs: list[Pair] = []
    columns = _column_headers(blocks)
    for index, block in enumerate(blocks):
        if block.node in columns or block.cell in columns:
            continue
        pair = _within_line(block) or _before_value(blocks, index)
        if pair is not None:
            pairs.append(pair)
    return [*pairs, *_columns(blocks)]


def _within_line(block: Block) -> Pair | None:
    text = _BULLET.sub("", block.text)
    if block.lead and block.lead != block.text:
        label = _BULLET.sub("", block.lead)
        value = block.text[len(block.lead) :].lstrip(" :：-–—")
        pair = _pair(label, value, block, "label:line") if block.text.startswith(block.lead) else None
        if pair is not None:
            return pair
    parts = parted(text)
    return parts and _pair(parts[0].rpartition(". ")[2], parts[1], block, "label:line")


def _pair(label: str, value: str, block: Block, method: str) -> Pair | None:
    label = label.strip(" :：-–—")
    if not value.strip() or not 1 < len(label) <= LONGEST_LABEL:
        return None
    field = field_of(label)
    return Pair(field, label, value.strip(), block.text, method, (block,)) if field else None


def _before_value(blocks: Sequence[Block], index: int) -> Pair | None:
    block = blocks[index]
    label = _BULLET.sub("", block.text).strip(" :：-–—?")
    if not 1 < len(label) <= LONGEST_LABEL:
        return None
    field = _field_before_value(label, block)
    if field is None:
        return None
    if field in DATE_FIELDS and (laid_out := date_apart(blocks, index)):
        return laid_out.day and Pair(
            field, label, laid_out.day.text, laid_out.day.text, "label:line", (laid_out.day,)
        )
    value = _value_blocks(blocks, index) if index + 1 < len(blocks) else []
    if field in DATE_FIELDS and block.heading and value and _begins_table(block, value[0]):
        return None  # its columns or labels say which date is which
    if not value or (field != "status" and len(value) == 1 and field_of(value[0].text) is not None):
        return None
    text = "\n".join(each.text for each in value)
    return Pair(field, label, text, f"{block.text} {value[0].text}", _method(block), tuple(value))


def _field_before_value(label: str, block: Block) -> str | None:
    """Return the field that a line of its own labels, if any."""
    if block.linked > MOST_LINKED:
        return None
    # "Posted on 5 January 2027" is a statement of its own, not the label of what follows.
    field = field_of(label) if _YEAR.search(label) is None or _is_of_years(block) else None
    # "Arts Fund opens for applications" is the page's name.
    return None if block.heading == 1 and field in DATE_FIELDS else field


def _begins_table(heading: Block, below: Block) -> bool:
    """Tell whether a table, or a list of terms, stands below a heading that is no part of it."""
    is_within = heading.cell is not None and heading.cell.tag in ("td", "th", "dt")
    is_cell = below.cell is not None and below.cell.tag in ("td", "th", "dt")
    return is_cell and not is_within and not is_date(below.text)


def _is_of_years(block: Block) -> bool:
    """Tell whether a heading holds no numbers but years: "Deadlines 2026-27"."""
    return 0 < block.heading < 7 and holds_digit(_YEARS.sub("", block.text)) is False


def _method(block: Block) -> str:
    cell = block.cell.tag if block.cell is not None else ""
    if cell == "dt":
        return "label:dl"
    if cell in ("td", "th"):
        return "label:table"
    return "label:heading" if block.heading else "label:line"


def _value_blocks(blocks: Sequence[Block], index: int) -> list[Block]:
    block = blocks[index]
    following = blocks[index + 1]
    if block.cell is not None and following.cell is not block.cell:
        if not _is_beside(block.cell, following.cell) and not _is_below(block.cell, following.cell):
            return section_after(blocks, index) if 0 < block.heading < 7 else []
        if block.heading and block.heading == following.heading:
            return []
        return _dates_beside(blocks, index) or _same_cell(blocks, index + 1)
    if block.heading:
        return section_after(blocks, index)
    return [following] if block.text.rstrip().endswith((":", "：")) or not following.heading else []


def _dates_beside(blocks: Sequence[Block], index: int) -> list[Block]:
    """Return the dates of a row that has several after its label, one for each round of the call."""
    cell = blocks[index].cell
    row = cell.getparent() if cell is not None and cell.tag in ("td", "th") else None
    if row is None or row.tag != "tr" or not _ONE_PAIR < len(row) <= _MOST_ROUNDS:
        return []
    beside = [each for each in blocks[index + 1 : index + len(row)] if each.cell is not None]
    in_row = [each for each in beside if each.cell is not None and each.cell.getparent() is row]
    return in_row if len(in_row) == len(row) - 1 and all(is_date(each.text) for each in in_row) else []


def _same_cell(blocks: Sequence[Block], start: int) -> list[Block]:
    cell = blocks[start].cell
    taken: list[Block] = []
    for block in blocks[start : start + 60]:
        if block.cell is not cell and (block.cell is None or cell not in block.cell.iterancestors()):
            break
        taken.append(block)
    return taken


def _is_beside(cell: HtmlElement, other: HtmlElement | None) -> bool:
    """Tell whether the second cell stands right of the first one, or is the dd of its dt."""
    if other is None:
        return False
    if cell.tag == "li":
        return len(cell.getparent()) == _ONE_PAIR and other is cell.getnext()
    return cell.getparent() is other.getparent() or other in cell.itersiblings()


def _is_below(cell: HtmlElement, other: HtmlElement | None) -> bool:
    """Tell whether a cell that is alone in its row has the other one alone in the next row."""
    row, below = cell.getparent(), other.getparent() if other is not None else None
    if row is None or below is None or row.tag != "tr" or below.tag != "tr":
        return False
    following = next(row.itersiblings("tr"), None)
    return following is below and all(_cells_with_text(each) == 1 for each in (row, below))


def _cells_with_text(row: HtmlElement) -> int:
    return sum(1 for cell in row if any(text.strip() for text in cell.itertext()))


def _column_headers(blocks: Sequence[Block]) -> set[HtmlElement]:
    return {cell for table in _tables(blocks) for cell in table[0]}


def _columns(blocks: Sequence[Block]) -> Iterator[Pair]:
    for head, row in _tables(blocks):
        for name, cell in zip(head, row, strict=True):
            label, value = one_line(name), one_line(cell)
            field = field_of(label) if len(label) <= LONGEST_LABEL else None
            if field and value:
                yield Pair(field, label, value, value, "label:table")


def _tables(blocks: Sequence[Block]) -> list[tuple[list[HtmlElement], list[HtmlElement]]]:
    """Return the rows of tables of one call under their column headers: (headers, cells).

    Such a table has one row, or one for each round of the call.
    """
    tables: list[tuple[list[HtmlElement], list[HtmlElement]]] = []
    for table in _tables_near(blocks):
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        rows = [row for row in rows if row]
        head, below = rows[:1], rows[1:]
        if not below or any(len(row) != len(head[0]) for row in below) or len(head[0]) < 2:
            continue
        are_rounds = _are_rounds(head[0], below)
        if len(below) > 1 and not are_rounds:
            continue
        labels = [field_of(one_line(cell)) for cell in head[0]]
        values = [field_of(one_line(cell)) for row in below for cell in row]
        is_dated = len(below) == 1 and all(is_date(one_line(cell)) for cell in below[0])
        if sum(map(bool, labels)) >= (1 if are_rounds or is_dated else 2) and not any(values):
            tables.extend((head[0], row) for row in below)
    return tables


def _are_rounds(head: Sequence[HtmlElement], below: Sequence[Sequence[HtmlElement]]) -> bool:
    named = fold_words(one_line(head[0]))
    is_named = 0 < len(named) <= _LONGEST_ROUND and not _OF_ROUNDS.isdisjoint(named)
    return is_named or all(_ROUND.match(one_line(row[0])) for row in below)


def _tables_near(blocks: Sequence[Block]) -> list[HtmlElement]:
    seen: dict[HtmlElement, None] = {}
    for block in blocks:
        if block.cell is not None and block.cell.tag in ("td", "th"):
            table = next(block.cell.iterancestors("table"), None)
            if table is not None:
                seen.setdefault(table)
    return list(seen)
