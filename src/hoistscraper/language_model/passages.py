"""The part of a page that a model gets to see: numbered lines, within a limit, that cannot pass for ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.contacts import phones_in
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.dates import find_moments
from hoistscraper.extraction.emails import emails_in
from hoistscraper.extraction.money import find_amounts
from hoistscraper.language_model.fields import Group

LONGEST_PASSAGE = 1_500
# What model servers take for marks of who speaks, and our own marks, are made of these. One character for
# one, so that a place in what was shown is the same place on the page.
_DISARMED = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'"})
_AROUND = 2  # blocks before a telling one: the label of a value stands above it


@dataclass(frozen=True, slots=True)
class Passage:
    """One block by its number on the page; ``text`` is the beginning of what it says, verbatim."""

    number: int
    text: str

    @property
    def shown(self) -> str:
        """What the model sees of it."""
        return disarmed(self.text)


def disarmed(text: str) -> str:
    """Return a text, as long as before, in which nothing can pass for a mark of ours or of a model."""
    return "".join(each if each.isprintable() else " " for each in text.translate(_DISARMED))


def passages_for(group: Group, page: Content, *, most_characters: int) -> tuple[Passage, ...]:
    """Return the blocks to show for a group of fields, in page order.

    Where not all fit, those go first that hold what the group is about, then the page's beginning.
    """
    blocks = page.blocks
    taken: set[int] = set()
    left = most_characters
    for number in (*_telling(group, page), *range(len(blocks))):
        length = min(len(blocks[number].text), LONGEST_PASSAGE) + 8
        if number in taken:
            continue
        if length > left:
            break
        taken.add(number)
        left -= length
    return tuple(Passage(number, blocks[number].text[:LONGEST_PASSAGE]) for number in sorted(taken))


def mark_of(passages: Sequence[Passage]) -> str:
    """Return the word that sets the page apart: made of what it says, so no page can hold its own."""
    digest = sha256()
    for passage in passages:
        digest.update(f"{passage.number} {passage.text}\n".encode(errors="replace"))
    return f"PAGE-{digest.hexdigest()[:16]}"


def _telling(group: Group, page: Content) -> list[int]:
    numbers: dict[int, None] = {}
    for number, block in enumerate(page.blocks):
        if _tells(group, block, page):
            numbers.update(dict.fromkeys(range(max(0, number - _AROUND), number + 1)))
    return list(numbers)


def _tells(group: Group, block: Block, page: Content) -> bool:
    match group.name:
        case "dates":
            return bool(find_moments(block.text, page.dates))
        case "money":
            return bool(find_amounts(block.text, currency_hint=page.currency))
        case "contact":
            return bool(emails_in(block.text) or phones_in(block.text))
        case _:
            return False
