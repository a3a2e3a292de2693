"""Bytes on their way: measured, compressed and opened again, a piece at a time, whatever their number."""

import sys
from collections.abc import Callable
from hashlib import sha256
from typing import Protocol

from hoistscraper.errors import Refused

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["PIECE", "CalledOff", "Compressing", "Decompressing", "Measured", "Reader", "Writer", "zstd"]

PIECE = 1 << 20
_LEVEL = 3


class Writer(Protocol):
    """Takes bytes."""

    def write(self, piece: bytes, /) -> int:
        """Take a piece, all of it."""


class Reader(Protocol):
    """Gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Give at most so many; none is the end."""


class Measured:
    """Passes bytes on, or only counts them, and knows how many they were and their SHA-256."""

    def __init__(self, onward: Writer | None = None) -> None:
        self._onward = onward
        self._hash = sha256()
        self.size = 0

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""
        if self._onward:
            self._onward.write(piece)
        self._hash.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is written is passed on at once."""

    @property
    def sha256(self) -> str:
        """The checksum of what came so far, as hexadecimal digits."""
        return self._hash.hexdigest()


class Compressing:
    """Reads from a source and gives it compressed; ``plain`` measures what the source gave."""

    def __init__(self, source: Reader, is_called_off: Callable[[], bool]) -> None:
        self._source = source
        self._is_called_off = is_called_off
        self._compressor = zstd.ZstdCompressor(level=_LEVEL)
        self._ready = bytearray()
        self._has_ended = False
        self.plain = Measured()

    def read(self, size: int = -1, /) -> bytes:
        """Give a piece; none is the end.

        :raises CalledOff: somebody does not want it any more.
        """
        wanted = PIECE if size < 0 else size
        while len(self._ready) < wanted and not self._has_ended:
            if self._is_called_off():
                raise CalledOff
            piece = self._source.read(PIECE)
            if piece:
                self.plain.write(piece)
                self._ready += self._compressor.compress(piece)
            else:
                self._ready += self._compressor.flush()
                self._has_ended = True
        given = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        return given


class CalledOff(Exception):
    """The work was ended from outside before it was done."""


class Decompressing:
    """Opens what :class:`Compressing` gave and passes it on, as long as it is not more than was announced."""

    def __init__(self, onward: Writer, *, most: int) -> None:
        self._onward = Measured(onward)
        self._most = most
        self._decompressor = zstd.ZstdDecompressor()

    def write(self, piece: bytes, /) -> int:
        """Take a piece.

        :raises Refused: it is not what was put in, or more of it.
        """
        given = piece
        while True:
            if self._decompressor.eof:
                if given:
                    raise Refused("The backup is damaged: something follows its end. Use another one.")
                return len(piece)
            try:
                opened = self._decompressor.decompress(given, PIECE)
            except zstd.ZstdError:
                raise Refused("The backup is damaged: it cannot be decompressed. Use another one.") from None
            if self._onward.size + len(opened) > self._most:
                raise Refused("The backup holds more than it says: it was altered. Use another one.")
            self._onward.write(opened)
            given = b""
            if self._decompressor.needs_input:
                return len(piece)

    def flush(self) -> None:
        """Do nothing: what is written is passed on at once."""

    @property
    def plain(self) -> Measured:
        """What came out."""
        return self._onward
