"""How often somebody may ask: by address before anybody knows who it is, by user afterwards."""

import math
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from hoistscraper.api.acting import actor_of
from hoistscraper.api.problems import answer
from hoistscraper.settings import Settings

_MINUTE_SECONDS = 60.0
_MOST_KNOWN = 50_000
# Whoever has one address of a network of IPv6 has them all.
_IPV6_PREFIX = 64

Key = Callable[[Scope], str | None]


class Buckets:
    """So many requests a minute for each key, in the memory of this process; they may come all at once.

    Of each key the instant is kept at which its bucket is full again.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._interval = _MINUTE_SECONDS / per_minute
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def take(self, key: str) -> float:
        """Take one; return 0, or the seconds to wait until there is one again."""
        present = self._clock()
        full_at = max(self._full_at.get(key, present), present)
        lacks = full_at + self._interval - present - _MINUTE_SECONDS
        if lacks > 1e-9:
            return lacks
        if len(self._full_at) >= _MOST_KNOWN and key not in self._full_at:
            self._forget(present)
        self._full_at[key] = full_at + self._interval
        return 0.0

    def _forget(self, present: float) -> None:
        """Forget the full ones; if that is not enough, those that are the nearest to it."""
        known = sorted(self._full_at.items(), key=lambda item: item[1])
        kept = [item for item in known if item[1] > present]
        self._full_at = dict(kept[-_MOST_KNOWN // 2 :])


class RateLimit:
    """Answers 429 to whoever asks too often. ``key`` names who asks; ``None``: nobody whom this limits."""

    def __init__(self, app: ASGIApp, per_minute: int, key: Key) -> None:
        self._app = app
        self._buckets = Buckets(per_minute) if per_minute else None
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if self._buckets and scope["type"] == "http" and (key := self._key(scope)) is not None:
            seconds = math.ceil(self._buckets.take(key))
            if seconds:
                refusal = answer(
                    429,
                    f"These are too many requests in a short time; ask again in {seconds} seconds.",
                    headers={"Retry-After": str(seconds)},
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def limited_by_address(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Bound how often one address may ask."""
    return RateLimit(app, settings.address_requests_per_minute, _by_address(settings))


def limited_by_user(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Bound how often one user may ask, from wherever and by whatever token."""
    address = _by_address(settings)

    def user(scope: Scope) -> str | None:
        actor = actor_of(scope)
        return str(actor.user_id) if actor.user_id and address(scope) is not None else None

    return RateLimit(app, settings.user_requests_per_minute, user)


def _by_address(settings: Settings) -> Key:
    with_loopback = settings.limit_loopback

    def address(scope: Scope) -> str | None:
        client = scope.get("client")
        network, is_loopback = _network(client[0] if client else "")
        return network if with_loopback or not is_loopback else None

    return address


@lru_cache(maxsize=8192)
def _network(host: str) -> tuple[str, bool]:
    """Return what stands for an address, and whether it is of this machine."""
    try:
        address = ip_address(host)
    except ValueError:
        return host, False
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped), address.ipv4_mapped.is_loopback
        if not address.is_loopback:
            return str(ip_network((int(address), _IPV6_PREFIX), strict=False)), False
    return str(address), address.is_loopback
