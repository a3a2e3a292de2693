"""Is it the same call? Recognised within a website by its address, across websites by what it says."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# Shorter folded titles ("research grants 2026") name too many calls to recognise one by.
LEAST_TITLE_LETTERS = 25
LEAST_REFERENCE_CHARACTERS = 5
LONGEST_TITLE_KEY = 500
LONGEST_REFERENCE_KEY = 100


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a call is recognised by on another website."""

    title_key: str
    reference_key: str | None
    organisation_key: str | None
    deadline: date | None


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A stored call that may be the same."""

    opportunity_id: UUID
    fingerprint: Fingerprint


def fold(text: str) -> str:
    """Return letters and digits only, without case and accents, words parted by one space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", plain))


def title_key(title: str | None) -> str:
    """Return a folded title, short enough for an index."""
    return fold(title or "")[:LONGEST_TITLE_KEY]


def reference_key(reference: str | None) -> str | None:
    """Return a reference number without spaces and punctuation, or ``None`` where it is too short to tell."""
    key = fold(reference or "").replace(" ", "")
    is_telling = len(key) >= LEAST_REFERENCE_CHARACTERS and any(mark.isdigit() for mark in key)
    return key[:LONGEST_REFERENCE_KEY] if is_telling else None


def same_call(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two websites speak of one call; in doubt they do not, for a double is mended more easily."""
    if one.deadline and other.deadline and one.deadline != other.deadline:
        return False
    same_organisation = one.organisation_key is not None and one.organisation_key == other.organisation_key
    if one.reference_key and other.reference_key:
        return one.reference_key == other.reference_key and (
            same_organisation or one.title_key == other.title_key
        )
    return (
        one.title_key == other.title_key
        and len(one.title_key) >= LEAST_TITLE_LETTERS
        and same_organisation
        and one.deadline is not None
        and one.deadline == other.deadline
    )


def find_same(fingerprint: Fingerprint, known: Sequence[KnownCall]) -> UUID | None:
    """Return the one known call that is the same; two that could be are none."""
    matches = {call.opportunity_id for call in known if same_call(fingerprint, call.fingerprint)}
    return matches.pop() if len(matches) == 1 else None
