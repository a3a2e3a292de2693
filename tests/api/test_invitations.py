"""Who is invited becomes a user, once; nobody else does."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy import text

from hoistscraper.accounts.roles import Role
from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import Parts, opened_parts
from hoistscraper.settings import Settings
from tests.api.people import Person, add_person
from tests.mailbox import Mailbox, mailbox, token_in

NEW = "a bridge over calm water"
OTHER = "two bridges over calm water"


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
async def posting(settings: Settings, box: Mailbox) -> AsyncIterator[tuple[Parts, httpx.AsyncClient]]:
    """The API where letters can be sent."""
    box.letters.clear()
    box.refusal = None
    async with opened_parts(box.settings(settings)) as parts, opened_front(parts) as front:
        transport = httpx.ASGITransport(front, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            yield parts, client


async def administrator(parts: Parts, client: httpx.AsyncClient) -> Person:
    """Return an administrator who has signed in."""
    await add_person(parts.database, Role.ADMINISTRATOR)
    person = Person(client)
    assert (await person.sign_in("administrator@example.org")).status_code == 200
    return person


async def accept(
    client: httpx.AsyncClient, token: str, *, name: str = "Bo", password: str = NEW
) -> httpx.Response:
    return await Person(client).ask(
        "POST", "/api/invitations/accept", json={"token": token, "name": name, "password": password}
    )


async def test_without_a_mail_server_who_invites_hands_the_link_on(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    person = await administrator(parts, api)
    made = await person.ask("POST", "/api/invitations", json={"email": "Bo@Example.org", "role": "editor"})
    invited = made.json()
    assert (made.status_code, invited["email"], invited["role"]) == (201, "bo@example.org", "editor")
    assert "HOIST_SMTP_URL" in invited["not_sent"]
    assert made.headers["cache-control"] == "no-store"
    secret = token_in(invited["link"])
    (listed,) = (await person.get("/api/invitations")).json()["items"]
    assert (listed["id"], listed["active"], listed["invited_by"]) == (invited["id"], True, "Administrator")
    assert secret not in str(listed)

    bo = Person(api)
    accepted = await bo.ask(
        "POST", "/api/invitations/accept", json={"token": secret, "name": "Bo", "password": NEW}
    )
    assert (accepted.status_code, accepted.json()["user"]["role"]) == (201, "editor")
    assert (await bo.get("/api/websites")).status_code == 200
    assert (await bo.get("/api/users")).status_code == 403
    assert (await Person(api).sign_in("bo@example.org", NEW)).status_code == 200
    assert (await person.get("/api/invitations")).json()["items"] == []
    again = await accept(api, secret, name="Eve", password=OTHER)
    assert again.status_code == 404
    assert "not valid" in again.json()["detail"]


async def test_the_link_is_sent_and_not_shown(posting: tuple[Parts, httpx.AsyncClient], box: Mailbox) -> None:
    parts, client = posting
    person = await administrator(parts, client)
    made = await person.ask("POST", "/api/invitations", json={"email": "bo@example.org", "role": "viewer"})
    assert (made.json()["link"], made.json()["not_sent"]) == (None, None)
    (letter,) = box.letters
    assert letter["To"] == "bo@example.org"
    assert box.link().startswith("http://127.0.0.1/invitation/#token=")
    assert (await accept(client, token_in(box.link()))).status_code == 201


async def test_a_letter_that_cannot_be_sent_leaves_the_link(
    posting: tuple[Parts, httpx.AsyncClient], box: Mailbox
) -> None:
    parts, client = posting
    person = await administrator(parts, client)
    box.refusal = "554 no"
    made = await person.ask("POST", "/api/invitations", json={"email": "bo@example.org", "role": "viewer"})
    assert (made.status_code, "refused" in made.json()["not_sent"]) == (201, True)
    assert (await accept(client, token_in(made.json()["link"]))).status_code == 201


async def test_inviting_again_ends_the_link_before_and_takes_the_new_role(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    person = await administrator(parts, api)
    links = [
        (await person.ask("POST", "/api/invitations", json={"email": "bo@example.org", "role": role})).json()
        for role in ("administrator", "viewer")
    ]
    assert len((await person.get("/api/invitations")).json()["items"]) == 1
    assert (await accept(api, token_in(links[0]["link"]))).status_code == 404
    assert (await accept(api, token_in(links[1]["link"]))).json()["user"]["role"] == "viewer"


async def test_an_invitation_that_has_ended_or_was_taken_back_is_worth_nothing(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    person = await administrator(parts, api)
    wish = {"email": "bo@example.org", "role": "viewer"}
    late = (await person.ask("POST", "/api/invitations", json=wish)).json()
    async with parts.database.transaction() as session:
        await session.execute(text("UPDATE invitation SET expires_at = now()"))
    assert (await accept(api, token_in(late["link"]))).status_code == 404
    (listed,) = (await person.get("/api/invitations")).json()["items"]
    assert listed["active"] is False
    taken = (await person.ask("POST", "/api/invitations", json=wish)).json()
    assert (await person.ask("DELETE", f"/api/invitations/{taken['id']}")).status_code == 204
    assert (await person.ask("DELETE", f"/api/invitations/{taken['id']}")).status_code == 404
    assert (await accept(api, token_in(taken["link"]))).status_code == 404


async def test_who_has_an_account_is_not_invited(api: httpx.AsyncClient, parts: Parts) -> None:
    person = await administrator(parts, api)
    await add_person(parts.database, Role.VIEWER)
    wish = {"email": "VIEWER@example.org", "role": "administrator"}
    assert (await person.ask("POST", "/api/invitations", json=wish)).status_code == 409


async def test_only_administrators_invite(api: httpx.AsyncClient, parts: Parts) -> None:
    await add_person(parts.database, Role.ADMINISTRATOR)
    await add_person(parts.database, Role.EDITOR)
    editor = Person(api)
    await editor.sign_in("editor@example.org")
    wish = {"email": "bo@example.org", "role": "administrator"}
    for person, status in ((editor, 403), (Person(api), 401)):
        assert (await person.ask("POST", "/api/invitations", json=wish)).status_code == status
        assert (await person.get("/api/invitations")).status_code == status


async def test_nothing_but_an_address_is_invited(api: httpx.AsyncClient, parts: Parts) -> None:
    person = await administrator(parts, api)
    for email in ("bo@example.org\nBcc: e@example.org", "bo@x.org,e@x.org", "Bo <bo@example.org>", "bo"):
        made = await person.ask("POST", "/api/invitations", json={"email": email, "role": "viewer"})
        assert made.status_code == 422, email


async def test_what_is_not_good_enough_leaves_the_invitation(api: httpx.AsyncClient, parts: Parts) -> None:
    person = await administrator(parts, api)
    made = await person.ask("POST", "/api/invitations", json={"email": "bo@example.org", "role": "viewer"})
    secret = token_in(made.json()["link"])
    for name, password in (
        ("Bo\r\nEve", NEW),
        ("Bo\u2028Eve", NEW),
        (" ", NEW),
        ("Bo", "short"),
        ("Bo", "bo@example.org"),
    ):
        assert (await accept(api, secret, name=name, password=password)).status_code == 422, (name, password)
    assert (await accept(api, secret)).status_code == 201


async def test_the_database_holds_no_link(api: httpx.AsyncClient, parts: Parts) -> None:
    person = await administrator(parts, api)
    made = await person.ask("POST", "/api/invitations", json={"email": "bo@example.org", "role": "viewer"})
    async with parts.database.transaction() as session:
        kept = str((await session.execute(text("SELECT * FROM invitation"))).all())
    assert token_in(made.json()["link"]) not in kept
