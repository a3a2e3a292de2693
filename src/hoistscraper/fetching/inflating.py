"""Unpacking what a server packed, never beyond a limit: a bomb takes no more memory than a page."""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_GZIP_MARK = b"\x1f\x8b"
_IDENTITY = frozenset({"", "identity", "none"})


class Damaged(Exception):
    """The packed bytes cannot be unpacked."""


class Overflow(Exception):
    """Unpacked, it is larger than the limit."""


class Unpacker(Protocol):
    """Takes packed bytes as they come; ``content`` grows up to the limit."""

    content: bytearray

    def feed(self, packed: bytes) -> None:
        """Unpack some more.

        :raises Damaged: these are not such bytes.
        :raises Overflow: the limit is reached.
        """

    def finish(self) -> None:
        """Close the books.

        :raises Damaged: the end is missing.
        """


class Plain:
    """Nothing is packed."""

    def __init__(self, limit_bytes: int) -> None:
        self.content = bytearray()
        self._limit_bytes = limit_bytes

    def feed(self, packed: bytes) -> None:
        """Take the bytes as they are."""
        self.content += packed
        if len(self.content) > self._limit_bytes:
            raise Overflow

    def finish(self) -> None:
        """Nothing can be missing that the connection did not report."""


class _Zlib:
    def __init__(self, limit_bytes: int, *, window_bits: int) -> None:
        self.content = bytearray()
        self._limit_bytes = limit_bytes
        self._window_bits = window_bits
        self._stream = zlib.decompressobj(window_bits)
        self._head = b""
        self._started = False

    def feed(self, packed: bytes) -> None:
        if not self._started:
            packed = self._begin(packed)
        while packed:
            if self._stream.eof:
                if not packed.startswith(_GZIP_MARK):
                    return  # padding after the end, which browsers pass over too
                self._stream = zlib.decompressobj(self._window_bits)
            room = self._limit_bytes - len(self.content) + 1
            try:
                self.content += self._stream.decompress(packed, room)
            except zlib.error as error:
                raise Damaged from error
            if len(self.content) > self._limit_bytes:
                raise Overflow
            packed = self._stream.unconsumed_tail or self._stream.unused_data

    def finish(self) -> None:
        if self._started and not self._stream.eof:
            raise Damaged

    def _begin(self, packed: bytes) -> bytes:
        # Some servers send raw deflate under this name, without the two bytes that zlib begins with.
        self._head += packed
        if len(self._head) < 2:
            return b""
        self._started = True
        first, second = self._head[:2]
        if self._window_bits == zlib.MAX_WBITS and (first & 15 != 8 or (first << 8 | second) % 31):
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._head


class _Brotli:
    def __init__(self, limit_bytes: int) -> None:
        self.content = bytearray()
        self._limit_bytes = limit_bytes
        self._stream = brotli.Decompressor()
        self._fed = False

    def feed(self, packed: bytes) -> None:
        self._fed = self._fed or bool(packed)
        while True:
            room = self._limit_bytes - len(self.content) + 1
            try:
                piece = self._stream.process(packed, output_buffer_limit=room)
            except brotli.error as error:
                raise Damaged from error
            self.content += piece
            if len(self.content) > self._limit_bytes:
                raise Overflow
            if self._stream.is_finished() or self._stream.can_accept_more_data():
                return
            packed = b""

    def finish(self) -> None:
        if self._fed and not self._stream.is_finished():
            raise Damaged


class _Zstandard:
    def __init__(self, limit_bytes: int) -> None:
        self.content = bytearray()
        self._limit_bytes = limit_bytes
        self._stream = zstd.ZstdDecompressor()
        self._fed = False

    def feed(self, packed: bytes) -> None:
        self._fed = self._fed or bool(packed)
        while packed or not (self._stream.needs_input or self._stream.eof):
            if self._stream.eof:
                self._stream = zstd.ZstdDecompressor()
            room = self._limit_bytes - len(self.content) + 1
            try:
                self.content += self._stream.decompress(packed, room)
            except zstd.ZstdError as error:
                raise Damaged from error
            if len(self.content) > self._limit_bytes:
                raise Overflow
            packed = self._stream.unused_data if self._stream.eof else b""

    def finish(self) -> None:
        if self._fed and not self._stream.eof:
            raise Damaged


def _gzip(limit_bytes: int) -> Unpacker:
    return _Zlib(limit_bytes, window_bits=16 + zlib.MAX_WBITS)


def _deflate(limit_bytes: int) -> Unpacker:
    return _Zlib(limit_bytes, window_bits=zlib.MAX_WBITS)


_UNPACKERS: dict[str, Callable[[int], Unpacker]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _Brotli,
    "zstd": _Zstandard,
}
ACCEPT_ENCODING = ", ".join(name for name in _UNPACKERS if name != "x-gzip")


def unpacker_for(content_encoding: str | None, limit_bytes: int) -> Unpacker | None:
    """Return what unpacks an answer, or ``None`` for a packing that we did not ask for and do not know."""
    name = (content_encoding or "").strip().lower()
    if name in _IDENTITY:
        return Plain(limit_bytes)
    chosen = _UNPACKERS.get(name)
    return chosen(limit_bytes) if chosen else None
