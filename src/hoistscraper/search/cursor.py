"""Where a page ended, as text that a client hands back; it fits the search that it came from, no other."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from uuid import UUID

from hoistscraper.errors import Invalid
from hoistscraper.search.legs import Key
from hoistscraper.search.query import Search

_FOREIGN = (
    "The cursor does not belong to this search: begin at the first page, and change nothing but the cursor "
    "from page to page."
)
_SEAL_BYTES = 8


@dataclass(frozen=True, slots=True)
class Position:
    """The last call that was shown: the number of its leg, what it is ordered by, and its id."""

    leg: int
    key: Key
    id: UUID


def write_cursor(search: Search, position: Position) -> str:
    """Return a position as text."""
    key = position.key
    kind, told = ("t", key.isoformat()) if isinstance(key, datetime) else ("n", str(key))
    content = json.dumps([position.leg, kind, told, position.id.hex], separators=(",", ":")).encode()
    return urlsafe_b64encode(_seal(search, content) + content).decode().rstrip("=")


def read_cursor(search: Search, cursor: str) -> Position:
    """Return the position that a cursor of this very search names.

    :raises Invalid: it was changed, or belongs to another search.
    """
    try:
        whole = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        seal, content = whole[:_SEAL_BYTES], whole[_SEAL_BYTES:]
    except ValueError:
        raise Invalid(_FOREIGN) from None
    if seal != _seal(search, content):
        raise Invalid(_FOREIGN)
    leg, kind, told, identity = json.loads(content)
    key = datetime.fromisoformat(told) if kind == "t" else Decimal(told)
    return Position(leg, key, UUID(identity))


def _seal(search: Search, content: bytes) -> bytes:
    return blake2b(content, digest_size=_SEAL_BYTES, key=blake2b(repr(search).encode()).digest()).digest()
