"""Every change over the API or the command line leaves its mark in the audit trail: one, with no secret."""

import csv
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import credentials, password_resets, users
from hoistscraper.accounts.kinds import BasicCredential
from hoistscraper.accounts.roles import Role
from hoistscraper.api.parts import Parts
from hoistscraper.cli.main import COMMANDS
from hoistscraper.clock import now
from hoistscraper.settings import Settings
from hoistscraper.websites.model import Website
from tests.api.people import PASSWORD, Person, add_person
from tests.cli.conftest import Run, run
from tests.mailbox import token_in

__all__ = ["run"]

SECRET = "zebra-kettle-orbit-quilt"
SAFE = {"get", "head", "options"}

# Operation -> why it leaves nothing.
EXCEPTIONS = {
    "preview_website": "It looks at a website and keeps nothing.",
    "test_log_in": "It logs in as a visit would; a visit that goes on by it is told, as below.",
    **dict.fromkeys(
        ("mark_opportunity", "unmark_opportunity", "save_view", "change_view", "remove_view"),
        "What one keeps for oneself concerns nobody else; a press of a key would fill the trail.",
    ),
    "ask_for_new_password": "Anybody may ask, and could fill the trail; what comes of it is told.",
}

Call = Callable[[Person, dict[str, str]], Awaitable[httpx.Response]]
PATIENT = "a bridge over still water, seen twice"

# Operation -> a call of it that succeeds; `ids` holds what is there: a website, jobs, users, a token.
CALLS: dict[str, Call] = {
    "add_website": lambda me, _: me.ask("POST", "/api/websites", json={"url": "https://example.net/"}),
    "change_websites": lambda me, ids: me.ask(
        "POST", "/api/websites/bulk", json={"ids": [ids["website"]], "action": "tag", "tags": ["a"]}
    ),
    "change_website": lambda me, ids: me.ask(
        "PATCH",
        f"/api/websites/{ids['website']}",
        json={"name": "New", "description": f"password={SECRET} https://me:{SECRET}@example.org/"},
    ),
    "remove_website": lambda me, ids: me.ask("DELETE", f"/api/websites/{ids['website']}"),
    "scrape_website": lambda me, ids: me.ask("POST", f"/api/websites/{ids['website']}/scrape"),
    "accept_website": lambda me, ids: me.ask("POST", f"/api/websites/{ids['website']}/accept"),
    "set_log_in": lambda me, ids: me.ask(
        "PUT",
        f"/api/websites/{ids['website']}/login",
        json={"kind": "basic", "user": "ada", "password": SECRET},
    ),
    "remove_log_in": lambda me, ids: me.ask("DELETE", f"/api/websites/{ids['locked']}/login"),
    "import_websites": lambda me, _: me.ask(
        "POST", "/api/websites/import", files={"file": ("list.csv", b"url\nexample.com\n")}
    ),
    "create_scrape_jobs": lambda me, _: me.ask("POST", "/api/scrape-jobs", json={"all": True}),
    "cancel_scrape_job": lambda me, ids: me.ask("POST", f"/api/scrape-jobs/{ids['job']}/cancel"),
    "retry_scrape_job": lambda me, ids: me.ask("POST", f"/api/scrape-jobs/{ids['cancelled']}/retry"),
    "change_settings": lambda me, _: me.ask("PATCH", "/api/settings", json={"max_pages": 7}),
    "add_user": lambda me, _: me.ask(
        "POST",
        "/api/users",
        json={"email": "new@example.org", "name": "New", "role": "editor", "password": SECRET},
    ),
    "change_user": lambda me, ids: me.ask(
        "PATCH", f"/api/users/{ids['editor']}", json={"role": "viewer", "password": SECRET}
    ),
    "remove_user": lambda me, ids: me.ask("DELETE", f"/api/users/{ids['editor']}"),
    "make_reset_link": lambda me, ids: me.ask("POST", f"/api/users/{ids['editor']}/reset-link"),
    "change_me": lambda me, _: me.ask(
        "PATCH", "/api/me", json={"current_password": PASSWORD, "password": SECRET}
    ),
    "issue_token": lambda me, _: me.ask("POST", "/api/tokens", json={"name": "report", "role": "viewer"}),
    "revoke_token": lambda me, ids: me.ask("DELETE", f"/api/tokens/{ids['token']}"),
    "invite_user": lambda me, _: me.ask(
        "POST", "/api/invitations", json={"email": "bo@example.org", "role": "viewer"}
    ),
    "revoke_invitation": lambda me, ids: me.ask("DELETE", f"/api/invitations/{ids['invitation']}"),
    "accept_invitation": lambda me, ids: Person(me.client).ask(
        "POST", "/api/invitations/accept", json={"token": ids["invited"], "name": "Bo", "password": SECRET}
    ),
    "set_new_password": lambda me, ids: Person(me.client).ask(
        "POST", "/api/password-resets/accept", json={"token": ids["reset"], "password": SECRET}
    ),
    "sign_in": lambda me, _: Person(me.client).sign_in("editor@example.org"),
    "end_session": lambda me, ids: me.ask("DELETE", f"/api/sessions/{ids['session']}"),
    "sign_out": lambda me, _: other_browser(me, "DELETE", "/api/session"),
    "sign_out_everywhere": lambda me, _: other_browser(me, "DELETE", "/api/sessions", "editor@example.org"),
}
# Told by a test of its own, for it needs that there is no administrator.
FIRST = {"set_up"}
# Besides what is asked for, these sign somebody in first.
SIGNS_IN_FIRST = {"sign_out", "sign_out_everywhere"}


