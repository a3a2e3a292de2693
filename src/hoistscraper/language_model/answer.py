"""A model's answer as it came: where it points, before anything of it is believed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_QUOTE = 2_000

Pointers = Mapping[str, "Pointer"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place on the page: the number of a line, and words that are said to stand in it."""

    line: int
    quote: str


def parse_answer(text: str, fields: Sequence[str]) -> dict[str, Pointer] | None:
    """Return where an answer points, by field; ``None`` where it is not of the form that was asked for.

    Fields that nobody asked for, and pointers of another form, are left out.
    """
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    return {name: pointer for name in fields if (pointer := _pointer(answer.get(name))) is not None}


def answer_json(pointers: Pointers) -> dict[str, object]:
    """Return pointers in the form in which answers are kept."""
    return {name: {"line": each.line, "quote": each.quote} for name, each in pointers.items()}


def pointers_of(kept: Mapping[str, object]) -> Pointers:
    """Return the pointers that :func:`answer_json` was given."""
    return {name: pointer for name in kept if (pointer := _pointer(kept[name])) is not None}


def _pointer(value: object) -> Pointer | None:
    if not isinstance(value, dict):
        return None
    line, quote = value.get("line"), value.get("quote")
    if not isinstance(line, int) or isinstance(line, bool) or not isinstance(quote, str):
        return None
    quote = " ".join(quote.split())
    return Pointer(line, quote) if 0 < len(quote) <= LONGEST_QUOTE else None
