"""Text that strangers wrote stays text: never HTML, a statement, a template, a header or a path."""

import re
import socket
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from playwright.async_api import async_playwright

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.scraping.job_log import write_lines
from hoistscraper.scraping.report import LogLine
from hoistscraper.settings import Settings
from tests.api.front import opened_api
from tests.api.server import api_process

SCRIPT = "<script>window.stolen=1</script><img src=x onerror=window.stolen=1>\"'><svg onload=window.stolen=1>"
PAYLOADS = (
    SCRIPT,
    "javascript:window.stolen=1",
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {0.__class__} %(x)s %s",
    "'; DROP TABLE website; --",
    "' OR 1=1 --",
    "\\'; SELECT pg_sleep(9); --",
    "../../../../etc/passwd",
    "\u202egnp.exe",
    "$(touch /stolen) `id` | id",
)
MARKUP = re.compile(r"text/html|image/svg|text/xml|application/xhtml", re.IGNORECASE)


@pytest.fixture
async def stored(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A website whose every text is hostile."""
    async with opened_api(settings) as api:
        answer = await api.post(
            "/api/websites",
            json={
                "url": "https://example.org/",
                "name": SCRIPT,
                "description": " ".join(PAYLOADS),
                "category": PAYLOADS[2],
                "region": PAYLOADS[3],
                "tags": [SCRIPT[:50], "../../x"],
            },
        )
        assert answer.status_code == 201, answer.text
        yield api, answer.json()["id"]


async def test_hostile_texts_come_back_as_they_were_in_data_that_no_browser_shows(
    stored: tuple[httpx.AsyncClient, str],
) -> None:
    api, website = stored
    told = (await api.get(f"/api/websites/{website}")).json()
    assert (told["name"], told["category"], told["region"]) == (SCRIPT, PAYLOADS[2], PAYLOADS[3])
    for path in (
        f"/api/websites/{website}",
        "/api/websites",
        "/api/websites/export?format=csv",
        "/api/websites/export?format=json",
        "/api/audit-entries",
        "/api/audit-entries/export",
        "/api/opportunities/export?format=csv",
        "/metrics",
    ):
        answer = await api.get(path)
        assert answer.status_code == 200
        assert not MARKUP.search(answer.headers["content-type"]), path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_is_looked_for_is_never_a_statement_nor_told_as_markup(
    stored: tuple[httpx.AsyncClient, str], payload: str
) -> None:
    api, website = stored
    for path, name in (
        ("/api/websites", "q"),
        ("/api/websites", "tag"),
        ("/api/websites", "cursor"),
        ("/api/opportunities", "q"),
        ("/api/opportunities", "organisation"),
        ("/api/opportunities/suggestions", "q"),
        ("/api/audit-entries", "q"),
        ("/api/audit-entries", "thing_id"),
        ("/api/scrape-jobs", "website"),
    ):
        answer = await api.get(path, params={name: payload})
        assert answer.status_code in {200, 422}, (path, name, answer.text)
        assert not MARKUP.search(answer.headers["content-type"])
    assert (await api.get(f"/api/websites/{website}")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/docs/assets/../../../../../etc/passwd",
        "/api/docs/assets/..%2f..%2f..%2f..%2fetc/passwd",
        "/api/docs/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/api/docs/assets/..%5c..%5cetc%5cpasswd",
        "/api/docs/assets//etc/passwd",
        "/api/docs/assets/swagger-ui.css%00.html",
        "/api/websites/..%2f..%2fetc%2fpasswd",
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_no_path_leads_out(database_url: str, path: str) -> None:
    with api_process(database_url) as address:
        host = address.removeprefix("http://").rstrip("/")
        # httpx would tidy the path up, so that nothing was proved.
        name, port = host.rsplit(":", 1)
        with socket.create_connection((name, int(port))) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert b"root:" not in answer
    assert answer.split(b" ")[1] in {b"400", b"404", b"422", b"500"}
    assert b" 500 " not in answer.split(b"\r\n")[0]


async def test_no_answer_takes_a_header_from_who_asks(api: httpx.AsyncClient) -> None:
    evil = "x\r\nSet-Cookie: stolen=1\r\n\r\n<html>"
    for answer in (
        await api.get("/api/websites", params={"q": evil}),
        await api.get("/api/websites/" + "x%0d%0aSet-Cookie:%20stolen=1"),
        await api.get("/api/opportunities/export", params={"format": evil}),
        await api.get("/api/docs/x%0d%0aSet-Cookie:%20stolen=1"),
        await api.get("/api/websites", headers={"X-Request-Id": "mine"}),
        await api.get("/api/websites", headers={"Hoistscraper-Change": "7;x"}),
    ):
        assert "set-cookie" not in answer.headers
        assert answer.headers["x-request-id"] != "mine"
        assert UUID(answer.headers["x-request-id"])
        assert not any("\n" in value or "\r" in value for value in answer.headers.values())


@pytest.mark.usefixtures("real_browser")
async def test_nothing_that_was_stored_runs_in_a_browser(database: Database, settings: Settings) -> None:
    assert settings.database_url
    with api_process(settings.database_url.get_secret_value()) as address:
        async with httpx.AsyncClient(base_url=address) as api:
            website = (
                await api.post(
                    "/api/websites",
                    json={"url": "https://example.org/", "name": SCRIPT, "tags": [SCRIPT[:90]]},
                )
            ).json()["id"]
            job = (await api.post(f"/api/websites/{website}/scrape")).json()["job_id"]
        async with database.transaction() as session:
            await write_lines(session, UUID(job), [LogLine(now(), SCRIPT, f"https://example.org/{SCRIPT}")])
        choice = find_browser(Settings())
        assert choice
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=choice.program, args=["--no-sandbox"])
            page = await browser.new_page()
            # Where nothing stands in its way, it runs; without this, what follows would prove nothing.
            await page.set_content(SCRIPT)
            await page.wait_for_function("window.stolen === 1")
            for path in (
                f"/api/websites/{website}",
                "/api/websites",
                f"/api/scrape-jobs/{job}/log",
                "/api/audit-entries",
                "/api/websites?cursor=" + SCRIPT,
                "/" + SCRIPT,
            ):
                await page.goto(f"{address}{path}")
                assert await page.evaluate("window.stolen") is None, path
                if path.startswith("/api"):
                    assert await page.evaluate("document.querySelectorAll('script, img, svg').length") == 0, (
                        path
                    )
                # Where there is nothing, the web app says so, with scripts and pictures of its own.
                assert await page.locator("img[src=x], svg[onload]").count() == 0, path
                inline = await page.evaluate("[...document.scripts].map(each => each.textContent)")
                assert not any("stolen" in each for each in inline), path
            # Even where somebody puts it into a page of ours, the policy lets it do nothing.
            await page.goto(f"{address}/api/docs")
            await page.evaluate("text => { document.body.insertAdjacentHTML('beforeend', text) }", SCRIPT)
            await page.wait_for_timeout(300)
            assert await page.evaluate("window.stolen") is None
            await browser.close()
