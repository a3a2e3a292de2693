"""By which names this server is reached, and from where: what websites in the same browser cannot fake.

A page of another website may send requests to this computer, and may give its own name the address of this
computer (DNS rebinding). It cannot choose what the browser writes into Host, Origin and Sec-Fetch-Site.
"""

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from hoistscraper.settings import Settings

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_OF_OUR_OWN_PAGES = frozenset({b"same-origin", b"none"})
_PLACE = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]@/\\\s]+)(?::\d{1,5})?")
_MOST_KNOWN = 256


def is_loopback(host: str) -> bool:
    """Whether an address or name is this computer's own, which no other reaches."""
    name = host.strip("[]")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_for_this_computer_alone(settings: Settings, host: str) -> bool:
    """Whether nobody elsewhere is meant to reach what answers at an address."""
    public = urlsplit(settings.public_url).hostname if settings.public_url else None
    return is_loopback(host) and (public is None or is_loopback(public))


class Doors:
    """Judges where a request comes from; ``host`` is the address of this machine that is answered at."""

    def __init__(self, settings: Settings, *, host: str) -> None:
        public = urlsplit(settings.public_url) if settings.public_url else None
        self.is_for_this_computer_alone = is_for_this_computer_alone(settings, host)
        self._public_origin = settings.public_url.encode() if settings.public_url else None
        own = f"[{host}]" if ":" in host else host
        self._names = {*_LOOPBACK_NAMES, own.lower(), *([_name(public.netloc)] if public else [])}
        self._takes_any_name = not is_loopback(host)
        # Each client sends the same one again and again.
        self.is_our_name = lru_cache(_MOST_KNOWN)(self._is_our_name)
        self.is_name_of_this_computer = lru_cache(_MOST_KNOWN)(_is_name_of_this_computer)

    def _is_our_name(self, host: bytes | None) -> bool:
        """Whether a Host header names us.

        In a network we may have names that we do not know, and nobody is let in there without an account,
        whose cookie the browser keeps to the name it was given for.
        """
        return self._takes_any_name or (host is not None and _name(host.decode("latin-1")) in self._names)

    def is_from_our_pages(
        self, *, host: bytes | None, origin: bytes | None, fetch_site: bytes | None
    ) -> bool:
        """Whether a change was sent by a page of ours, or by no browser at all."""
        if origin is not None and not self._is_our_origin(origin, host):
            return False
        # The browser does not know that our public address and this one are the same.
        is_known = origin is not None and origin == self._public_origin
        return fetch_site is None or fetch_site in _OF_OUR_OWN_PAGES or is_known

    def _is_our_origin(self, origin: bytes, host: bytes | None) -> bool:
        if origin == self._public_origin:
            return True
        scheme, _, place = origin.lower().partition(b"://")
        return scheme in {b"http", b"https"} and host is not None and place == host.lower()

    def is_this_computer(self, client: str | None, host: bytes | None, *, is_forwarded: bool) -> bool:
        """Whether a program of this computer asks for itself, and not for somebody elsewhere."""
        return (
            not is_forwarded
            and client is not None
            and is_loopback(client)
            and self.is_name_of_this_computer(host)
        )


def _is_name_of_this_computer(host: bytes | None) -> bool:
    return host is not None and _name(host.decode("latin-1")) in _LOOPBACK_NAMES


def _name(place: str) -> str | None:
    """Return the name of ``name`` or ``name:port``; ``None``: it is neither."""
    found = _PLACE.fullmatch(place.lower())
    return found["name"] if found else None
