"""What answers carry for the sake of browsers, and what they do not give away."""

import json
import logging
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Page, async_playwright
from starlette.types import Receive, Scope, Send

from hoistscraper.api import health
from hoistscraper.api.answer_headers import AnswerHeaders
from hoistscraper.api.content_policies import OF_DATA, Policies, of_web_app
from hoistscraper.api.inline_scripts import Inline, inline_of, read_inline
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings
from tests.api.front import opened_api, until_sure
from tests.api.server import api_process

PAGE = """<!doctype html><title>x</title><style>p { color: red }</style>
<script src="/own.js"></script><script>document.title = 'built';</script>"""


async def test_every_kind_of_answer_makes_browsers_careful(api: httpx.AsyncClient) -> None:
    await until_sure(api)
    for path, status in (
        ("/api/websites", 200),
        ("/api/websites", 200),  # ready by now
        ("/api/websites/7", 422),
        ("/api/nothing", 404),
        ("/api/websites?q=" + "x" * 5_000, 414),
        ("/metrics", 200),
        ("/", 200),
        ("/api/docs", 200),
        ("/api/docs/assets/swagger-ui.css", 200),
    ):
        answer = await api.get(path)
        assert answer.status_code == status, path
        told = answer.headers
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "same-origin"
        assert told["cross-origin-opener-policy"] == told["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in told["permissions-policy"]
        policy = told["content-security-policy"]
        assert policy.startswith("default-src 'none'"), path
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        scripts = next((part for part in policy.split("; ") if part.startswith("script-src")), "")
        assert "unsafe" not in scripts
        assert UUID(told["x-request-id"]).version == 7
        assert len(told.get_list("content-security-policy")) == len(told.get_list("x-request-id")) == 1


async def test_a_request_may_come_with_its_name_which_its_problem_tells(api: httpx.AsyncClient) -> None:
    name = "0193aaaa-0000-7000-8000-00000000000a"
    answer = await api.get("/api/websites/none", headers={"X-Request-Id": name.upper()})
    assert answer.headers.get_list("x-request-id") == [name]
    assert answer.json()["instance"] == f"urn:uuid:{name}"
    for forged in (f"{{{name}}}", f"urn:uuid:{name}", "x" * 36, f'{name[:-3]}"}}\u0131'):
        answer = await api.get("/api/websites/none", headers=[(b"X-Request-Id", forged.encode())])
        assert UUID(answer.headers["x-request-id"]).version == 7
        assert answer.headers["x-request-id"] != name


async def test_what_programs_read_may_load_and_run_nothing(api: httpx.AsyncClient) -> None:
    for path in ("/api/websites", "/api/opportunities/export?format=csv", "/metrics", "/api/openapi.json"):
        answer = await api.get(path)
        assert answer.headers["content-security-policy"] == OF_DATA


async def test_only_tls_is_asked_to_stay_tls(settings: Settings) -> None:
    behind = settings.model_copy(update={"trusted_proxies": frozenset({"127.0.0.1"})})
    said = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    name = "strict-transport-security"
    async with opened_api(behind) as api:
        assert (await api.get("/api/websites", headers=said)).headers[name] == "max-age=31536000"
        assert name not in (await api.get("/api/websites")).headers
    async with opened_api(settings) as api:
        assert name not in (await api.get("/api/websites", headers=said)).headers, "anybody can say that"


async def test_nobody_learns_which_release_answers(api: httpx.AsyncClient) -> None:
    release = version("hoistscraper")
    for path in ("/api/openapi.json", "/api/docs", "/api/health/live", "/api/health/ready", "/api/nothing"):
        answer = await api.get(path)
        assert release not in answer.text, path
        assert release not in str(answer.headers), path


def test_a_served_process_names_no_program_behind_it(database_url: str) -> None:
    with api_process(database_url) as address:
        for answer in (httpx.get(f"{address}/api/websites"), httpx.get(f"{address}/nothing")):
            assert answer.headers.get_list("server") == ["HoistScraper"]
            assert "x-powered-by" not in answer.headers
        # A head that is longer than anybody needs is not even read.
        assert httpx.get(f"{address}/api/websites", headers={"x": "a" * 100_000}).status_code == 431


async def test_a_mistake_of_ours_shows_its_name_and_nothing_of_the_inside(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("password=hunter2 at /srv/secret.py")

    monkeypatch.setattr(health, "Health", broken)
    with caplog.at_level(logging.ERROR):
        answer = await api.get("/api/health/live")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    name = answer.headers["x-request-id"]
    assert answer.json()["instance"] == f"urn:uuid:{name}"
    for inside in ("Traceback", "RuntimeError", "hunter2", ".py"):
        assert inside not in answer.text
    assert name in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_hashes_of_built_pages_are_read_from_what_their_build_leaves(tmp_path: Path) -> None:
    # As openssl reckons it: printf %s "document.title = 'built';" | openssl dgst -sha256 -binary | base64
    script = "sha256-Jn7A+B2yzTauGypEIUe2XelzX4TVZe5IEt31duoSyaY="
    built = {"index.html": [script], "calls/index.html": [], "404.html": []}
    (tmp_path / "csp.json").write_text(json.dumps(built))
    pages = read_inline(tmp_path)
    assert inline_of(PAGE).scripts == tuple(pages["index.html"].scripts) == (f"'{script}'",)
    policies = Policies(Inline(), pages)
    assert f"script-src 'self' '{script}';" in policies.of("/").decode()
    assert policies.of("/calls/") == policies.of("/calls") != policies.of("/")
    assert policies.of("/whatever").decode() == of_web_app(Inline())
    assert read_inline(tmp_path / "nowhere") == {}


async def test_a_page_that_brings_its_own_policy_keeps_it_alone() -> None:
    async def page(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-security-policy", b"default-src 'none'")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})

    transport = httpx.ASGITransport(AnswerHeaders(page, Policies(Inline(), {})))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for path, count in (("/", 1), ("/api/x", 2)):
            assert len((await client.get(path)).headers.get_list("content-security-policy")) == count


@pytest.mark.usefixtures("real_browser")
async def test_the_explanations_work_in_a_browser_under_their_policy(database_url: str) -> None:
    with api_process(database_url) as address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
            page = await browser.new_page()
            complaints = _complaints(page)
            await page.goto(f"{address}/api/docs")
            await page.get_by_text("List websites").wait_for()
            await page.get_by_text("List websites").click()
            await page.get_by_role("button", name="Try it out").click()
            await page.get_by_role("button", name="Execute").click()
            await page.get_by_text("Server response").wait_for()
            await browser.close()
    assert complaints == []


@pytest.mark.usefixtures("real_browser")
async def test_a_page_runs_its_own_inline_script_and_no_other() -> None:
    policy = of_web_app(inline_of(PAGE))
    foreign = PAGE + (
        "<script>document.title = 'stolen'</script><img src=x onerror=\"document.title='stolen'\">"
        '<p style="color: blue" id=p>x'
    )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        page = await browser.new_page()
        complaints = _complaints(page)
        await page.route(
            "**/*",
            lambda route: route.fulfill(
                body=foreign if route.request.url.endswith("/") else "",
                headers={"content-security-policy": policy, "content-type": "text/html"},
            ),
        )
        await page.goto("http://127.0.0.1:9/")
        assert await page.title() == "built"
        assert await page.evaluate("getComputedStyle(p).color") == "rgb(255, 0, 0)"
        await browser.close()
    assert len([each for each in complaints if "Content Security Policy" in each]) >= 2


def _browser() -> str:
    found = find_browser(Settings())
    assert found
    return str(found.program)


def _complaints(page: Page) -> list[str]:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    return told
