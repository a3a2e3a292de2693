"""What somebody may do: each role may do all that the ones below it may."""

from enum import StrEnum


class Role(StrEnum):
    """Read; change websites and jobs; change settings and accounts."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    def includes(self, needed: "Role") -> bool:
        """Whether who has this role may do what another one is needed for."""
        return _ORDER[self] >= _ORDER[needed]


_ORDER = {role: place for place, role in enumerate(Role)}


def lower(one: Role, other: Role) -> Role:
    """Return the one of two roles that may do less."""
    return one if other.includes(one) else other
