"""Writing the audit trail: in the transaction of the change, so that there is neither without the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from hoistscraper.accounts.actor import Actor
from hoistscraper.audit.actions import Action
from hoistscraper.audit.model import AuditEntry
from hoistscraper.clock import now
from hoistscraper.redaction import hidden, one_line, without_secrets

_entry = AuditEntry.metadata.tables["audit_entry"]
_LONGEST = 500
_MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Thing:
    """What something was done to; ``label`` is for people to read."""

    kind: str
    id: UUID | str | None = None
    label: str | None = None

    @classmethod
    def several(cls, kind: str, count: int, noun: str) -> Self:
        """Return that many things of a kind; ``noun`` is what one of them is called."""
        return cls(kind, label=f"{count} {noun}{'' if count == 1 else 's'}")


@dataclass(frozen=True, slots=True)
class Trail:
    """What the entries of one request or command have in common: who acts, from where."""

    actor: Actor
    origin: str | None
    request_id: UUID | None = None

    async def record(
        self,
        session: AsyncSession,
        action: Action,
        thing: Thing | None = None,
        changes: Mapping[str, object] | None = None,
    ) -> None:
        """Write one entry, which is there once the caller commits."""
        await session.execute(
            insert(AuditEntry).values(
                id=uuid7(),
                at=now(),
                actor_kind=self.actor.kind.value,
                actor_id=self.actor.user_id,
                actor_name=_plain(self.actor.name),
                action=action.value,
                thing_kind=thing.kind if thing else None,
                thing_id=str(thing.id) if thing and thing.id is not None else None,
                thing_label=_plain(thing.label) if thing and thing.label is not None else None,
                origin=_plain(self.origin) if self.origin is not None else None,
                request_id=self.request_id,
                changes=_short(hidden(changes or {})),
            )
        )


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """Return what differs: name -> what it was and what it is."""
    return {
        name: {"from": before.get(name), "to": after.get(name)}
        for name in after
        if before.get(name) != after.get(name)
    }


def _plain(text: str) -> str:
    return one_line(without_secrets(text))[:_LONGEST]


def _short(value: object) -> object:
    """Return a value without what is endless in it, nor what the database cannot keep."""
    match value:
        case str():
            plain = value.replace("\x00", "")
            return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
        case dict():
            return {_short(name): _short(each) for name, each in value.items()}
        case list():
            kept = [_short(each) for each in value[:_MOST_ITEMS]]
            return kept if len(value) <= _MOST_ITEMS else [*kept, f"… and {len(value) - _MOST_ITEMS} more"]
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)
