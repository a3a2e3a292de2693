"""How much, how long and how often may be asked."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from hoistscraper.accounts.actor import Actor, ActorKind
from hoistscraper.accounts.roles import Role
from hoistscraper.api.acting import set_actor
from hoistscraper.api.front import opened_front
from hoistscraper.api.limits import TimeLimit
from hoistscraper.api.parts import opened_parts
from hoistscraper.api.rates import Buckets, limited_by_user
from hoistscraper.settings import Settings
from tests.api.front import opened_api

FEW = {"address_requests_per_minute": 3, "user_requests_per_minute": 2}


def client_at(app: ASGIApp, address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://127.0.0.1"
    )


async def test_who_asks_too_often_is_told_when_to_come_again(settings: Settings) -> None:
    few = settings.model_copy(update=FEW)
    async with opened_parts(few) as parts, opened_front(parts) as front:
        async with client_at(front, "203.0.113.7") as one:
            statuses = [(await one.get("/api/health/live")).status_code for _ in range(4)]
            refused = await one.get("/api/health/live")
        async with client_at(front, "203.0.113.8") as other:
            assert (await other.get("/api/health/live")).status_code == 200
        async with client_at(front, "127.0.0.1") as here:
            assert {(await here.get("/api/health/live")).status_code for _ in range(9)} == {200}
    assert statuses == [200, 200, 200, 429]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert "ask again in" in refused.json()["detail"]


async def test_a_network_of_ipv6_counts_as_one_and_ipv4_however_it_is_written(settings: Settings) -> None:
    few = settings.model_copy(update=FEW)
    async with opened_parts(few) as parts, opened_front(parts) as front:
        for addresses in (
            ("2001:db8:1:2::1", "2001:db8:1:2::ffff", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::2"),
            ("198.51.100.1", "::ffff:198.51.100.1", "198.51.100.1", "::ffff:198.51.100.1"),
        ):
            statuses = []
            for address in addresses:
                async with client_at(front, address) as client:
                    statuses.append((await client.get("/api/health/live")).status_code)
            assert statuses == [200, 200, 200, 429]
        async with client_at(front, "2001:db8:1:3::1") as client:
            assert (await client.get("/api/health/live")).status_code == 200


async def test_only_a_proxy_of_ours_says_who_asks(settings: Settings) -> None:
    told = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7"}
    for trusted, expected in ((frozenset({"127.0.0.0/8"}), 429), (frozenset[str](), 200)):
        few = settings.model_copy(update={**FEW, "trusted_proxies": trusted})
        async with opened_parts(few) as parts, opened_front(parts) as front:
            async with client_at(front, "127.0.0.1") as proxy:
                for invented in range(4):
                    # What a client claims stands before what the proxy saw.
                    said = {"X-Forwarded-For": f"198.51.100.{invented}, 203.0.113.7"}
                    answer = await proxy.get("/api/health/live", headers=said)
            assert answer.status_code == expected, told


async def test_this_machine_may_be_limited_too(settings: Settings) -> None:
    async with opened_api(settings.model_copy(update={**FEW, "limit_loopback": True})) as api:
        statuses = {(await api.get("/api/health/live")).status_code for _ in range(5)}
    assert 429 in statuses


async def test_a_user_is_limited_from_wherever_they_ask(settings: Settings) -> None:
    one, other = (
        Actor(ActorKind.USER, "Ada", Role.VIEWER, user_id=uuid4(), email="ada@example.org") for _ in range(2)
    )
    asking = one

    async def nothing(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    limited = limited_by_user(nothing, settings.model_copy(update=FEW))

    async def again() -> Actor:
        return asking

    async def known(scope: Scope, receive: Receive, send: Send) -> None:
        set_actor(scope, asking, again)
        await limited(scope, receive, send)

    statuses = []
    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.3"):
        async with client_at(known, address) as client:
            statuses.append((await client.get("/")).status_code)
    asking = other
    async with client_at(known, "203.0.113.1") as client:
        assert (await client.get("/")).status_code == 204
    assert statuses == [204, 204, 429]


def test_a_bucket_fills_again_with_time_and_forgets_who_has_long_been_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = 1_000.0
    buckets = Buckets(60, clock=lambda: clock)
    assert [buckets.take("a") for _ in range(61)][59:] == [0, 1]
    clock += 1
    assert (buckets.take("a"), buckets.take("a")) == (0, 1)
    monkeypatch.setattr("hoistscraper.api.rates._MOST_KNOWN", 10)
    for n in range(1_000):
        buckets.take(f"stranger {n}")
    assert len(buckets._full_at) <= 10
    assert buckets.take("a") == 1, "who is refused is remembered before strangers"


async def test_what_does_not_begin_in_time_is_given_up_and_streams_go_on() -> None:
    ended = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        try:
            if scope["path"] == "/slow":
                await asyncio.Event().wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await asyncio.sleep(0.2)
            await send({"type": "http.response.body", "body": b"late"})
        finally:
            ended.append(scope["path"])

    async with client_at(TimeLimit(app, seconds=0.05), "127.0.0.1") as client:
        slow = await client.get("/slow")
        assert (slow.status_code, slow.headers["retry-after"]) == (503, "2")
        assert (await client.get("/stream")).text == "late"
    assert ended == ["/slow", "/stream"]


async def test_a_body_that_never_ends_holds_nothing_for_long(settings: Settings) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        yield b'{"url":'
        await asyncio.sleep(30)
        yield b'""}'

    async with opened_api(settings.model_copy(update={"request_timeout_seconds": 0.3})) as api:
        answer = await api.post("/api/websites", content=trickle())
    assert answer.status_code == 503
