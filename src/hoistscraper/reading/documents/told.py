"""What a document says, whatever its format."""

from dataclasses import dataclass
from typing import ClassVar

from hoistscraper.errors import Refused

MOST_CHARACTERS = 400_000
MOST_SECONDS = 1.5  # of the processor, for reading one


class UnreadableDocument(Refused):
    """A document of which nothing can be read; the sentence says why."""

    kind: ClassVar[str] = "document"


@dataclass(frozen=True, slots=True)
class Told:
    """A document as ``html``; ``pages`` are the texts of its pages, ``note`` says what is missing."""

    html: str
    pages: tuple[str, ...] = ()
    note: str | None = None
