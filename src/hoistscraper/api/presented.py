"""What the headers of a request say about who sends it, and from where."""

from collections.abc import Iterable

from hoistscraper.api.cookies import Cookies

_BEARER = b"bearer "
# Whoever passes on what others ask says so by one of these.
_FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"})


class Presented:
    """``session`` and ``token`` are secrets; other kinds of Authorization are a proxy's business."""

    __slots__ = ("csrf", "fetch_site", "host", "is_forwarded", "origin", "session", "token")

    def __init__(self, headers: Iterable[tuple[bytes, bytes]], cookies: Cookies) -> None:
        self.host: bytes | None = None
        self.session: str | None = None
        self.token: str | None = None
        self.csrf: str | None = None
        self.origin: bytes | None = None
        self.fetch_site: bytes | None = None
        self.is_forwarded = False
        for name, value in headers:
            match name:
                case b"host":
                    self.host = value
                case b"cookie":
                    self.session = self.session or cookies.session_in(value)
                case b"authorization":
                    if value[: len(_BEARER)].lower() == _BEARER:
                        self.token = value[len(_BEARER) :].strip().decode("latin-1")
                case b"origin":
                    self.origin = value
                case b"sec-fetch-site":
                    self.fetch_site = value
                case b"x-csrf-token":
                    self.csrf = value.decode("latin-1")
                case _ if name in _FORWARDED:
                    self.is_forwarded = True
