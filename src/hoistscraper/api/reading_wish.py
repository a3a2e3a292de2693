"""What the headers of a request say about how it wants to be answered."""

from collections.abc import Iterable

from hoistscraper.api.change_marks import HEADER, in_cookies, in_header
from hoistscraper.api.encodings import encoding_for


class ReadingWish:
    """``changes`` must be shown by the answer; ``is_anew``: it must not be a kept one."""

    __slots__ = ("changes", "encoding", "if_none_match", "is_anew")

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.changes: tuple[int, ...] = ()
        self.encoding: str | None = None
        self.if_none_match: bytes | None = None
        self.is_anew = False
        for name, value in headers:
            match name:
                case b"accept-encoding":
                    self.encoding = encoding_for(value)
                case b"if-none-match":
                    self.if_none_match = value
                case b"cookie":
                    self.changes += in_cookies(value)
                case b"cache-control":
                    self.is_anew = b"no-cache" in value
                case _ if name == HEADER:
                    self.changes += in_header(value)
