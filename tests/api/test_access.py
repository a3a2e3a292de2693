"""Who may do what: every operation there is, asked by everybody there is."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

from hoistscraper.accounts import user_sessions, users
from hoistscraper.accounts.bearing import csrf_token
from hoistscraper.accounts.roles import Role
from hoistscraper.api import stats
from hoistscraper.api.access import ACCESS, BY_SESSION_ONLY, GuardedRoute
from hoistscraper.api.app import build_app
from hoistscraper.api.cacheable import CACHEABLE
from hoistscraper.api.parts import Parts
from hoistscraper.api.resource import resource
from hoistscraper.clock import now
from hoistscraper.errors import Unavailable
from hoistscraper.settings import Settings
from tests.api.people import Person, add_person, add_token, bearer

NOBODYS = "0198c5f2-7a4b-7c3e-9d51-2f6b8e0a4d17"
OPEN = {
    "read_liveness",
    "read_readiness",
    "read_session",
    "sign_in",
    "sign_out",
    "set_up",
    "sign_in_elsewhere",
    "come_back",
    "accept_invitation",
    "ask_for_new_password",
    "set_new_password",
}
OWN = {
    "change_me",
    "list_sessions",
    "end_session",
    "sign_out_everywhere",
    "list_tokens",
    "issue_token",
    "revoke_token",
    "mark_opportunity",
    "unmark_opportunity",
    "save_view",
    "change_view",
    "remove_view",
}


@dataclass(frozen=True)
class Operation:
    """What can be asked for."""

    name: str
    method: str
    path: str


def operations(parts: Parts) -> list[Operation]:
    """Return every operation of the app; what ends all sessions comes last."""
    found = list(_operations(parts))
    assert len(found) > 40
    return sorted(found, key=lambda each: each.name == "sign_out_everywhere")


def _operations(parts: Parts) -> Iterator[Operation]:
    for route in iter_route_contexts(build_app(parts).routes):
        if isinstance(route.original_route, GuardedRoute):
            path = route.path_format or ""
            path = re.sub(
                r"\{(website|job|opportunity|user|session|token|invitation|view)_id\}", NOBODYS, path
            )
            assert "{" not in path, path
            for method in route.methods or ():
                yield Operation(route.original_route.name, method, path)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings by which programs of this computer need a token, too."""
    return settings.model_copy(update={"metrics": "signed-in"})


@pytest.fixture
async def people(parts: Parts, api: httpx.AsyncClient) -> Mapping[tuple[str, Role | None], Person]:
    """Everybody who may ask: strangers, and each role by a session and by a token."""
    found: dict[tuple[str, Role | None], Person] = {("stranger", None): Person(api)}
    for role in Role:
        user_id = await add_person(parts.database, role, password=None)
        found["session", role] = await signed_in(api, parts, user_id)
        found["token", role] = Person(api, bearer(await add_token(parts.database, user_id, role)))
    return found


async def signed_in(api: httpx.AsyncClient, parts: Parts, user_id: UUID) -> Person:
    """Return a user in a browser, whose password nobody needs here."""
    async with parts.database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        _, secret = await user_sessions.begin(
            session, user, parts.settings, at=now(), address=None, user_agent=None
        )
    return Person(api, cookies={"hoistscraper-session": secret}, csrf=csrf_token(secret))


@pytest.fixture
async def no_stream_begins(parts: Parts) -> AsyncIterator[None]:
    """All who may follow jobs do: a stream that never ends is refused, but not for anybody's role."""
    async with AsyncExitStack() as taken:
        with suppress(Unavailable):
            while True:
                await taken.enter_async_context(parts.places.followers.entered())
        yield


@pytest.mark.usefixtures("no_stream_begins")
async def test_everybody_may_do_what_the_table_says_and_nothing_else(
    parts: Parts, api: httpx.AsyncClient, people: Mapping[tuple[str, Role | None], Person]
) -> None:
    for operation in operations(parts):
        needed = ACCESS[operation.name]
        for (by, role), known in people.items():
            person = known
            if by == "session" and operation.name.startswith("sign_out"):
                person = await signed_in(
                    api, parts, UUID((await known.get("/api/session")).json()["user"]["id"])
                )
            answer = await person.ask(
                operation.method, operation.path, **({} if operation.method == "GET" else {"json": {}})
            )
            told = (operation.name, by, role, answer.status_code)
            if needed is None or (role is not None and role.includes(needed)):
                is_refused = by == "token" and operation.name in BY_SESSION_ONLY
                assert (answer.status_code in {401, 403}) is is_refused, (told, answer.text)
            else:
                assert answer.status_code == (401 if role is None else 403), told
            if answer.status_code in {401, 403}:
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.json()["detail"].endswith((".", "`."))
                assert ("www-authenticate" in answer.headers) is (answer.status_code == 401)


