"""Every change over the API or the command line leaves its mark in the audit trail: one, with no secret."""

import csv
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from hoistscraper.cli.main import COMMANDS
from hoistscraper.settings import Settings
from tests.api.front import opened_api
from tests.cli.conftest import Run, run

__all__ = ["run"]

SECRET = "correct-horse-battery"
SAFE = {"get", "head", "options"}

# Operation -> why it leaves nothing.
EXCEPTIONS = {"preview_website": "It looks at a website and keeps nothing."}

Call = Callable[[httpx.AsyncClient, dict[str, str]], Awaitable[httpx.Response]]

# Operation -> a call of it that succeeds; `ids` holds a website and a job that waits.
CALLS: dict[str, Call] = {
    "add_website": lambda api, _: api.post("/api/websites", json={"url": "https://example.net/"}),
    "change_websites": lambda api, ids: api.post(
        "/api/websites/bulk", json={"ids": [ids["website"]], "action": "tag", "tags": ["a"]}
    ),
    "change_website": lambda api, ids: api.patch(
        f"/api/websites/{ids['website']}",
        json={"name": "New", "description": f"password={SECRET} https://me:{SECRET}@example.org/"},
    ),
    "remove_website": lambda api, ids: api.delete(f"/api/websites/{ids['website']}"),
    "scrape_website": lambda api, ids: api.post(f"/api/websites/{ids['website']}/scrape"),
    "accept_website": lambda api, ids: api.post(f"/api/websites/{ids['website']}/accept"),
    "import_websites": lambda api, _: api.post(
        "/api/websites/import", files={"file": ("list.csv", b"url\nexample.com\n")}
    ),
    "create_scrape_jobs": lambda api, _: api.post("/api/scrape-jobs", json={"all": True}),
    "cancel_scrape_job": lambda api, ids: api.post(f"/api/scrape-jobs/{ids['job']}/cancel"),
    "retry_scrape_job": lambda api, ids: api.post(f"/api/scrape-jobs/{ids['cancelled']}/retry"),
    "change_settings": lambda api, _: api.patch("/api/settings", json={"max_pages": 7}),
}


async def entries(api: httpx.AsyncClient, **asked: str) -> list[dict[str, Any]]:
    answer = await api.get("/api/audit-entries", params={"limit": "200", **asked})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def prepared(api: httpx.AsyncClient) -> dict[str, str]:
    website = (await api.post("/api/websites", json={"url": "https://example.org/"})).json()["id"]
    job = (await api.post(f"/api/websites/{website}/scrape")).json()["job_id"]
    other = (await api.post("/api/websites", json={"url": "https://other.example/"})).json()["id"]
    cancelled = (await api.post(f"/api/websites/{other}/scrape")).json()["job_id"]
    await api.post(f"/api/scrape-jobs/{cancelled}/cancel")
    return {"website": website, "job": job, "cancelled": cancelled}


async def test_every_unsafe_operation_is_tried_here_or_named_with_a_reason(api: httpx.AsyncClient) -> None:
    described = (await api.get("/api/openapi.json")).json()["paths"]
    unsafe = {
        operation["operationId"]
        for path in described.values()
        for method, operation in path.items()
        if method not in SAFE
    }
    assert unsafe == CALLS.keys() | EXCEPTIONS.keys()


@pytest.mark.parametrize("operation", sorted(CALLS))
async def test_an_operation_that_succeeds_leaves_exactly_one_entry_without_secrets(
    settings: Settings, operation: str
) -> None:
    async with opened_api(settings) as api:
        ids = await prepared(api)
        before = await entries(api)
        answer = await CALLS[operation](api, ids)
        assert answer.is_success, answer.text
        after = await entries(api)
        assert len(after) == len(before) + 1, operation
        entry = after[0]
        assert entry["request_id"] == answer.headers["x-request-id"]
        assert entry["origin"] == "127.0.0.1"
        assert entry["actor_name"]
        assert SECRET not in json.dumps(entry)
        assert after[1:] == before


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
    ("credential set http://127.0.0.1:9/a --kind basic --from-file {secrets}", "credential.set"),
    ("credential rotate-key", "credential.rotate-key"),
    ("credential remove http://127.0.0.1:9/a", "credential.remove"),
    ("website import {list}", "website.import"),
    ("website remove http://127.0.0.1:9/a --yes", "website.remove"),
)


def test_every_command_that_changes_something_is_told(run: Run, tmp_path: Any) -> None:  # noqa: ANN401
    (tmp_path / "list.csv").write_text("url\nexample.com\n")
    (tmp_path / "secrets").write_text(f"ada\n{SECRET}\n")
    places = {"secrets": str(tmp_path / "secrets"), "list": str(tmp_path / "list.csv")}
    expected: list[str] = []
    for typed, action in COMMANDS_THAT_CHANGE:
        done = run(*(word.format(**places) for word in typed.split()), HOIST_DATA_DIR=str(tmp_path))
        assert done.code == 0, (typed, done.err)
        expected.insert(0, action)
        told = json.loads(run("audit", "list", "--json").out)
        assert [entry["action"] for entry in told] == expected, typed
    assert {entry["origin"] for entry in told} == {"command line"}
    assert SECRET not in json.dumps(told)
    job = json.loads(run("job", "list", "--json").out)
    assert job == [], "a website takes its jobs along"
    assert run("audit", "list", "example.com").out.count("website.import") == 1
    exported = run("audit", "export", "--output", str(tmp_path / "trail.csv"))
    assert exported.code == 0
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "trail.csv").read_text(), newline="")))) == len(
        expected
    )


# Commands that change nothing of what is kept, or tell the trail through the ones above.
TELL_NOTHING = {
    "demo": "It keeps its own invented content apart.",
    "serve": "It answers; changes over the API are told by the routes.",
    "inspect": "It reads.",
    "worker": "It does what was asked for, which is told; its jobs have books of their own.",
    "opportunity": "It reads.",
    "db": "It starts, stops and upgrades the server below the trail.",
    "loadtest": "It reads.",
    "config": "It reads; settings are changed over the API or in the environment.",
    "doctor": "It reads.",
    "audit": "It reads.",
}


def test_every_command_is_either_told_or_named_with_a_reason() -> None:
    told = {typed.split()[0] for typed, _ in COMMANDS_THAT_CHANGE} | {"job"}
    assert told | TELL_NOTHING.keys() == set(COMMANDS)
