"""Dates that do not stand right below their labels: above them, as in time lines, or in a row of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.folding import fold_words, holds_digit
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of, months
from hoistscraper.extraction.lines import one_line

_LONGEST_LABEL = 70
_LONGEST_DATE = 40
_LEAST_OF_DATE = 3  # numbers, where no month is named
_MOST_BESIDE_DATE = 2  # words: a weekday, "at", a zone
_MOST_IN_ROW = 8


@dataclass(frozen=True, slots=True)
class DateApart:
    """A label whose date is not simply what follows; ``day`` is the date, ``None`` where that is not sure."""

    day: Block | None


def date_apart(blocks: Sequence[Block], index: int) -> DateApart | None:
    """Tell of a label whether its date stands elsewhere than right below; ``None``: it does not."""
    if above := _date_above(blocks, index):
        return DateApart(above)
    if _is_between_dates(blocks, index):
        return DateApart(None)
    before, after = _labels_beside(blocks, index)
    if not before and not after:
        return None
    first = index - before
    labels = blocks[first : index + after + 1]
    values = blocks[index + after + 1 : index + after + 1 + len(labels)]
    is_of_date = [field_of(each.text) in DATE_FIELDS for each in labels]
    box = blocks[index].node.getparent()
    is_row = len(values) == len(labels) and all(
        is_date(value.text) is is_dated and value.node.getparent() is box
        for value, is_dated in zip(values, is_of_date, strict=True)
    )
    if is_row:
        return DateApart(values[before])
    others = sum(
        dated and not may_be_badge(each.text) for each, dated in zip(labels, is_of_date, strict=True)
    )
    return DateApart(None) if others > 1 else None


def is_date(text: str) -> bool:
    """Tell whether a text is a date, or a date and a time, and nothing else."""
    return len(text) <= _LONGEST_DATE and holds_digit(text) and _is_date(text)


@lru_cache(maxsize=2_048)
def _is_date(text: str) -> bool:
    words = fold_words(text)
    of_date = [word for word in words if word.isdigit() or word in months()]
    is_whole = len(of_date) >= _LEAST_OF_DATE or not all(map(str.isdigit, of_date))
    return is_whole and len(words) - len(of_date) <= _MOST_BESIDE_DATE


def may_be_badge(label: str) -> bool:
    """Tell whether what may be the label of a date may as well say how a call stands: "Open"."""
    return "open" in label.lower().split()


def _date_above(blocks: Sequence[Block], index: int) -> Block | None:
    """Return the date that a label stands below, as in time lines: the two are alone in a box of theirs."""
    above, block = blocks[index - 1] if index else None, blocks[index]
    if above is None or not is_date(above.text):
        return None
    if block.node.tag == "dd" and above.node.tag == "dt":
        return above
    around = {above.node, *above.node.iterancestors()}
    box = next((node for node in (block.node, *block.node.iterancestors()) if node in around), None)
    text = one_line(box) if box is not None else ""
    beginning = f"{above.text} {block.text}"
    return above if text.startswith(beginning) and not holds_digit(text[len(beginning) :]) else None


def _is_between_dates(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether dates and labels take turns so that nothing says whether a label's date is below it."""
    if (
        index == 0
        or index + 1 >= len(blocks)
        or blocks[index].heading
        or blocks[index].text.rstrip().endswith((":", "："))
    ):
        return False
    if blocks[index].node.tag == "dt" and blocks[index + 1].node.tag == "dd":
        return False
    above, block, below, *after = blocks[index - 1 : index + 4]
    if not after or not is_date(above.text) or not is_date(below.text):
        return False
    if index > 1 and field_of(blocks[index - 2].text) is not None and not _begins_with_date(blocks, index):
        return False
    turns = [(each.node.getparent(), each.node.tag) for each in (above, block, below, after[0])]
    is_in_turns = turns[0] == turns[2] and turns[1] == turns[3] and turns[0][0] is turns[1][0]
    return is_in_turns and len(after[0].text) <= _LONGEST_LABEL


def _begins_with_date(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether dates and labels that take turns up to a label begin with a date."""
    for _ in range(_MOST_IN_ROW):
        if index < 1 or not is_date(blocks[index - 1].text):
            return False
        if index < 2 or field_of(blocks[index - 2].text) is None:
            return True
        index -= 2
    return False


def _labels_beside(blocks: Sequence[Block], index: int) -> tuple[int, int]:
    """Return how many labels stand right before and right after one, alike and with no values between."""
    alike = (blocks[index].node.tag, blocks[index].node.getparent())

    def is_label(block: Block) -> bool:
        is_alike = not block.heading and (block.node.tag, block.node.getparent()) == alike
        return is_alike and len(block.text) <= _LONGEST_LABEL and field_of(block.text) is not None

    # Tables have columns, and may list other calls.
    if blocks[index].node.tag in ("td", "th") or not is_label(blocks[index]):
        return 0, 0
    before = sum(1 for _ in takewhile(is_label, reversed(blocks[max(0, index - _MOST_IN_ROW) : index])))
    after = sum(1 for _ in takewhile(is_label, blocks[index + 1 : index + 1 + _MOST_IN_ROW]))
    return before, after
