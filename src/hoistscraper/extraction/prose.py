"""Which blocks are running text, and its sentences."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hoistscraper.extraction.blocks import Block

LEAST_PROSE = 60
MOST_LINKED = 0.5
# "5. März" is no end of a sentence.
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\D\d\.)(?<!\D\d\d\.)(?<!^\d\.)(?<!^\d\d\.)\s+(?=[A-ZÀ-ÖØ-Þ\"“(¿¡])"
)
_COPYRIGHT = re.compile(r"\W{0,3}(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;…\"”)]$")


def is_prose(block: Block) -> bool:
    """Tell whether a block reads as running text rather than a heading, a menu or a value."""
    return (
        len(block.text) >= LEAST_PROSE
        and not block.heading
        and block.linked < MOST_LINKED
        and block.text.count(" ") >= 8
        and (len(block.text) >= 140 or _ENDS.search(block.text) is not None)
    )


def paragraphs(blocks: Sequence[Block]) -> Iterator[Block]:
    """Return the blocks of running text."""
    return (block for block in blocks if is_prose(block) and _COPYRIGHT.match(block.text) is None)


@lru_cache(maxsize=2_048)  # a page's texts are asked about field by field
def sentences(text: str) -> Sequence[str]:
    """Part a text into sentences."""
    return tuple(_SENTENCE_END.split(text))
