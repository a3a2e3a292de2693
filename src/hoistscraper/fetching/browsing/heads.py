"""The head of an HTTP/1.1 message: its first line and its fields, read and written as they are."""

import asyncio
from dataclasses import dataclass

LONGEST_HEAD_BYTES = 256 * 1024
_CONNECTION_ONLY = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate", "te"}
)


class BrokenHead(Exception):
    """What came is no head of an HTTP message."""


@dataclass(frozen=True, slots=True)
class Head:
    """One head; field names keep their writing, and fields their order."""

    first_line: str
    fields: tuple[tuple[str, str], ...]

    def field(self, name: str) -> str | None:
        """Return the first value of a field, whatever its capitals."""
        return next((value for key, value in self.fields if key.lower() == name), None)

    @property
    def upgrades(self) -> bool:
        """Whether the message asks for, or agrees to, another protocol (a WebSocket)."""
        return self.field("upgrade") is not None and "upgrade" in (self.field("connection") or "").lower()

    def for_one_exchange(self, first_line: str) -> "Head":
        """Return the head for the next hop: the connection ends after this exchange or changes protocol."""
        dropped = _CONNECTION_ONLY | {
            name.strip().lower() for name in (self.field("connection") or "").split(",")
        }
        kept = tuple((key, value) for key, value in self.fields if key.lower() not in dropped)
        if self.upgrades:
            changed = (("Connection", "Upgrade"), ("Upgrade", self.field("upgrade") or ""))
            return Head(first_line, (*kept, *changed))
        return Head(first_line, (*kept, ("Connection", "close")))

    def encoded(self) -> bytes:
        """Return the head as it goes over the wire."""
        lines = [self.first_line, *(f"{key}: {value}" for key, value in self.fields)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def read_head(reader: asyncio.StreamReader) -> Head:
    """Return the next head.

    :raises BrokenHead: it is none, or a very long one.
    :raises asyncio.IncompleteReadError: the other side left before its end.
    """
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise BrokenHead from None
    first_line, *lines = raw.decode("latin-1")[:-4].split("\r\n")
    fields = []
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon or not key or key != key.strip():
            raise BrokenHead
        fields.append((key, value.strip()))
    return Head(first_line, tuple(fields))
