"""Signing in and out, as browsers do it."""

import httpx
import pytest

from hoistscraper.accounts.roles import Role
from hoistscraper.api.parts import Parts
from tests.api.people import PASSWORD, Person, add_person

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
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.status_code == 401
    assert COOKIE not in stranger.cookies


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
