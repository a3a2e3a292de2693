"""Signing in at a provider, which is a real one on loopback, and every way in which that can be wrong."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, async_playwright
from pydantic import SecretStr
from sqlalchemy import text

from hoistscraper.accounts import provider, users
from hoistscraper.accounts.roles import Role
from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import Parts, opened_parts
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.sample_portal.server import listen
from hoistscraper.settings import Settings
from tests.api.people import Person, add_person
from tests.api.server import api_process
from tests.mailbox import token_in

JOURNEY, SESSION = "hoistscraper-journey", "hoistscraper-session"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.strict_provider"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.communicate(timeout=10)


@dataclass
class World:
    """The API, and the provider beside it."""

    parts: Parts
    client: httpx.AsyncClient
    provider: httpx.AsyncClient

    async def behave(self, mode: str) -> None:
        await self.provider.post(f"/behave/{mode}")

    async def somebody(self, email: str | None, *, verified: object = True, **more: object) -> str:
        """Have somebody at the provider; return the subject."""
        subject = str(uuid4())
        claims = {"email_verified": verified, "name": "Bo", **({"email": email} if email else {}), **more}
        await self.provider.put(f"/users/{subject}", json=claims)
        return subject

    async def users(self) -> dict[str, str]:
        async with self.parts.database.transaction() as session:
            return {user.email: user.role for user in await users.list_users(session)}


@dataclass
class Browser:
    """Somebody's browser; it follows redirects only where it is told to."""

    world: World
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await self.world.client.get(path, headers={b"cookie": cookies.encode(), **_bytes(headers)})
        self.world.client.cookies.clear()
        for cookie in answer.headers.get_list("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
            if not self.cookies[name]:
                del self.cookies[name]
        return answer

    async def go(self, next_path: str | None = None) -> str:
        """Begin; return the address at the provider."""
        query = f"?{urlencode({'next': next_path})}" if next_path is not None else ""
        answer = await self.get(f"/api/session/oidc{query}")
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def confirm(self, address: str, subject: str, *, action: str = "") -> str:
        """Sign in at the provider; return the path that it sends the browser back to."""
        answer = await self.world.provider.post(address, data={"sub": subject, "action": action})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def sign_in(self, subject: str, next_path: str | None = None) -> httpx.Response:
        """Do all of it."""
        return await self.get(await self.confirm(await self.go(next_path), subject))

    async def who(self) -> str | None:
        user = (await self.get("/api/session")).json()["user"]
        return user["email"] if user else None


@asynccontextmanager
async def opened_world(settings: Settings, issuer: str, **more: Any) -> AsyncIterator[World]:  # noqa: ANN401
    named = {
        "oidc_issuer": issuer,
        "oidc_client_id": "hoist",
        "oidc_client_secret": SecretStr("a secret of ours"),
        "oidc_name": "Town hall",
        "public_url": "http://127.0.0.1",
        "allow_hosts": frozenset({urlsplit(issuer).netloc}),
    }
    async with (
        opened_parts(settings.model_copy(update=named | more)) as parts,
        opened_front(parts) as front,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(front, raise_app_exceptions=False), base_url="http://127.0.0.1"
        ) as client,
        httpx.AsyncClient(base_url=issuer) as beside,
    ):
        world = World(parts, client, beside)
        await world.behave("well")
        await add_person(parts.database, Role.ADMINISTRATOR, password=None)
        yield world


@pytest.fixture
async def world(settings: Settings, issuer: str) -> AsyncIterator[World]:
    async with opened_world(settings, issuer) as opened:
        yield opened


@pytest.fixture
async def open_world(settings: Settings, issuer: str) -> AsyncIterator[World]:
    """A world in which everybody of the provider may read."""
    async with opened_world(settings, issuer, oidc_role="viewer") as opened:
        yield opened


