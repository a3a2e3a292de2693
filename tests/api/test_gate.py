"""What stands before the API: no other website reaches it through the browser of its user."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from hoistscraper.accounts.roles import Role
from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import Parts
from tests.api.people import Person, add_person, add_token, bearer

WEBSITE = {"url": "https://example.org/"}


@asynccontextmanager
async def front(
    parts: Parts, *, host: str = "127.0.0.1", client: str = "127.0.0.1", public_url: str | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of a server that answers at an address, asked from another one."""
    settings = parts.settings.model_copy(update={"public_url": public_url})
    served = Parts(settings, parts.database, parts.reads, parts.measures, parts.gathered)
    async with opened_front(served, host=host) as app:
        transport = httpx.ASGITransport(app, client=(client, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as api:
            yield api


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("LOCALHOST", True),
        ("[::1]:8000", True),
        ("rebound.attacker.example:8000", False),
        ("localhost.attacker.example", False),
        ("127.0.0.1.attacker.example", False),
        ("localhost.", False),
        ("[::1].attacker.example", False),
        ("[::1", False),
        ("127.0.0.1:8000@attacker.example", False),
        ("2130706433", False),
        ("", False),
    ],
)
async def test_on_loopback_only_its_own_names_are_answered(
    parts: Parts, name: str, *, is_known: bool
) -> None:
    async with front(parts) as api:
        for path in ("/api/websites", "/api/session", "/api/health/live", "/"):
            answer = await api.get(path, headers={"host": name})
            assert (answer.status_code != 421) is is_known, path
        changed = await api.post("/api/websites", json=WEBSITE, headers={"host": name})
        assert (changed.status_code == 201) is is_known


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"origin": "http://127.0.0.1:8000"}, True),
        ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "http://attacker.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://127.0.0.1:3000"}, False),
        ({"origin": "http://127.0.0.1:80001"}, False),
        ({"origin": "http://localhost:8000"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "cross-site"}, False),
    ],
)
async def test_no_other_website_changes_anything(
    parts: Parts, headers: dict[str, str], *, is_ours: bool
) -> None:
    async with front(parts) as api:
        changed = await api.post("/api/websites", json=WEBSITE, headers=headers)
        assert changed.status_code == (201 if is_ours else 403)
        new = {"email": "eve@example.org", "name": "Eve", "password": "a bridge over still water"}
        made = await api.post("/api/setup", json=new, headers=headers)
        assert made.status_code == (201 if is_ours else 403)


async def test_who_signs_in_from_another_website_is_refused_but_a_token_comes_from_anywhere(
    parts: Parts, api: httpx.AsyncClient
) -> None:
    user = await add_person(parts.database, Role.ADMINISTRATOR)
    token = bearer(await add_token(parts.database, user, Role.EDITOR))
    elsewhere = {"origin": "http://attacker.example", "sec-fetch-site": "cross-site"}
    given = {"email": "administrator@example.org", "password": "a bridge over still water"}
    assert (await api.post("/api/session", json=given, headers=elsewhere)).status_code == 403
    assert (await api.post("/api/websites", json=WEBSITE, headers={**elsewhere, **token})).status_code == 201


async def test_only_this_computer_needs_no_account_and_only_for_itself(parts: Parts) -> None:
    async def status(api: httpx.AsyncClient, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return (await api.get("/api/websites", headers=named)).status_code

    async with front(parts) as api:
        assert await status(api) == 200
        assert await status(api, x_forwarded_for="192.0.2.1") == 401
        assert await status(api, forwarded="for=192.0.2.1") == 401
        assert await status(api, via="1.1 proxy") == 401
    async with front(parts, host="0.0.0.0") as api:
        assert await status(api) == 401
    async with front(parts, public_url="https://calls.example.org") as api:
        assert await status(api) == 401
        assert await status(api, host="calls.example.org") == 401
    async with front(parts, public_url="http://localhost:3000") as api:
        assert await status(api) == 200
    async with front(parts, host="192.0.2.5", client="192.0.2.9") as api:
        assert await status(api) == 401
        made = await api.post(
            "/api/setup", json={"email": "e@example.org", "name": "E", "password": "x" * 20}
        )
        assert (made.status_code, "computer itself" in made.json()["detail"]) == (403, True)


async def test_the_public_address_is_ours_whatever_the_proxy_calls_us(parts: Parts) -> None:
    await add_person(parts.database, Role.ADMINISTRATOR)
    async with front(parts, public_url="https://calls.example.org") as api:
        person = Person(api, {"host": "calls.example.org", "origin": "https://calls.example.org"})
        answer = await person.sign_in("administrator@example.org")
        assert answer.status_code == 200
        session, device = (each for each in answer.headers.get_list("set-cookie") if "-change" not in each)
        assert session.startswith("__Host-hoistscraper-session=")
        for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=2592000"):
            assert word in session
        assert "Domain" not in session
        assert all(word in device for word in ("__Host-", "HttpOnly", "Secure", "SameSite=strict"))
        assert (await person.ask("POST", "/api/websites", json=WEBSITE)).status_code == 201
        # The proxy calls us by our own address; the browser says where its page is from.
        person.headers = {"origin": "https://calls.example.org", "sec-fetch-site": "same-site"}
        assert (await person.ask("DELETE", "/api/session")).status_code == 204


async def test_in_a_network_any_name_is_answered_to_who_is_known(parts: Parts) -> None:
    user = await add_person(parts.database, Role.VIEWER, password=None)
    token = bearer(await add_token(parts.database, user, Role.VIEWER))
    async with front(parts, host="0.0.0.0", client="192.168.1.9") as api:
        assert (await api.get("/api/websites", headers={"host": "calls.lan", **token})).status_code == 200
        assert (await api.get("/api/websites", headers={"host": "calls.lan"})).status_code == 401
        assert (await api.get("/api/health/ready", headers={"host": "10.1.2.3"})).status_code == 200


async def test_figures_are_for_programs_of_this_computer(parts: Parts) -> None:
    await add_person(parts.database, Role.ADMINISTRATOR, password=None)
    viewer = await add_person(parts.database, Role.VIEWER, password=None)
    token = bearer(await add_token(parts.database, viewer, Role.VIEWER))
    async with front(parts) as api:
        assert (await api.get("/metrics")).status_code == 200
        assert (await api.get("/metrics", headers={"x-forwarded-for": "192.0.2.1"})).status_code == 401
    async with front(parts, host="0.0.0.0", client="192.0.2.9") as api:
        assert (await api.get("/metrics")).status_code == 401
        assert (await api.get("/metrics", headers=token)).status_code == 200
    closed = parts.settings.model_copy(update={"metrics": "signed-in"})
    async with front(Parts(closed, parts.database, parts.reads, parts.measures, parts.gathered)) as api:
        assert (await api.get("/metrics")).status_code == 401


@pytest.mark.parametrize(
    "given", ["Bearer ", "Bearer hst_nobodys", "bearer x", "Bearer \xff", f"Bearer {'x' * 9000}"]
)
async def test_a_token_that_nobody_knows_is_refused_even_where_nobody_needs_one(
    parts: Parts, given: str
) -> None:
    async with front(parts) as api:
        answer = await api.get("/api/websites", headers=[(b"authorization", given.encode("latin-1"))])
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_password_of_a_proxy_is_none_of_our_business(parts: Parts) -> None:
    async with front(parts) as api:
        headers = {"authorization": "Basic dXNlcjpwYXNzd29yZA=="}
        assert (await api.get("/api/websites", headers=headers)).status_code == 200
