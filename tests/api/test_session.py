"""Signing in and out, as browsers do it."""

import asyncio
from uuid import UUID

import httpx
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import text

from hoistscraper.accounts.roles import Role
from hoistscraper.api.parts import Parts
from hoistscraper.settings import Settings
from tests.api.front import until
from tests.api.people import PASSWORD, Person, add_person, add_token, bearer
from tests.api.served import served

COOKIE = "hoistscraper-session"


@pytest.fixture
async def editor(api: httpx.AsyncClient, parts: Parts) -> Person:
    """An editor who has signed in, where there is an administrator."""
    await add_person(parts.database, Role.ADMINISTRATOR)
    await add_person(parts.database, Role.EDITOR)
    person = Person(api)
    assert (await person.sign_in("editor@example.org")).status_code == 200
    return person


async def test_the_first_start_is_open_until_there_is_an_administrator(api: httpx.AsyncClient) -> None:
    person = Person(api)
    told = (await person.get("/api/session")).json()
    assert (told["actor"], told["user"], told["setup_needed"], told["csrf_token"]) == (
        "local",
        None,
        True,
        None,
    )
    assert (await person.get("/api/opportunities")).status_code == 200
    new = {"email": "Ana@Example.org", "name": "Ana", "password": PASSWORD}
    made = await person.ask("POST", "/api/setup", json=new)
    assert (made.status_code, made.json()["user"]["email"]) == (201, "ana@example.org")
    person.csrf = made.json()["csrf_token"]
    assert (await person.get("/api/settings")).status_code == 200
    stranger = Person(api)
    assert (await stranger.get("/api/opportunities")).status_code == 401
    told = (await stranger.get("/api/session")).json()
    assert (told["actor"], told["setup_needed"]) == ("anonymous", False)
    again = await stranger.ask("POST", "/api/setup", json=new | {"email": "eve@example.org"})
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)


async def test_a_session_is_told_with_what_a_page_needs(editor: Person) -> None:
    answer = await editor.get("/api/session")
    told = answer.json()
    assert (told["actor"], told["user"]["email"], told["user"]["role"]) == (
        "user",
        "editor@example.org",
        "editor",
    )
    assert told["csrf_token"] == editor.csrf
    assert told["sign_in"] == {"password": True, "providers": []}
    assert answer.headers["cache-control"] == "no-store"


async def test_what_is_not_right_lets_nobody_in(editor: Person, api: httpx.AsyncClient) -> None:
    stranger = Person(api)
    wrong = await stranger.sign_in("editor@example.org", "not the password at all")
    unknown = await stranger.sign_in("nobody@example.org", "not the password at all")
    # Each names its own request; nothing else tells the two apart.
    told = [answer.json() | {"instance": None} for answer in (wrong, unknown)]
    assert (wrong.status_code, told[0]) == (unknown.status_code, told[1])
    assert wrong.status_code == 401
    assert COOKIE not in stranger.cookies


