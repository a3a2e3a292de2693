"""Who acts: each change is made by somebody, and each route knows by whom it was asked."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hoistscraper.accounts.roles import Role


class ActorKind(StrEnum):
    """How somebody came to act."""

    USER = "user"
    LOCAL = "local"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class Proof(StrEnum):
    """By what a user was recognised."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a word, not a secret


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts.

    ``role`` is what this actor may do at most, ``None``: only what anybody may; of a token it may be less
    than its user's. ``user_id``, ``proof`` and ``proof_id`` (the session's or token's id, no secret) are set
    for users alone. ``name`` is for people to read.
    """

    kind: ActorKind
    name: str
    role: Role | None = None
    user_id: UUID | None = None
    email: str | None = None
    proof: Proof | None = None
    proof_id: UUID | None = None

    def may(self, needed: Role | None) -> bool:
        """Whether this actor may do what a role is needed for; ``None``: anybody may."""
        return needed is None or (self.role is not None and self.role.includes(needed))


LOCAL = Actor(ActorKind.LOCAL, "this computer", Role.ADMINISTRATOR)
"""Nobody signed in, on loopback, while there is no administrator yet."""

SYSTEM = Actor(ActorKind.SYSTEM, "HoistScraper", Role.ADMINISTRATOR)
"""Workers and the command line."""

ANONYMOUS = Actor(ActorKind.ANONYMOUS, "nobody")
"""Nobody signed in."""
