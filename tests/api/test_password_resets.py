"""A forgotten password: who reads the user's e-mail sets another; nobody learns who has an account."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import text

from hoistscraper.accounts import password_resets, users
from hoistscraper.accounts.passwords import hash_password
from hoistscraper.accounts.roles import Role
from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import Parts, opened_parts
from hoistscraper.clock import now
from hoistscraper.settings import Settings
from tests.api.people import PASSWORD, Person, add_person, add_token, bearer
from tests.api.server import api_process
from tests.mailbox import Mailbox, mailbox, token_in

NEW = "a bridge over calm water"
OTHER = "two bridges over calm water"


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
async def posting(settings: Settings, box: Mailbox) -> AsyncIterator[Parts]:
    """The parts of an API that can send letters, with an administrator and an editor."""
    box.letters.clear()
    box.refusal = None
    async with opened_parts(box.settings(settings)) as parts:
        await add_person(parts.database, Role.ADMINISTRATOR, password=None)
        await add_person(parts.database, Role.EDITOR)
        yield parts


@pytest.fixture
async def client(posting: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with opened_front(posting) as front:
        transport = httpx.ASGITransport(front, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as opened:
            yield opened


async def ask(client: httpx.AsyncClient, email: str) -> httpx.Response:
    return await Person(client).ask("POST", "/api/password-resets", json={"email": email})


async def accept(client: httpx.AsyncClient, secret: str, password: str) -> httpx.Response:
    wish = {"token": secret, "password": password}
    return await Person(client).ask("POST", "/api/password-resets/accept", json=wish)


async def make_link(parts: Parts, email: str = "editor@example.org") -> str:
    """Make a link without a letter; return its secret."""
    async with parts.database.transaction() as session:
        user = await users.user_by_email(session, email)
        return await password_resets.make_link(session, user, at=now())


async def test_a_link_sets_another_password_once_and_ends_all_sessions(
    client: httpx.AsyncClient, box: Mailbox
) -> None:
    before = Person(client)
    await before.sign_in("editor@example.org")
    assert (await ask(client, "Editor@example.org")).status_code == 202
    (letter,) = box.letters
    assert letter["To"] == "editor@example.org"
    assert box.link().startswith("http://127.0.0.1/new-password/#token=")
    secret = token_in(box.link())
    assert (await accept(client, secret, "short")).status_code == 422
    assert (await accept(client, secret, NEW)).status_code == 204
    assert (await before.get("/api/websites")).status_code == 401
    assert (await Person(client).sign_in("editor@example.org")).status_code == 401
    assert (await Person(client).sign_in("editor@example.org", NEW)).status_code == 200
    again = await accept(client, secret, OTHER)
    assert (again.status_code, "not valid" in again.json()["detail"]) == (404, True)


async def test_the_answer_does_not_tell_who_has_an_account(
    client: httpx.AsyncClient, posting: Parts, box: Mailbox
) -> None:
    await add_person(posting.database, Role.VIEWER)
    async with posting.database.transaction() as session:
        viewer = await users.user_by_email(session, "viewer@example.org")
        await users.set_active(session, viewer, is_active=False)
    box.refusal = "554 no"
    answers = [
        await ask(client, email)
        for email in (
            "editor@example.org",
            "nobody@example.org",
            "viewer@example.org",  # who may not sign in any more
            "administrator@example.org",  # who has no password, and gets none by this
            "no address",
        )
    ]
    told = {(answer.status_code, answer.text, *sorted(set(answer.headers) - {"date"})) for answer in answers}
    assert len(told) == 1
    async with posting.database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM password_reset")) == 1


async def test_who_asks_again_and_again_has_to_wait_whether_there_is_an_account_or_not(
    client: httpx.AsyncClient, box: Mailbox
) -> None:
    answers = {
        email: [(answer.status_code, answer.headers.get("retry-after")) for answer in asked]
        for email in ("editor@example.org", "nobody@example.org")
        if (asked := [await ask(client, email) for _ in range(6)])
    }
    assert [status for status, _ in answers["editor@example.org"]] == [202, 202, 202, 202, 429, 429]
    assert answers["editor@example.org"] == answers["nobody@example.org"]
    assert len(box.letters) == password_resets.MOST_IN_AN_HOUR
    # Who has to wait for a letter may sign in all the same.
    assert (await Person(client).sign_in("editor@example.org")).status_code == 200


async def test_nobody_waits_for_the_mail_server(posting: Parts, box: Mailbox, database_url: str) -> None:
    variables = {
        "HOIST_SMTP_URL": posting.settings.smtp_url.get_secret_value() if posting.settings.smtp_url else "",
        "HOIST_MAIL_FROM": "calls@example.org",
        "HOIST_PUBLIC_URL": "http://127.0.0.1",
    }
    box.is_busy = True
    try:
        with api_process(database_url, **variables) as address:
            async with httpx.AsyncClient(base_url=address) as client:
                assert (await ask(client, "editor@example.org")).status_code == 202
                assert (await Person(client).sign_in("editor@example.org")).status_code == 200
                assert box.letters == []
                box.is_busy = False
                while not box.letters:  # noqa: ASYNC110 - it comes in another thread
                    await asyncio.sleep(0.02)
    finally:
        box.is_busy = False


async def test_a_link_that_has_ended_is_worth_nothing(client: httpx.AsyncClient, posting: Parts) -> None:
    secret = await make_link(posting)
    async with posting.database.transaction() as session:
        await session.execute(text("UPDATE password_reset SET expires_at = now()"))
    assert (await accept(client, secret, NEW)).status_code == 404


async def test_a_password_that_was_set_since_ends_the_links_from_before(
    client: httpx.AsyncClient, posting: Parts
) -> None:
    secrets = [await make_link(posting) for _ in range(2)]
    assert (await accept(client, secrets[0], NEW)).status_code == 204
    assert (await accept(client, secrets[1], OTHER)).status_code == 404
    third = await make_link(posting)
    password_hash = await hash_password(OTHER)
    async with posting.database.transaction() as session:
        user = await users.user_by_email(session, "editor@example.org")
        await users.set_password(session, user, password_hash, at=now())
    assert (await accept(client, third, NEW)).status_code == 404
    assert (await Person(client).sign_in("editor@example.org", OTHER)).status_code == 200


async def test_a_link_is_for_its_own_user_and_purpose(client: httpx.AsyncClient, posting: Parts) -> None:
    await add_person(posting.database, Role.VIEWER)
    assert (await accept(client, await make_link(posting, "viewer@example.org"), NEW)).status_code == 204
    assert (await Person(client).sign_in("editor@example.org")).status_code == 200
    assert (await Person(client).sign_in("viewer@example.org", NEW)).status_code == 200
    invited = await Person(client).ask(
        "POST",
        "/api/invitations/accept",
        json={"token": await make_link(posting), "name": "Eve", "password": NEW},
    )
    assert invited.status_code == 404


async def test_who_may_not_sign_in_gets_no_link_and_uses_none(
    client: httpx.AsyncClient, posting: Parts
) -> None:
    secret = await make_link(posting)
    async with posting.database.transaction() as session:
        user = await users.user_by_email(session, "editor@example.org")
        await users.set_active(session, user, is_active=False)
    assert (await accept(client, secret, NEW)).status_code == 404


async def test_without_a_mail_server_it_says_whom_to_ask(api: httpx.AsyncClient, parts: Parts) -> None:
    await add_person(parts.database, Role.ADMINISTRATOR, password=None)
    for email in ("administrator@example.org", "nobody@example.org"):
        answer = await ask(api, email)
        assert (answer.status_code, "administrator for a link" in answer.json()["detail"]) == (403, True)


async def test_the_database_holds_no_link(posting: Parts) -> None:
    secret = await make_link(posting)
    async with posting.database.transaction() as session:
        kept = str((await session.execute(text("SELECT * FROM password_reset"))).all())
    assert secret not in kept
    assert PASSWORD not in kept


async def test_an_administrator_makes_a_link_to_hand_on(
    client: httpx.AsyncClient, posting: Parts, box: Mailbox
) -> None:
    boss = await add_person(posting.database, Role.ADMINISTRATOR, email="boss@example.org")
    editor = await add_person(posting.database, Role.EDITOR, email="bo@example.org", password=None)
    me = Person(client)
    await me.sign_in("boss@example.org")
    made = await me.ask("POST", f"/api/users/{editor}/reset-link")
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    link = made.json()["link"]
    assert link.startswith("http://127.0.0.1/new-password/#token=")
    assert box.letters == []
    assert (await accept(client, token_in(link), NEW)).is_success
    assert (await Person(client).sign_in("bo@example.org", NEW)).status_code == 200
    assert (await accept(client, token_in(link), OTHER)).status_code == 404
    # A token that was lost must not let anybody in as somebody else.
    program = Person(client, bearer(await add_token(posting.database, boss, Role.ADMINISTRATOR)))
    assert (await program.ask("POST", f"/api/users/{editor}/reset-link")).status_code == 403
    await me.ask("PATCH", f"/api/users/{editor}", json={"active": False})
    refused = await me.ask("POST", f"/api/users/{editor}/reset-link")
    assert (refused.status_code, "let this user in first" in refused.json()["detail"]) == (403, True)