def _bytes(headers: dict[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in headers.items()}


def changed(address: str, **fields: str) -> str:
    """Return an address with other fields in its query."""
    parts = urlsplit(address)
    query = parse_qs(parts.query) | {name: [value] for name, value in fields.items()}
    return urlunsplit(parts._replace(query=urlencode(query, doseq=True)))


def must_be_refused(answer: httpx.Response, status: int, words: str) -> None:
    assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text
    assert not any(SESSION in cookie for cookie in answer.headers.get_list("set-cookie"))


async def test_who_was_added_signs_in_and_is_led_to_where_it_began(world: World) -> None:
    await add_person(world.parts.database, Role.EDITOR, password=None)
    browser = Browser(world)
    told = (await browser.get("/api/session")).json()
    assert told["sign_in"]["providers"] == ["Town hall"]
    subject = await world.somebody("Editor@Example.org")
    address = await browser.go("/opportunity/?id=7&x=%2F")
    asked = parse_qs(urlsplit(address).query)
    assert (asked["code_challenge_method"], asked["scope"]) == (["S256"], ["openid email profile"])
    assert asked["redirect_uri"] == ["http://127.0.0.1/api/session/oidc/callback"]
    back = await browser.get(await browser.confirm(address, subject))
    assert (back.status_code, back.headers["location"]) == (303, "/opportunity/?id=7&x=%2F")
    assert await browser.who() == "editor@example.org"
    assert JOURNEY not in browser.cookies
    for cookie in back.headers.get_list("set-cookie"):
        assert "httponly" in cookie.lower()
    # Whoever is known by the provider's own name for them may have another e-mail address there since.
    await world.provider.put(f"/users/{subject}", json={"email": "new@example.org", "email_verified": True})
    again = Browser(world)
    assert (await again.sign_in(subject)).status_code == 303
    assert await again.who() == "editor@example.org"


async def test_nobody_comes_in_uninvited_by_default(world: World) -> None:
    must_be_refused(await Browser(world).sign_in(await world.somebody("eve@example.org")), 403, "invited")
    assert list(await world.users()) == ["administrator@example.org"]


async def test_an_invitation_is_taken_up_at_the_provider(settings: Settings, issuer: str) -> None:
    async with opened_world(settings, issuer) as world:
        await add_person(world.parts.database, Role.ADMINISTRATOR, email="boss@example.org")
        boss = Person(world.client)
        await boss.sign_in("boss@example.org")
        wish = {"email": "bo@example.org", "role": "editor"}
        link = (await boss.ask("POST", "/api/invitations", json=wish)).json()["link"]
        browser = Browser(world)
        assert (await browser.sign_in(await world.somebody("bo@example.org"))).status_code == 303
        assert (await world.users())["bo@example.org"] == "editor"
        spent = await Person(world.client).ask(
            "POST",
            "/api/invitations/accept",
            json={"token": token_in(link), "name": "Eve", "password": "a bridge over calm water"},
        )
        assert spent.status_code == 404


async def test_everybody_may_read_where_the_settings_say_so(open_world: World) -> None:
    browser = Browser(open_world)
    subject = await open_world.somebody("bo@example.org", name="Bo\r\nBcc: eve@example.org")
    assert (await browser.sign_in(subject)).status_code == 303
    assert (await open_world.users())["bo@example.org"] == "viewer"
    told = (await browser.get("/api/session")).json()
    assert told["user"]["name"] == "Bo Bcc: eve@example.org"


async def test_an_address_that_is_not_verified_is_nobodys(open_world: World) -> None:
    await add_person(open_world.parts.database, Role.EDITOR, password=None)
    for verified in (False, None, "false", 1, "yes"):
        subject = await open_world.somebody("editor@example.org", verified=verified)
        must_be_refused(await Browser(open_world).sign_in(subject), 403, "verify it there")
    must_be_refused(
        await Browser(open_world).sign_in(await open_world.somebody(None)), 403, "verify it there"
    )


async def test_only_whole_domains_of_the_settings_come_in(settings: Settings, issuer: str) -> None:
    domains = frozenset({"example.org"})
    async with opened_world(settings, issuer, oidc_role="viewer", oidc_domains=domains) as world:
        for email in (
            "eve@evil-example.org",
            "eve@example.org.evil.net",
            "eve@sub.example.org",
            "eve@example.or",
        ):
            must_be_refused(
                await Browser(world).sign_in(await world.somebody(email)), 403, "may sign in here"
            )
        assert (await Browser(world).sign_in(await world.somebody("bo@EXAMPLE.org"))).status_code == 303


async def test_an_address_that_went_to_somebody_else_does_not_take_the_account_along(
    open_world: World,
) -> None:
    assert (await Browser(open_world).sign_in(await open_world.somebody("bo@example.org"))).status_code == 303
    other = await open_world.somebody("bo@example.org")
    must_be_refused(await Browser(open_world).sign_in(other), 403, "another account")


async def test_who_may_not_sign_in_any_more_does_not(open_world: World) -> None:
    subject = await open_world.somebody("bo@example.org")
    browser = Browser(open_world)
    await browser.sign_in(subject)
    async with open_world.parts.database.transaction() as session:
        await users.set_active(session, await users.user_by_email(session, "bo@example.org"), is_active=False)
    assert await browser.who() is None
    must_be_refused(await Browser(open_world).sign_in(subject), 403, "closed")
    must_be_refused(
        await Browser(open_world).sign_in(await open_world.somebody("bo@example.org")), 403, "another account"
    )


async def test_who_comes_back_must_be_who_went(open_world: World) -> None:
    subject = await open_world.somebody("eve@example.org")
    eve, victim = Browser(open_world), Browser(open_world)
    back = await eve.confirm(await eve.go(), subject)
    # Another's browser, which went nowhere or elsewhere, is not signed in as Eve.
    must_be_refused(await victim.get(back), 403, "begin once more")
    await victim.go()
    must_be_refused(await victim.get(back), 403, "begin once more")
    for state in ("", "x" * 43, "é"):
        await eve.go()
        must_be_refused(await eve.get(changed(back, state=state)), 403, "begin once more")
    for cookie in ("", "x", f"{'a' * 43}.", f"{'a' * 43}.ü", f"{'a' * 44}.Lw"):
        eve.cookies[JOURNEY] = cookie
        must_be_refused(await eve.get(back), 403, "begin once more")
    assert await victim.who() is None


async def test_a_code_works_once(open_world: World) -> None:
    browser = Browser(open_world)
    back = await browser.confirm(await browser.go(), await open_world.somebody("bo@example.org"))
    kept = browser.cookies[JOURNEY]
    assert (await browser.get(back)).status_code == 303
    thief = Browser(open_world, {JOURNEY: kept})
    must_be_refused(await thief.get(back), 403, "did not confirm")


async def test_a_code_of_another_browser_or_client_is_worth_nothing(open_world: World) -> None:
    subject = await open_world.somebody("bo@example.org")
    bo, eve = Browser(open_world), Browser(open_world)
    stolen = parse_qs(urlsplit(await bo.confirm(await bo.go(), subject)).query)["code"][0]
    state = parse_qs(urlsplit(await eve.go()).query)["state"][0]
    must_be_refused(
        await eve.get(f"/api/session/oidc/callback?{urlencode({'code': stolen, 'state': state})}"),
        403,
        "did not confirm",
    )
    address = changed(await eve.go(), client_id="another-client")
    must_be_refused(await eve.get(await eve.confirm(address, subject)), 403, "did not confirm")


async def test_what_was_signed_for_another_journey_is_refused(open_world: World) -> None:
    subject = await open_world.somebody("bo@example.org")
    browser = Browser(open_world)
    for fields in ({"nonce": "x" * 43}, {"code_challenge": "x" * 43}):
        address = changed(await browser.go(), **fields)
        must_be_refused(await browser.get(await browser.confirm(address, subject)), 403, "did not confirm")
    back = await browser.confirm(await browser.go(), subject)
    must_be_refused(await browser.get(changed(back, iss="https://evil.example")), 403, "did not confirm")
    assert await browser.who() is None


async def test_what_the_provider_did_not_sign_is_refused(open_world: World) -> None:
    subject = await open_world.somebody("bo@example.org")
    browser = Browser(open_world)
    for mode in ("unsigned", "by-secret", "by-other-key", "long-ago", "for-others"):
        back = await browser.confirm(await browser.go(), subject)
        await open_world.behave(mode)
        must_be_refused(await browser.get(back), 403, "did not confirm")
        await open_world.behave("well")
    assert list(await open_world.users()) == ["administrator@example.org"]


async def test_an_address_that_is_told_apart_is_that_of_the_same_one(open_world: World) -> None:
    subject = await open_world.somebody("bo@example.org")
    await open_world.behave("tells-of-somebody-else")
    must_be_refused(await Browser(open_world).sign_in(subject), 403, "did not confirm")
    await open_world.behave("sparse")
    browser = Browser(open_world)
    assert (await browser.sign_in(subject)).status_code == 303
    assert await browser.who() == "bo@example.org"


async def test_a_key_that_the_provider_exchanged_is_fetched(
    open_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "KEYS_KEPT_AT_LEAST_SECONDS", 0.0)
    subject = await open_world.somebody("bo@example.org")
    assert (await Browser(open_world).sign_in(subject)).status_code == 303
    await open_world.behave("by-new-key")
    assert (await Browser(open_world).sign_in(subject)).status_code == 303
    await open_world.behave("by-other-key")
    must_be_refused(await Browser(open_world).sign_in(subject), 403, "did not confirm")


async def test_who_says_no_at_the_provider_is_told_so(open_world: World) -> None:
    browser = Browser(open_world)
    state = parse_qs(urlsplit(await browser.go()).query)["state"][0]
    query = urlencode({"error": "access_denied", "state": state, "error_description": "<script>"})
    refused = await browser.get(f"/api/session/oidc/callback?{query}", accept="text/html")
    assert (refused.status_code, "You did not sign in at Town hall" in refused.text) == (403, True)
    assert "<script>" not in refused.text


async def refusals(world: World) -> list[dict[str, Any]]:
    """Return what the audit trail tells of those who did not come in, the latest first."""
    async with world.parts.database.transaction() as session:
        rows = await session.execute(
            text("SELECT * FROM audit_entry WHERE action = 'sign-in.failed' ORDER BY at DESC, id DESC")
        )
        return [dict(row) for row in rows.mappings()]


async def test_who_did_not_come_in_is_in_the_trail_without_secrets(world: World) -> None:
    browser = Browser(world)
    subject = await world.somebody("eve@example.org")
    back = await browser.confirm(await browser.go(), subject)
    secrets = [parse_qs(urlsplit(back).query)[name][0] for name in ("code", "state")]
    await Browser(world).get(back)
    secrets.append(browser.cookies[JOURNEY])
    await browser.get(back)
    for query in ({"code": "made-up"}, {"error": "access_denied"}, {"error": "<b>Call me"}):
        state = parse_qs(urlsplit(await browser.go()).query)["state"][0]
        secrets.append(browser.cookies[JOURNEY])
        await browser.get(f"/api/session/oidc/callback?{urlencode(query | {'state': state})}")
    told = await refusals(world)
    nobody = "(no e-mail address)"
    assert [(entry["thing_label"], entry["changes"].get("answer")) for entry in told] == [
        (nobody, None),
        (nobody, "access_denied"),
        (nobody, None),
        ("eve@example.org", None),
        (nobody, None),
    ]
    assert {entry["changes"]["provider"] for entry in told} == {"Town hall"}
    assert told[2]["changes"]["because"] == "its answer had the status 400"
    assert "ask an administrator for an invitation" in told[3]["changes"]["reason"]
    assert told[3]["request_id"]
    assert not any(secret in str(told) for secret in (*secrets, "made-up", "Call me", "a secret of ours"))


async def test_who_comes_back_again_and_again_cannot_fill_the_trail(world: World) -> None:
    answers = [await world.client.get("/api/session/oidc/callback?state=x") for _ in range(40)]
    assert {answer.status_code for answer in answers} == {403}
    assert len(await refusals(world)) == 21


async def test_a_provider_that_is_down_is_a_sentence(settings: Settings, issuer: str) -> None:
    async with opened_world(settings, issuer) as world:
        for mode in ("down", "other-issuer"):
            await world.behave(mode)
            must_be_refused(await Browser(world).get("/api/session/oidc"), 503, "cannot be reached")
        page = await Browser(world).get("/api/session/oidc", accept="text/html,*/*")
        assert (page.status_code, "Town hall cannot be reached" in page.text) == (503, True)
        await world.behave("well")
        browser = Browser(world)
        # What it said of itself is known now; its tokens are not to be had.
        back = await browser.confirm(await browser.go(), await world.somebody("bo@example.org"))
        await world.behave("down")
        must_be_refused(await browser.get(back), 503, "cannot be reached")


async def test_a_provider_that_names_a_place_without_tls_is_not_sent_our_secret(
    settings: Settings, issuer: str
) -> None:
    async with opened_world(settings, issuer, oidc_role="viewer") as world:
        await world.behave("wants-tls-nowhere")
        browser = Browser(world)
        back = await browser.confirm(await browser.go(), await world.somebody("bo@example.org"))
        must_be_refused(await browser.get(back), 503, "cannot be reached")


async def test_the_guard_judges_where_the_provider_is(settings: Settings, issuer: str) -> None:
    async with opened_world(settings, issuer, allow_hosts=frozenset()) as world:
        must_be_refused(await Browser(world).get("/api/session/oidc"), 503, "not public")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie: a=b\r\n",
        "javascript:alert(1)",
        "evil",
        "",
        "/é",
        "/" + "x" * 499,
    ],
)
async def test_only_paths_of_our_own_are_followed(open_world: World, elsewhere: str) -> None:
    browser = Browser(open_world)
    back = await browser.sign_in(await open_world.somebody("bo@example.org"), elsewhere)
    wanted = elsewhere if elsewhere.startswith("/xx") else "/"
    assert (back.status_code, back.headers["location"]) == (303, wanted)


