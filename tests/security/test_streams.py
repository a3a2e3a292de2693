"""A stream of events ends soon after whoever follows it may do so no more."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from starlette.types import Message, Receive, Scope, Send

from hoistscraper.accounts.roles import Role
from hoistscraper.api import streams
from hoistscraper.api.streams import serve_while
from hoistscraper.database.engine import Database, open_database
from hoistscraper.errors import Refused
from hoistscraper.settings import Settings
from tests.api.front import until
from tests.api.people import Person, add_person, add_token, bearer
from tests.api.served import served

STREAM = "/api/scrape-jobs/events"


@dataclass
class Follower:
    """Somebody who follows jobs; ``heard`` is what came until now."""

    heard: list[str] = field(default_factory=list)
    following: asyncio.Task[None] | None = None

    @property
    def has_ended(self) -> bool:
        return self.following is not None and self.following.done()


@asynccontextmanager
async def follower(client: httpx.AsyncClient, **headers: str) -> AsyncIterator[Follower]:
    """Follow all jobs until the block ends."""
    one = Follower()
    async with client.stream("GET", STREAM, headers=headers, timeout=60) as answer:
        assert answer.status_code == 200

        async def listen() -> None:
            async for line in answer.aiter_lines():
                one.heard.append(line)

        one.following = asyncio.create_task(listen())
        try:
            yield one
        finally:
            one.following.cancel()
            await asyncio.wait([one.following])


def cookie(person: Person) -> str:
    return "; ".join(f"{name}={value}" for name, value in person.cookies.items())


async def test_it_ends_with_session_token_or_user_and_nobody_elses_does(settings: Settings) -> None:
    async with (
        open_database(settings) as database,
        served(settings) as origin,
        httpx.AsyncClient(base_url=origin, timeout=60) as client,
    ):
        ids = {role: await add_person(database, role) for role in Role}
        admin, editor = Person(client), Person(client)
        await admin.sign_in("administrator@example.org")
        await editor.sign_in("editor@example.org")
        revoked = await add_token(database, ids[Role.EDITOR], Role.VIEWER)
        of_viewer = await add_token(database, ids[Role.VIEWER], Role.VIEWER)
        lasting = await add_token(database, ids[Role.ADMINISTRATOR], Role.VIEWER)
        async with (
            follower(client, cookie=cookie(editor)) as by_session,
            follower(client, **bearer(revoked)) as by_token,
            follower(client, **bearer(of_viewer)) as by_user,
            follower(client, **bearer(lasting)) as other,
        ):
            tokens = (await editor.get("/api/tokens")).json()["items"]
            assert (await editor.ask("DELETE", f"/api/tokens/{tokens[0]['id']}")).status_code == 204
            assert (await editor.ask("DELETE", "/api/session")).status_code == 204
            shut_out = await admin.ask("PATCH", f"/api/users/{ids[Role.VIEWER]}", json={"active": False})
            assert shut_out.status_code == 200, shut_out.text
            for one in (by_session, by_token, by_user):
                assert one.following
                # The stream ends as streams do, not by a connection that breaks.
                await one.following
            assert not other.has_ended
            before = len(other.heard)
            await ask_for_a_job(admin)

            async def is_told() -> bool:
                return len(other.heard) > before

            await until(is_told)
        assert (await client.get(STREAM, headers=bearer(revoked))).status_code == 401


async def ask_for_a_job(person: Person) -> UUID:
    website = await person.ask("POST", "/api/websites", json={"url": "https://example.org/"})
    return UUID((await person.ask("POST", f"/api/websites/{website.json()['id']}/scrape")).json()["job_id"])


async def test_who_only_follows_keeps_no_session_from_ending(settings: Settings, database: Database) -> None:
    # Without the one, whoever sits at this computer may follow without any session.
    await add_person(database, Role.ADMINISTRATOR)
    await add_person(database, Role.VIEWER)
    async with (
        served(settings) as origin,
        httpx.AsyncClient(base_url=origin, timeout=60) as client,
    ):
        person = Person(client)
        await person.sign_in("viewer@example.org")
        async with follower(client, cookie=cookie(person)) as one:
            async with database.transaction() as session:
                await session.execute(text("UPDATE session SET last_seen_at = now() - interval '1 year'"))
            assert one.following
            await one.following


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What is sent of a stream that is judged all the time."""
    monkeypatch.setattr(streams, "LOOK_SECONDS", 0.0)
    return []


async def endless(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b":\n", "more_body": True})
        await asyncio.sleep(0)


async def silent(_scope: Scope, _receive: Receive, _send: Send) -> None:
    await asyncio.Event().wait()


async def short(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ValueError("a mistake of ours")


def allowed(times: int) -> Callable[[], Awaitable[None]]:
    """Return a look that finds all well so many times."""
    looks = iter(range(times))

    async def look() -> None:
        if next(looks, None) is None:
            raise Refused("You are no editor any more.")

    return look


def to(sent: list[Message]) -> Send:
    async def send(message: Message) -> None:
        sent.append(message)

    return send


async def nothing() -> Message:
    return await asyncio.Event().wait()  # type: ignore[return-value]


async def test_one_whose_role_no_longer_suffices_is_told_that_there_is_no_more(sent: list[Message]) -> None:
    await serve_while(endless, allowed(3), {}, nothing, to(sent))
    assert [message["type"] for message in sent[:2]] == ["http.response.start", "http.response.body"]
    assert (sent[-1]["body"], sent[-1]["more_body"]) == (b"", False)
    assert all(message["more_body"] for message in sent[1:-1])


async def test_one_that_has_not_begun_is_refused(sent: list[Message]) -> None:
    with pytest.raises(Refused):
        await serve_while(silent, allowed(0), {}, nothing, to(sent))
    assert sent == []


async def test_one_that_ends_by_itself_ends_once(sent: list[Message]) -> None:
    await serve_while(short, allowed(10), {}, nothing, to(sent))
    assert len(sent) == 2


async def test_a_mistake_in_it_is_heard_of(sent: list[Message]) -> None:
    with pytest.raises(ValueError, match="mistake"):
        await serve_while(broken, allowed(10), {}, nothing, to(sent))


async def test_who_leaves_ends_all_of_it(sent: list[Message]) -> None:
    going = asyncio.create_task(serve_while(silent, allowed(10**9), {}, nothing, to(sent)))
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert asyncio.all_tasks() == {asyncio.current_task()}
