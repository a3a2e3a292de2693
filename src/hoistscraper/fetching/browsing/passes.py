"""Passes: who may use the egress proxy, what went through, and what was refused."""

import asyncio
import hmac
import secrets
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from yarl import URL

from hoistscraper.fetching.browsing.bounds import Bounds
from hoistscraper.fetching.errors import AddressRefused, FetchError

_MOST_KEPT = 200


@dataclass(slots=True)
class Pass:
    """The right of one website's context to use the proxy, and the account of what it did with it.

    ``connections`` are tunnels and plain requests; bytes are those of both directions, TLS included.
    ``bounds`` are those of a website that we are logged in to.
    """

    name: str
    bounds: Bounds | None = None
    user: str = field(default_factory=lambda: secrets.token_hex(8))
    password: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)
    connections: int = 0
    bytes_received: int = 0
    bytes_sent: int = 0
    refused: int = 0
    _tunnels: dict[asyncio.Task[None], tuple[str, int]] = field(default_factory=dict, repr=False)
    _failures: OrderedDict[tuple[str, int], FetchError] = field(default_factory=OrderedDict, repr=False)

    def failure_of(self, host: str, port: int) -> FetchError | None:
        """Return why a host could not be reached when it was last tried."""
        return self._failures.get((host, port))

    @property
    def refusals(self) -> tuple[AddressRefused, ...]:
        """The hosts that the guard kept this website from, the latest last."""
        return tuple(failure for failure in self._failures.values() if isinstance(failure, AddressRefused))

    def lets(self, url: URL | None, host: str, port: int) -> bool:
        """Whether a plain request for ``url``, or without it a tunnel, is within the bounds."""
        if self.bounds is None:
            return True
        return self.bounds.lets(url) if url is not None else self.bounds.lets_tunnel(host, port)

    def begin_typing(self) -> None:
        """Draw in the bounds, and end the connections to all that is outside of them."""
        if self.bounds is not None:
            self.bounds.begin_typing()
            for exchange, (host, port) in self._tunnels.items():
                if not self.bounds.lets_tunnel(host, port):
                    exchange.cancel()

    @contextmanager
    def tunnelling(self, host: str, port: int) -> Iterator[None]:
        """Hold a tunnel, which the task that is at it serves."""
        exchange = asyncio.current_task()
        if exchange is not None:
            self._tunnels[exchange] = host, port
        try:
            yield
        finally:
            if exchange is not None:
                self._tunnels.pop(exchange, None)

    def note_failure(self, host: str, port: int, failure: FetchError) -> None:
        """Remember why a host could not be reached."""
        self.refused += isinstance(failure, AddressRefused)
        self._failures[host, port] = failure
        self._failures.move_to_end((host, port))
        if len(self._failures) > _MOST_KEPT:
            self._failures.popitem(last=False)

    def note_success(self, host: str, port: int) -> None:
        """Remember that a host can be reached."""
        self.connections += 1
        self._failures.pop((host, port), None)

    def count_received(self, size: int) -> None:
        """Count bytes that came."""
        self.bytes_received += size

    def count_sent(self, size: int) -> None:
        """Count bytes that went."""
        self.bytes_sent += size

    def opens(self, authorization: str) -> bool:
        """Tell whether these are the credentials of this pass."""
        expected = b64encode(f"{self.user}:{self.password}".encode()).decode()
        scheme, _, given = authorization.partition(" ")
        return scheme.lower() == "basic" and hmac.compare_digest(given.strip().encode(), expected.encode())
