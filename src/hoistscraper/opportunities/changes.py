"""Which fields of a call say something else than before."""

from collections.abc import Mapping
from dataclasses import dataclass

from hoistscraper.opportunities.values import FIELDS, Stated


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; ``None`` where it was, or is, not stated."""

    field: str
    old: object
    new: object
    evidence: object


def changes(old: Stated, new: Stated, evidence: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """Return what differs between two tellings, with the proof of what is new."""
    return tuple(
        FieldChange(name, old.get(name), new.get(name), evidence.get(name))
        for name in FIELDS
        if old.get(name) != new.get(name)
    )
