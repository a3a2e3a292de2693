"""Whether one may apply, as the page's words say."""

from collections.abc import Iterator

from hoistscraper.extraction.candidate import Status
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.lexicon import field_of, is_phrase
from hoistscraper.extraction.prose import sentences
from hoistscraper.extraction.state_words import status_of_label, status_of_sentence

LONGEST_SENTENCE = 220
LONGEST_BADGE = 25
NEAR_TITLE = 15  # blocks
_OPEN = frozenset({"open", "ouvert", "offen", "abierta", "abierto", "aperto", "aberto"})


def status_of(page: Content) -> Finding[Status] | None:
    """Return the labelled status, else the one that the page's sentences agree on."""
    labelled = next(labelled_statuses(page), None)
    if labelled is not None:
        return labelled
    found = list(stated_statuses(page)) or list(status_badges(page))
    return found[0] if found and len({each.value for each in found}) == 1 else None


def labelled_statuses(page: Content) -> Iterator[Finding[Status]]:
    """Read the values of labels."""
    for pair in page.pairs:
        # "Closing date: open until filled" says how it stands, too.
        if pair.field in ("status", "deadline") and status_of_label(pair.value) is not Status.UNKNOWN:
            yield Finding(status_of_label(pair.value), pair.value, pair.method)


def stated_statuses(page: Content) -> Iterator[Finding[Status]]:
    """Read sentences."""
    for block in page.blocks:
        for sentence in sentences(block.text):
            if len(sentence) <= LONGEST_SENTENCE:
                status = status_of_sentence(sentence)
                if status is not Status.UNKNOWN:
                    yield Finding(status, sentence, "prose")


def status_badges(page: Content) -> Iterator[Finding[Status]]:
    """Read a lone status word near the title, as portals put it in a coloured label."""
    for block in page.blocks[:NEAR_TITLE]:
        if block.linked < 0.5 and len(block.text) <= LONGEST_BADGE and _is_badge(block.text):
            yield Finding(status_of_label(block.text), block.text, "page")


def _is_badge(text: str) -> bool:
    if field_of(text) == "deadline":
        return False  # "Closes" is the label of a date
    return (
        is_phrase("status_closed", text) or is_phrase("status_forthcoming", text) or text.casefold() in _OPEN
    )
