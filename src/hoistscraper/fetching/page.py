"""A page as it came: the value that travels from fetching to reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from hoistscraper.fetching.decoding import decode


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """What a script of a page was told by its server."""

    url: str
    media_type: str
    text: str


@dataclass(frozen=True)
class Page:
    """One answer of a website.

    ``url`` is the address asked for, ``final_url`` the one that answered after redirects. ``content`` is
    decompressed; of a page that ``is_rendered`` it is what a browser showed in the end, and ``answers`` is
    the JSON that its scripts fetched. With ``not_modified`` the server said 304 and ``content`` is empty.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    fetched_at: datetime
    media_type: str | None = None
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: Validators = Validators()
    not_modified: bool = False
    is_rendered: bool = False
    answers: tuple[JsonAnswer, ...] = ()
    wire_bytes: int = 0
    elapsed_seconds: float = 0.0

    @cached_property
    def text(self) -> str:
        """The content as text: byte order mark, header, meta declaration and guess, in this order."""
        return decode(self.content, declared=self.charset)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the content, hexadecimal."""
        return sha256(self.content).hexdigest()