async def other_browser(
    me: Person, method: str, path: str, email: str = "administrator@example.org"
) -> httpx.Response:
    other = Person(me.client)
    await other.sign_in(email)
    return await other.ask(method, path)


async def entries(me: Person | httpx.AsyncClient, **asked: str) -> list[dict[str, Any]]:
    answer = await me.get("/api/audit-entries", params={"limit": "200", **asked})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def prepared(api: httpx.AsyncClient) -> dict[str, str]:
    website = (await api.post("/api/websites", json={"url": "https://example.org/"})).json()["id"]
    job = (await api.post(f"/api/websites/{website}/scrape")).json()["job_id"]
    other = (await api.post("/api/websites", json={"url": "https://other.example/"})).json()["id"]
    cancelled = (await api.post(f"/api/websites/{other}/scrape")).json()["job_id"]
    await api.post(f"/api/scrape-jobs/{cancelled}/cancel")
    return {"website": website, "job": job, "cancelled": cancelled}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Settings by which the key of log-ins has a folder of its own."""
    return settings.model_copy(update={"data_dir": tmp_path})


@pytest.fixture
async def administrator(api: httpx.AsyncClient, parts: Parts) -> tuple[Person, dict[str, str]]:
    """An administrator who has signed in, and what is there to be changed."""
    ids = await prepared(api)
    await add_person(parts.database, Role.ADMINISTRATOR)
    ids["editor"] = str(await add_person(parts.database, Role.EDITOR))
    me, elsewhere = Person(api), Person(api)
    assert (await elsewhere.sign_in("administrator@example.org")).status_code == 200
    ids["session"] = (await elsewhere.get("/api/sessions")).json()["items"][0]["id"]
    assert (await me.sign_in("administrator@example.org")).status_code == 200
    made = await me.ask("POST", "/api/tokens", json={"name": "old", "role": "viewer"})
    ids["token"] = made.json()["id"]
    wish = {"email": "guest@example.org", "role": "editor"}
    invited = (await me.ask("POST", "/api/invitations", json=wish)).json()
    ids["invitation"], ids["invited"] = invited["id"], token_in(invited["link"])
    async with parts.database.transaction() as session:
        editor = await users.user_by_email(session, "editor@example.org")
        ids["reset"] = await password_resets.make_link(session, editor, at=now())
        ids["locked"] = await locked(session, parts.settings)
    return me, ids


async def locked(session: AsyncSession, settings: Settings) -> str:
    """Add a website with a log-in; return its id."""
    website = Website(url="https://members.example/", name="Members")
    session.add(website)
    await session.flush()
    given = BasicCredential(user="ada", password=SECRET)
    await credentials.set_credential(session, settings, website, given, at=now())
    return str(website.id)


async def test_every_unsafe_operation_is_tried_here_or_named_with_a_reason(api: httpx.AsyncClient) -> None:
    described = (await api.get("/api/openapi.json")).json()["paths"]
    unsafe = {
        operation["operationId"]
        for path in described.values()
        for method, operation in path.items()
        if method not in SAFE
    }
    assert unsafe == CALLS.keys() | EXCEPTIONS.keys() | FIRST


@pytest.mark.parametrize("operation", sorted(CALLS))
async def test_an_operation_that_succeeds_leaves_exactly_one_entry_without_secrets(
    administrator: tuple[Person, dict[str, str]], operation: str
) -> None:
    me, ids = administrator
    before = await entries(me)
    answer = await CALLS[operation](me, ids)
    assert answer.is_success, answer.text
    after = await entries(me)
    assert len(after) == len(before) + 1 + (operation in SIGNS_IN_FIRST), operation
    entry = after[0]
    assert entry["request_id"] == answer.headers["x-request-id"]
    assert (entry["origin"], entry["actor_kind"]) == ("127.0.0.1", "user")
    assert entry["actor_id"]
    told = json.dumps(after)
    links = (ids["invited"], ids["reset"], answer.text.partition("#token=")[2][:43])
    for secret in (
        SECRET,
        PASSWORD,
        *links,
        *me.cookies.values(),
        answer.text.partition('"secret":"')[2][:20],
    ):
        assert not secret or secret not in told
    assert after[-len(before) :] == before


async def test_the_first_administrator_is_told(api: httpx.AsyncClient) -> None:
    me = Person(api)
    new = {"email": "ana@example.org", "name": "Ana", "password": PATIENT}
    made = await me.ask("POST", "/api/setup", json=new)
    assert made.status_code == 201
    [entry] = await entries(me)
    assert (entry["action"], entry["thing_label"], entry["actor_kind"]) == (
        "user.add",
        "ana@example.org",
        "local",
    )
    assert PATIENT not in json.dumps(entry)


async def test_who_could_not_sign_in_is_told_without_what_was_typed_as_password(
    administrator: tuple[Person, dict[str, str]],
) -> None:
    me, _ = administrator
    stranger = Person(me.client)
    assert (await stranger.sign_in("editor@example.org", SECRET)).status_code == 401
    assert (await stranger.sign_in("nobody@example.org", SECRET)).status_code == 401
    await stranger.sign_in(f"{SECRET} in the wrong field", "x")
    told = await entries(me, action="sign-in.failed")
    assert [entry["thing_label"] for entry in told][-2:] == ["nobody@example.org", "editor@example.org"]
    assert {entry["actor_kind"] for entry in told} == {"anonymous"}
    assert SECRET not in json.dumps(told)


async def test_only_administrators_read_the_trail(
    administrator: tuple[Person, dict[str, str]],
) -> None:
    me, _ = administrator
    editor = Person(me.client)
    await editor.sign_in("editor@example.org")
    for path in ("/api/audit-entries", "/api/audit-entries/export"):
        assert (await editor.get(path)).status_code == 403
        assert (await Person(me.client).get(path)).status_code == 401
        assert (await me.get(path)).status_code == 200


async def test_what_is_refused_or_only_tried_leaves_nothing(api: httpx.AsyncClient) -> None:
    ids = await prepared(api)
    before = await entries(api)
    for answer in (
        await api.post("/api/websites", json={"url": "https://example.org/"}),  # known already
        await api.post("/api/websites", json={"url": "file:///etc/passwd"}),
        await api.patch(f"/api/websites/{ids['job']}", json={"name": "x"}),  # no such website
        await api.post(f"/api/scrape-jobs/{ids['cancelled']}/cancel"),  # ended
    ):
        assert answer.is_client_error
    await api.delete(f"/api/websites/{ids['website']}", params={"dry_run": "true"})
    await api.post(
        "/api/websites/import",
        files={"file": ("list.csv", b"url\nexample.com\n")},
        params={"dry_run": "true"},
    )
    assert await entries(api) == before


async def test_the_trail_comes_in_pages_and_is_found_by_what_it_says(api: httpx.AsyncClient) -> None:
    ids = await prepared(api)
    await api.patch(f"/api/websites/{ids['website']}", json={"name": "Street lighting"})
    everything = await entries(api)
    pages: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await api.get("/api/audit-entries", params=params)).json()
        pages += page["items"]
        cursor = page["next"]
    assert pages == everything
    [found] = await entries(api, q="street LIGHT")
    assert found["changes"] == {"name": {"from": "example.org", "to": "Street lighting"}}
    assert {e["action"] for e in await entries(api, thing_kind="website", thing_id=ids["website"])} == {
        "website.add",
        "website.change",
        "job.ask",
    }
    assert await entries(api, before=everything[-1]["at"]) == []
    assert await entries(api, since=everything[0]["at"], action="website.change") == [found]
    assert (await api.get("/api/audit-entries", params={"action": "website.explode"})).status_code == 422


async def test_the_trail_is_exported_and_no_cell_is_a_formula(api: httpx.AsyncClient) -> None:
    await api.post("/api/websites", json={"url": "https://example.org/", "name": "=cmd|' /C calc'!A0"})
    await api.patch("/api/settings", json={"max_pages": 7})
    answer = await api.get("/api/audit-entries/export")
    assert answer.headers["content-disposition"].startswith('attachment; filename="audit-')
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["action"] for row in rows] == ["setting.change", "website.add"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    lines = (await api.get("/api/audit-entries/export", params={"format": "ndjson"})).text.splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["setting.change", "website.add"]


async def test_nothing_but_reading_is_offered(api: httpx.AsyncClient) -> None:
    await prepared(api)
    [first, *_] = await entries(api)
    for method in ("PUT", "PATCH", "DELETE", "POST"):
        for path in ("/api/audit-entries", f"/api/audit-entries/{first['id']}"):
            assert (await api.request(method, path)).status_code in {404, 405}


# Command -> arguments that succeed and the action that is told, in an order in which they may be given.
COMMANDS_THAT_CHANGE = (
    ("website add http://127.0.0.1:9/a --tag x", "website.add"),
    ("website schedule http://127.0.0.1:9/a daily", "website.change"),
    ("website pause http://127.0.0.1:9/a", "website.change"),
    ("website resume http://127.0.0.1:9/a", "website.change"),
    ("website render http://127.0.0.1:9/a http", "website.change"),
    ("website accept http://127.0.0.1:9/a", "website.accept"),
    ("scrape http://127.0.0.1:9/a --queue", "job.ask"),
    ("scrape --all --queue", "job.ask"),
    ("job cancel {job}", "job.cancel"),
    ("job retry {job}", "job.retry"),
    ("credential set http://127.0.0.1:9/a --kind basic --from-file {secrets}", "credential.set"),
    ("credential rotate-key", "credential.rotate-key"),
    ("credential remove http://127.0.0.1:9/a", "credential.remove"),
    ("website import {list}", "website.import"),
    ("website remove http://127.0.0.1:9/a --yes", "website.remove"),
    ("user add ana@example.org --name Ana --role editor --from-file {password}", "user.add"),
    ("user role ana@example.org administrator", "user.change"),
    ("user add eve@example.org --name Eve --role administrator --from-file {password}", "user.add"),
    ("user disable ana@example.org", "user.change"),
    ("user enable ana@example.org", "user.change"),
    ("user password ana@example.org --from-file {password}", "user.password"),
    ("token add ana@example.org --name report", "token.add"),
    ("user reset-link ana@example.org", "user.reset-link"),
    ("user remove ana@example.org", "user.remove"),
    ("user invite bo@example.org", "user.invite"),
    ("user uninvite bo@example.org", "user.uninvite"),
    ("backup --to {backups} --no-verify", "backup.make"),
    ("demo --port 0", "job.ask"),
)


def test_every_command_that_changes_something_is_told(run: Run, tmp_path: Any) -> None:  # noqa: ANN401
    (tmp_path / "list.csv").write_text("url\nexample.com\n")
    (tmp_path / "secrets").write_text(f"ada\n{SECRET}\n")
    (tmp_path / "password").write_text(f"{SECRET}\n")
    places = {
        "password": str(tmp_path / "password"),
        "secrets": str(tmp_path / "secrets"),
        "list": str(tmp_path / "list.csv"),
        "backups": str(tmp_path / "backups"),
    }
    expected: list[str] = []
    for typed, action in COMMANDS_THAT_CHANGE:
        if "{job}" in typed:
            places["job"] = json.loads(run("job", "list", "--json").out)[0]["id"]
        done = run(*(word.format(**places) for word in typed.split()), HOIST_DATA_DIR=str(tmp_path))
        assert done.code == 0, (typed, done.err)
        expected.insert(0, action)
        told = json.loads(run("audit", "list", "--json").out)
        assert [entry["action"] for entry in told] == expected, typed
    assert {entry["origin"] for entry in told} == {"command line"}
    assert SECRET not in json.dumps(told)
    assert run("audit", "list", "example.com").out.count("website.import") == 1
    exported = run("audit", "export", "--output", str(tmp_path / "trail.csv"))
    assert exported.code == 0
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "trail.csv").read_text(), newline="")))) == len(
        expected
    )


# Commands that change nothing of what is kept, or tell the trail through the ones above.
TELL_NOTHING = {
    "serve": "It answers; changes over the API are told by the routes.",
    "inspect": "It reads.",
    "worker": "It does what was asked for, which is told; its jobs have books of their own.",
    "opportunity": "It reads.",
    "restore": "Told in the database that is restored; tests/cli/test_backup.py holds it to that.",
    "db": "It starts, stops and upgrades the server below the trail.",
    "loadtest": "It reads.",
    "config": "It reads; settings are changed over the API or in the environment.",
    "doctor": "It reads.",
    "audit": "It reads.",
}


def test_every_command_is_either_told_or_named_with_a_reason() -> None:
    told = {typed.split()[0] for typed, _ in COMMANDS_THAT_CHANGE}
    assert told | TELL_NOTHING.keys() == set(COMMANDS)
