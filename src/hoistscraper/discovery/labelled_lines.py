"""Lines of a card or panel as labelled texts: "Label: value", labels above their values, labels in a row."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of
from hoistscraper.extraction.row import LabelledText

MOST_LINES = 200
_LONGEST_LABEL = 60
_DIGIT = re.compile(r"\d")
_HEADING_FIELDS = frozenset(["status", "reference_number", "amount", "amount_max", "amount_min"])


def labelled_lines(lines: Sequence[str]) -> list[LabelledText]:
    """Pair the labels among the lines with their values; a line without a label stands alone."""
    found: list[LabelledText] = []
    waiting: list[str] = []  # labels whose values have not come yet
    shown = lines[:MOST_LINES]
    for line, following in zip_longest(shown, shown[1:], fillvalue=""):
        has_colon = ":" in line
        if (has_colon and _is_bare_label(line)) or _heads(line, following):
            waiting.append(line.rstrip(" :"))
        elif parts := _parts(line) if has_colon else None:
            waiting.clear()
            found.append(parts)
        else:
            found.append(LabelledText(waiting.pop(0) if waiting else None, line))
    return found


def labels_in(texts: Sequence[LabelledText]) -> Iterator[str]:
    """Yield the field of each label that names one."""
    for text in texts:
        field = field_of(text.label) if text.label else None
        if field:
            yield field


def _parts(line: str) -> LabelledText | None:
    label, colon, value = line.partition(":")
    if not colon or not value.strip() or len(label) > _LONGEST_LABEL or value.startswith("//"):
        return None
    return LabelledText(label.strip(), value.strip()) if field_of(label) else None


def _heads(line: str, following: str) -> bool:
    """Tell whether a line without a colon is the label of the one below it."""
    if len(line) > _LONGEST_LABEL or not following or len(following) > _LONGEST_LABEL:
        return False
    field = field_of(line)
    if field in DATE_FIELDS:
        return _DIGIT.search(following) is not None and not _DIGIT.search(line)
    return field in _HEADING_FIELDS and field_of(following) is None


def _is_bare_label(line: str) -> bool:
    if len(line) > _LONGEST_LABEL or not line.rstrip().endswith(":"):
        return False
    return field_of(line.rstrip(" :")) is not None
