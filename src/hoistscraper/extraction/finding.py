"""A value that was read, with the words that prove it and how it was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)
Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value_co]):
    """``quote`` is verbatim from the page, or from what it declares for machines."""

    value: Value_co
    quote: str
    method: str


def first_of(
    attempts: Sequence[Callable[[Source], Finding[Value_co] | None]], source: Source
) -> Finding[Value_co] | None:
    """Return what the first attempt that finds something finds."""
    for attempt in attempts:
        found = attempt(source)
        if found is not None:
            return found
    return None