@pytest.mark.usefixtures("real_browser")
async def test_a_browser_goes_there_and_comes_back_signed_in(database_url: str, issuer: str) -> None:
    # The provider is another website than 127.0.0.1, as it is in life: cookies have to survive that.
    there = issuer.replace("127.0.0.1", "localhost")
    subject = str(uuid4())
    async with httpx.AsyncClient(base_url=issuer) as there_asked:
        await there_asked.post("/behave/well")
        claims = {"email": "bo@example.org", "email_verified": True, "name": "Bo"}
        await there_asked.put(f"/users/{subject}", json=claims)
    with listen("127.0.0.1", 0) as probe:
        port = int(probe.getsockname()[1])
    variables = {
        "HOIST_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOIST_OIDC_ISSUER": there,
        "HOIST_OIDC_CLIENT_ID": "hoist",
        "HOIST_OIDC_CLIENT_SECRET": "a secret of ours",
        "HOIST_OIDC_ROLE": "viewer",
        "HOIST_ALLOW_HOSTS": "localhost",
    }
    with api_process(database_url, "--port", str(port), **variables) as address:
        async with a_page() as page:
            await page.goto(f"{address}/api/session/oidc?next=/api/session")
            await page.fill("input[name=sub]", subject)
            await page.get_by_role("button", name="Authorize").click()
            await page.wait_for_url(f"{address}/api/session")
            told = json.loads(await page.inner_text("body"))
            assert told["user"]["email"] == "bo@example.org"
            assert {each["name"] for each in await page.context.cookies(address)} == {
                SESSION,
                "hoistscraper-device",
            }


@asynccontextmanager
async def a_page() -> AsyncIterator[Page]:
    """Yield a page of a browser."""
    found = find_browser(Settings())
    assert found
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=found.program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        try:
            yield await browser.new_page()
        finally:
            await browser.close()


async def test_without_a_provider_there_is_no_way_there(api: httpx.AsyncClient) -> None:
    for path in ("/api/session/oidc", "/api/session/oidc/callback?code=x&state=y"):
        assert (await api.get(path)).status_code == 404
    assert (await api.get("/api/session")).json()["sign_in"]["providers"] == []