async def test_a_password_kept_with_older_parameters_is_renewed_when_one_signs_in(
    editor: Person, api: httpx.AsyncClient, parts: Parts
) -> None:
    before = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)

    async def kept() -> str:
        async with parts.database.transaction() as session:
            return str(
                await session.scalar(text("SELECT password_hash FROM \"user\" WHERE email LIKE 'editor%'"))
            )

    async with parts.database.transaction() as session:
        await session.execute(
            text("UPDATE \"user\" SET password_hash = :before WHERE email LIKE 'editor%'"), {"before": before}
        )
    assert (await Person(api).sign_in("editor@example.org", "not the password at all")).status_code == 401
    assert await kept() == before
    # Who signs in at the same moment meets what the other has renewed.
    answers = await asyncio.gather(*(Person(api).sign_in("editor@example.org") for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    renewed = await kept()
    assert renewed.split("$")[3] != before.split("$")[3]
    assert (await editor.get("/api/websites")).status_code == 200
    assert (await Person(api).sign_in("editor@example.org")).status_code == 200
    assert await kept() == renewed


async def test_whoever_signs_out_is_out(editor: Person) -> None:
    assert (await editor.get("/api/websites")).status_code == 200
    before = dict(editor.cookies)
    assert (await editor.ask("DELETE", "/api/session")).status_code == 204
    editor.cookies = before
    assert (await editor.get("/api/websites")).status_code == 401


async def test_a_change_needs_the_token_of_the_session(editor: Person) -> None:
    website = {"url": "https://example.org/"}
    right, editor.csrf = editor.csrf, None
    for given in (None, "", "x" * 64, "é"):
        headers = {"x-csrf-token": given.encode()} if given is not None else {}
        refused = await editor.ask("POST", "/api/websites", json=website, headers=headers)
        assert refused.status_code == 403, given
        assert "X-CSRF-Token" in refused.json()["detail"]
    editor.csrf = right
    assert (await editor.ask("POST", "/api/websites", json=website)).status_code == 201


async def test_each_sign_in_begins_anew_and_the_session_from_before_ends(editor: Person) -> None:
    before = dict(editor.cookies)
    assert (await editor.sign_in("editor@example.org")).status_code == 200
    assert editor.cookies[COOKIE] != before[COOKIE]
    assert len((await editor.get("/api/sessions")).json()["items"]) == 1
    editor.cookies = before
    assert (await editor.get("/api/websites")).status_code == 401


async def test_another_password_rotates_this_session_and_ends_the_others(
    editor: Person, api: httpx.AsyncClient
) -> None:
    elsewhere = Person(api)
    await elsewhere.sign_in("editor@example.org")
    before = dict(editor.cookies)
    new = "another bridge over water"
    wrong = {"password": new, "current_password": "not this one at all"}
    assert (await editor.ask("PATCH", "/api/me", json=wrong)).status_code == 403
    assert (await editor.ask("PATCH", "/api/me", json={"password": new})).status_code == 422
    weak = {"password": "password1234", "current_password": PASSWORD}
    assert "guessed first" in (await editor.ask("PATCH", "/api/me", json=weak)).json()["detail"]
    right = {"password": new, "current_password": PASSWORD, "name": "Édith"}
    changed = await editor.ask("PATCH", "/api/me", json=right)
    assert (changed.status_code, changed.json()["name"]) == (200, "Édith")
    assert editor.cookies[COOKIE] != before[COOKIE]
    assert (await editor.get("/api/websites")).status_code == 200
    for old in (before, elsewhere.cookies):
        assert (await Person(api, cookies=dict(old)).get("/api/websites")).status_code == 401
    stranger = Person(api)
    assert (await stranger.sign_in("editor@example.org")).status_code == 401
    assert (await stranger.sign_in("editor@example.org", new)).status_code == 200


async def test_another_role_ends_all_sessions_but_rotates_ones_own(
    editor: Person, api: httpx.AsyncClient, parts: Parts
) -> None:
    administrator = Person(api)
    await administrator.sign_in("administrator@example.org")
    await add_person(parts.database, Role.ADMINISTRATOR, email="other@example.org", password=None)
    ids = {user["email"]: user["id"] for user in (await administrator.get("/api/users")).json()["items"]}
    promoted = {"role": "administrator"}
    changed = await administrator.ask("PATCH", f"/api/users/{ids['editor@example.org']}", json=promoted)
    assert changed.json()["role"] == "administrator"
    assert (await editor.get("/api/websites")).status_code == 401
    before = dict(administrator.cookies)
    mine = f"/api/users/{ids['administrator@example.org']}"
    assert (await administrator.ask("PATCH", mine, json={"role": "viewer"})).status_code == 200
    assert administrator.cookies[COOKIE] != before[COOKIE]
    assert (await administrator.get("/api/session")).json()["user"]["role"] == "viewer"
    assert (await Person(api, cookies=before).get("/api/websites")).status_code == 401


async def test_who_is_disabled_or_removed_is_out_at_once(
    editor: Person, api: httpx.AsyncClient, parts: Parts
) -> None:
    administrator = Person(api)
    await administrator.sign_in("administrator@example.org")
    user = (await editor.get("/api/session")).json()["user"]["id"]
    program = Person(api, bearer(await add_token(parts.database, UUID(user), Role.VIEWER)))
    assert (await program.get("/api/websites")).status_code == 200
    path = f"/api/users/{user}"
    assert (await administrator.ask("PATCH", path, json={"active": False})).status_code == 200
    assert (await editor.get("/api/websites")).status_code == 401
    assert (await program.get("/api/websites")).status_code == 401
    assert (await Person(api).sign_in("editor@example.org")).status_code == 401
    assert (await administrator.ask("PATCH", path, json={"active": True})).status_code == 200
    assert (await program.get("/api/websites")).status_code == 200
    assert (await administrator.ask("DELETE", path)).status_code == 204
    assert (await program.get("/api/websites")).status_code == 401
    last = (await administrator.get("/api/session")).json()["user"]["id"]
    refused = await administrator.ask("DELETE", f"/api/users/{last}")
    assert (refused.status_code, "last administrator" in refused.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    "made_old", ["expires_at = now() - interval '1 second'", "last_seen_at = now() - interval '13 hours'"]
)
async def test_a_session_ends_when_it_is_old_or_was_not_used(
    editor: Person, parts: Parts, made_old: str
) -> None:
    async with parts.database.transaction() as session:
        await session.execute(text(f"UPDATE session SET {made_old}"))
    assert (await editor.get("/api/websites")).status_code == 401


async def test_use_keeps_a_session_alive_and_is_noted_to_the_minute(editor: Person, parts: Parts) -> None:
    async with parts.database.transaction() as session:
        await session.execute(text("UPDATE session SET last_seen_at = now() - interval '11 hours'"))
    assert (await editor.get("/api/websites")).status_code == 200
    async with parts.database.transaction() as session:
        seconds = await session.scalar(
            text("SELECT extract(epoch FROM now() - last_seen_at)::float FROM session")
        )
    assert seconds is not None
    assert seconds < 3600


async def test_signing_out_everywhere_is_heard_by_other_processes(settings: Settings, parts: Parts) -> None:
    await add_person(parts.database, Role.ADMINISTRATOR)
    async with served(settings) as one, served(settings) as other, httpx.AsyncClient() as client:
        here, there = Person(client), Person(client)
        for person in (here, there):
            answer = await person.ask(
                "POST",
                f"{one}/api/session",
                json={"email": "administrator@example.org", "password": PASSWORD},
            )
            person.csrf = answer.json()["csrf_token"]
        for _ in range(3):
            assert (await there.get(f"{other}/api/websites")).status_code == 200
        ended = await here.ask("DELETE", f"{one}/api/sessions")
        assert ended.json() == {"ended": 2}
        assert (await here.get(f"{one}/api/websites")).status_code == 401

        async def is_out() -> bool:
            return (await there.get(f"{other}/api/websites")).status_code == 401

        await until(is_out)


async def test_too_many_failures_are_told_when_to_try_again_and_a_known_browser_goes_on(
    editor: Person, api: httpx.AsyncClient
) -> None:
    guesser = Person(api)
    statuses = [
        (await guesser.sign_in("editor@example.org", f"guess number {number}")).status_code
        for number in range(7)
    ]
    assert statuses == [401] * 6 + [429]
    told = await Person(api).sign_in("editor@example.org")
    assert told.status_code == 429
    assert 1 <= int(told.headers["retry-after"]) <= 60
    assert (await editor.sign_in("editor@example.org")).status_code == 200


async def test_no_answer_and_no_row_holds_a_secret(
    editor: Person, api: httpx.AsyncClient, parts: Parts
) -> None:
    made = await editor.ask("POST", "/api/tokens", json={"name": "Nightly report", "role": "viewer"})
    secret = made.json()["secret"]
    assert made.json()["prefix"] == f"{secret[:10]}…"
    assert secret.startswith("hst_")
    assert secret not in (await editor.get("/api/tokens")).text
    assert (await Person(api, bearer(secret)).get("/api/websites")).status_code == 200
    secrets = [secret, secret.removeprefix("hst_"), *editor.cookies.values(), PASSWORD]
    async with parts.database.transaction() as session:
        rows = []
        for table in ("user", "session", "api_token", "known_device", "sign_in_attempts"):
            rows += [str(row) for row in await session.execute(text(f'SELECT * FROM "{table}"'))]
    assert len(rows) > 5
    assert not [value for value in secrets for row in rows if value in row]