async def test_what_explains_the_operations_is_for_those_who_are_known(
    people: Mapping[tuple[str, Role | None], Person],
) -> None:
    for path in ("/api/openapi.json", "/api/docs", "/api/docs/assets/swagger-ui.css", "/api", "/api/nothing"):
        assert (await people["stranger", None].get(path)).status_code == 401, path
        assert (await people["session", Role.VIEWER].get(path)).status_code in {200, 404}, path


def test_the_table_names_what_there_is_and_says_little_more_than_reads_are_for_viewers(parts: Parts) -> None:
    found = operations(parts)
    assert {each.name for each in found} == set(ACCESS)
    assert {name for name, needed in ACCESS.items() if needed is None} == OPEN
    for operation in found:
        if operation.name in OPEN | OWN:
            continue
        needed = ACCESS[operation.name]
        assert needed is not None
        if operation.method != "GET":
            assert needed.includes(Role.EDITOR), operation
        if operation.path.startswith(("/api/users", "/api/invitations", "/api/settings", "/api/features")):
            assert needed is Role.ADMINISTRATOR, operation


def test_answers_that_are_kept_are_for_everybody_who_may_read(parts: Parts) -> None:
    kept = [route for route in iter_route_contexts(build_app(parts).routes) if _is_kept(route.path_format)]
    assert len(kept) > 5
    for route in kept:
        if isinstance(route.original_route, GuardedRoute) and "GET" in (route.methods or ()):
            assert route.original_route.needed is Role.VIEWER


def _is_kept(path: str | None) -> bool:
    parts = (path or "").split("/")
    return "/".join("*" if part.startswith("{") else part for part in parts) in CACHEABLE


def test_an_operation_that_is_not_in_the_table_cannot_be_served(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read_secrets() -> None:
        """Say too much."""

    monkeypatch.setattr(stats, "router", router := APIRouter(prefix="/stats"))
    router.add_api_route("/secrets", read_secrets)
    with pytest.raises(LookupError, match="served to anybody"):
        build_app(parts)
    guarded = resource("/stats", "stats")
    with pytest.raises(LookupError, match="read_secrets"):
        guarded.add_api_route("/secrets", read_secrets)


async def test_nobody_reaches_the_things_of_others(
    parts: Parts, people: Mapping[tuple[str, Role | None], Person]
) -> None:
    viewer, editor = people["session", Role.VIEWER], people["session", Role.EDITOR]
    administrator = people["session", Role.ADMINISTRATOR]
    [of_editor] = (await editor.get("/api/sessions")).json()["items"]
    [token] = (await editor.get("/api/tokens")).json()["items"]
    assert of_editor["is_this"] is True
    assert (await viewer.ask("DELETE", f"/api/sessions/{of_editor['id']}")).status_code == 404
    assert (await administrator.ask("DELETE", f"/api/sessions/{of_editor['id']}")).status_code == 404
    assert (await viewer.ask("DELETE", f"/api/tokens/{token['id']}")).status_code == 404
    assert [each["user"] for each in (await viewer.get("/api/tokens")).json()["items"]] == [
        "viewer@example.org"
    ]
    assert (await viewer.get("/api/tokens?everybodys=true")).status_code == 403
    assert len((await administrator.get("/api/tokens?everybodys=true")).json()["items"]) == 3
    assert (await people["token", Role.EDITOR].get("/api/websites")).status_code == 200
    assert (await administrator.ask("DELETE", f"/api/tokens/{token['id']}")).status_code == 204
    assert (await people["token", Role.EDITOR].get("/api/websites")).status_code == 401


async def test_a_token_may_do_no_more_than_it_was_made_for_nor_than_its_user(
    parts: Parts, api: httpx.AsyncClient
) -> None:
    administrator = await add_person(parts.database, Role.ADMINISTRATOR, password=None)
    await add_person(parts.database, Role.ADMINISTRATOR, email="other@example.org", password=None)
    reading = Person(api, bearer(await add_token(parts.database, administrator, Role.VIEWER)))
    strong = Person(api, bearer(await add_token(parts.database, administrator, Role.ADMINISTRATOR)))
    assert (await reading.get("/api/users")).status_code == 403
    assert (await reading.get("/api/session")).json()["user"]["role"] == "viewer"
    demoted = await strong.ask("PATCH", f"/api/users/{administrator}", json={"role": "viewer"})
    assert demoted.status_code == 200
    assert (await strong.get("/api/users")).status_code == 403
    assert (await strong.get("/api/websites")).status_code == 200
    person = await signed_in(api, parts, administrator)
    refused = await person.ask("POST", "/api/tokens", json={"name": "x", "role": "editor"})
    assert (refused.status_code, "not do more than its user" in refused.json()["detail"]) == (403, True)
