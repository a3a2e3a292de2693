"""Lines of a card or panel as labelled texts: "Label: value", labels above their values, labels in a row."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest

from hoistscraper.discovery.naming import leads_on
from hoistscraper.extraction.date_layout import is_date, may_be_badge
from hoistscraper.extraction.labels import parted
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of, is_of_other_step
from hoistscraper.extraction.row import LabelledText

MOST_LINES = 200
_LONGEST_LABEL = 60
_LONGEST_STEP = 5  # words
_MOST_IN_ROW = 8
_ONE_PAIR = 2  # lines
_DIGIT = re.compile(r"\d")
_HEADING_FIELDS = frozenset(["status", "reference_number", "amount", "amount_max", "amount_min"])


def labelled_lines(lines: Sequence[str]) -> list[LabelledText]:
    """Pair the labels among the lines with their values; a line without a label stands alone."""
    found: list[LabelledText] = []
    waiting: list[str] = []  # labels whose values have not come yet
    shown = lines[:MOST_LINES]
    reached = 0
    for index, (line, following) in enumerate(zip_longest(shown, shown[1:], fillvalue="")):
        if index < reached:
            continue
        led, taken = _dates_apart(shown, index) if len(line) <= _LONGEST_LABEL and not waiting else ([], 0)
        if taken:
            found.extend(led)
            reached = index + taken
            continue
        if beside := _labels_beside(line, following):
            found.extend(beside)
            reached = index + 2
            continue
        has_colon = ":" in line
        if (has_colon and _is_bare_label(line)) or _heads(line, following):
            waiting.append(line.rstrip(" :"))
        elif parts := _parts(line) if has_colon else None:
            waiting.clear()
            found.append(parts)
        else:
            found.append(LabelledText(waiting.pop(0) if waiting else None, line))
    return found


def _dates_apart(lines: Sequence[str], index: int) -> tuple[list[LabelledText], int]:
    """Read dates that do not stand right below their labels, and return how many lines that takes."""
    if field_of(lines[index]) in DATE_FIELDS:
        return _labels_in_row(lines, index)
    return _led_by_dates(lines, index) if is_date(lines[index]) else ([], 0)


def _labels_in_row(lines: Sequence[str], index: int) -> tuple[list[LabelledText], int]:
    labels = list(takewhile(_is_date_label, lines[index : index + _MOST_IN_ROW]))
    values = lines[index + len(labels) : index + 2 * len(labels)]
    if len(labels) == 1 or not values or not is_date(values[0]):
        return [], 0
    if len(values) == len(labels) and all(map(is_date, values)):
        return list(map(LabelledText, labels, values)), 2 * len(labels)
    if sum(not may_be_badge(label) for label in labels) == 1:
        return [], 0
    return [LabelledText(None, line) for line in (*labels, *values)], len(labels) + len(values)


def _led_by_dates(lines: Sequence[str], index: int) -> tuple[list[LabelledText], int]:
    """Read dates that stand above their labels, as in time lines, and return how many lines that takes.

    Where it is not sure that they do, neither dates nor labels say anything.
    """
    end = index
    while end + 1 < len(lines) and is_date(lines[end]) and _is_date_label(lines[end + 1]):
        end += 2
    taken = lines[index:end]
    rest = lines[end] if end < len(lines) else ""
    if not taken or is_date(rest):  # what follows the last label is its date: labels stand above
        return [], 0
    several = len(taken) > _ONE_PAIR
    if not rest or (several and (len(rest) > _LONGEST_LABEL or leads_on(rest))):
        return [LabelledText(label, day) for day, label in zip(taken[::2], taken[1::2], strict=True)], len(
            taken
        )
    return ([LabelledText(None, line) for line in taken], len(taken)) if several else ([], 0)


def _labels_beside(line: str, following: str) -> list[LabelledText]:
    """Pair labels of one line with what stands below them: "Status: Closes:" above "Open 12/10/2026"."""
    if line.count(":") < _ONE_PAIR or len(line) > _LONGEST_LABEL or not line.endswith(":"):
        return []
    labels = [label.strip() for label in line.split(":")[:-1]]
    fields = [field_of(label) for label in labels]
    first = _DIGIT.search(following)
    if None in fields or first is None or fields[-1] not in DATE_FIELDS or len(labels) > _ONE_PAIR:
        return []
    words, day = following[: first.start()].strip(), following[first.start() :]
    if fields[0] in DATE_FIELDS or not words:
        return []
    return [LabelledText(labels[0], words), LabelledText(labels[1], day)]


def _is_date_label(line: str) -> bool:
    if len(line) > _LONGEST_LABEL or line.endswith(":"):
        return False
    is_label = field_of(line) in DATE_FIELDS or (
        len(line.split()) <= _LONGEST_STEP and is_of_other_step(line)
    )
    return is_label and not _DIGIT.search(line)


def labels_in(texts: Sequence[LabelledText]) -> Iterator[str]:
    """Yield the field of each label that names one."""
    for text in texts:
        field = field_of(text.label) if text.label else None
        if field:
            yield field


def _parts(line: str) -> LabelledText | None:
    label, value = parted(line) or ("", "")
    if not value.strip() or len(label) > _LONGEST_LABEL or value.startswith("//"):
        return None
    return LabelledText(label.strip(), value.strip()) if field_of(label) else None


def _heads(line: str, following: str) -> bool:
    """Tell whether a line without a colon is the label of the one below it."""
    if len(line) > _LONGEST_LABEL or not following or len(following) > _LONGEST_LABEL:
        return False
    if ":" in line.rstrip(" :"):
        return False  # "Deadline: none" has its value
    field = field_of(line)
    if field in DATE_FIELDS:
        return _DIGIT.search(following) is not None and not _DIGIT.search(line)
    return field in _HEADING_FIELDS and field_of(following) is None


def _is_bare_label(line: str) -> bool:
    if len(line) > _LONGEST_LABEL or not line.rstrip().endswith(":"):
        return False
    return field_of(line.rstrip(" :")) is not None
