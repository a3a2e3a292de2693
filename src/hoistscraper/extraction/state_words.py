"""Whether one may apply, as far as words say so; dates alone say nothing here."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from hoistscraper.extraction.candidate import Status
from hoistscraper.extraction.folding import fold, fold_words
from hoistscraper.extraction.lexicon import Topic, pattern_of, said_in, words_of

LONGEST_STATUS = 60
_CONDITION = re.compile(
    r"\b(?:if|once|when|whenever|unless|whether|as soon as|wenn|sobald|falls|nachdem|lorsque|quand|une fois"
    r"|des que|cuando|una vez|quando|una volta|qualora|assim que|wanneer|zodra|indien|gdy|jesli|jezeli|kiedy"
    r"|pokud|jakmile)\b"
)
OF_SENTENCES: Mapping[Topic, Status] = MappingProxyType(
    {"closed": Status.CLOSED, "open": Status.OPEN, "forthcoming": Status.FORTHCOMING}
)
_LABELLED: tuple[tuple[Status, Topic], ...] = (
    (Status.CLOSED, "status_closed"),
    (Status.FORTHCOMING, "status_forthcoming"),
    (Status.OPEN, "status_open"),
)


def status_of_label(text: str) -> Status:
    """Return the status that the value of a status label names ("Closed - awarded")."""
    if len(text) > LONGEST_STATUS:
        return Status.UNKNOWN
    words = " ".join(fold_words(text))
    for status, topic in _LABELLED:
        phrases = words_of(topic)
        if words in phrases or any(words.startswith(f"{phrase} ") for phrase in phrases):
            return status
    return Status.UNKNOWN


@lru_cache(maxsize=2_048)
def status_of_sentence(text: str) -> Status:
    """Return the status that a sentence states; a sentence that says both says nothing."""
    said = said_in(text, OF_SENTENCES)
    return OF_SENTENCES[said[0]] if len(said) == 1 and not _is_condition(text, said[0]) else Status.UNKNOWN


def _is_condition(text: str, topic: Topic) -> bool:
    """Tell whether a sentence says only what holds once, or in case, a call is open or closed."""
    folded = fold(text)
    found = pattern_of(topic).search(folded)
    return found is not None and _CONDITION.search(folded, 0, found.start()) is not None
