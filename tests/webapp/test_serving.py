"""The web app is served beside the API: pages, files, caching, what is not there."""

import base64
import gzip
import hashlib
import re
import sys
from pathlib import Path

import brotli
import httpx
import pytest
from build import is_built
from starlette.types import Receive, Scope, Send

from hoistscraper.api.web_files import WEB, read_web_files
from hoistscraper.api.webapp import WebApp
from hoistscraper.features import Share
from tests.api.conftest import api, parts

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["api", "parts"]

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def _app_is_built() -> None:
    assert is_built(), "the web app is not built of these sources: run make web"


@pytest.mark.parametrize("path", ["/", "/websites/", "/opportunity/?id=whatever"])
async def test_pages_are_shown(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(path, headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "HoistScraper" in answer.text


async def test_a_page_runs_only_scripts_that_the_build_knows(api: httpx.AsyncClient) -> None:
    answer = await api.get("/", headers=HTML)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    scripts = re.findall(r"<script(?![^>]* src=)[^>]*>(.+?)</script>", answer.text, re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert len(digests) > 1
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == digests
    assert not re.search(r"""\s(style|on\w+)=["']""", re.sub(r"<script.*?</script>", "", answer.text))


async def test_pages_name_no_other_host() -> None:
    for file in WEB.rglob("*.html"):
        linked = re.findall(r'(?:src|href)="([^"]+)"', file.read_text())
        assert [link for link in linked if not link.startswith("/") or link.startswith("//")] in (
            [],
            ["#content"],
        )


@pytest.mark.proves("compression")
@pytest.mark.parametrize(
    ("encoding", "decode"), [("zstd", zstd.decompress), ("br", brotli.decompress), ("gzip", gzip.decompress)]
)
async def test_compressed_forms_hold_the_same(api: httpx.AsyncClient, encoding: str, decode: object) -> None:
    assert callable(decode)
    plain = await api.get("/", headers={**HTML, "Accept-Encoding": "identity"})
    async with api.stream("GET", "/", headers={**HTML, "Accept-Encoding": encoding}) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert decode(sent) == plain.content
    assert len(sent) < len(plain.content)
    assert answer.headers["etag"] != plain.headers["etag"]


async def test_hashed_files_are_kept_for_ever(api: httpx.AsyncClient) -> None:
    page = (await api.get("/", headers=HTML)).text
    address = re.findall(r'src="(/_next/static/chunks/[^"]+\.js)"', page)[0]
    answer = await api.get(address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_who_has_a_page_gets_it_no_second_time(api: httpx.AsyncClient) -> None:
    first = await api.get("/", headers=HTML)
    again = await api.get("/", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


async def test_head_tells_without_sending(api: httpx.AsyncClient) -> None:
    answer = await api.head("/websites/", headers=HTML)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1_000


async def test_an_address_without_its_slash_leads_on(api: httpx.AsyncClient) -> None:
    answer = await api.get("/websites?page=2", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (308, "/websites/?page=2")


async def test_what_is_not_there_says_so_as_it_was_asked(api: httpx.AsyncClient) -> None:
    for_people = await api.get("/nowhere/", headers=HTML)
    assert (for_people.status_code, for_people.headers["content-type"]) == (404, "text/html; charset=utf-8")
    for path in ("/api/nowhere", "/apis", "/nowhere.json"):
        for_programs = await api.get(path, headers=HTML if path == "/api/nowhere" else {})
        assert for_programs.status_code == 404
        assert for_programs.headers["content-type"] == "application/problem+json", path


@pytest.mark.parametrize(
    "path",
    [
        "/../settings.py",
        "/%2e%2e/settings.py",
        "/..%2fsettings.py",
        "/csp.json",
        "/stamp",
        "/index.html.br",
        "//",
    ],
)
async def test_no_address_leads_out_of_the_app(path: str) -> None:
    asked: list[str] = []

    async def beyond(scope: Scope, _receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    web = WebApp(beyond, read_web_files(), compressing=Share(100))
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://hoistscraper.test") as client:
        answer = await client.get(httpx.URL("http://hoistscraper.test", raw_path=path.encode()))
    assert answer.status_code == 404
    assert asked


async def test_pages_are_only_read(api: httpx.AsyncClient) -> None:
    answer = await api.post("/websites/", headers=HTML)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_an_app_that_was_not_built_says_how(tmp_path: Path) -> None:
    async def beyond(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError("a page was passed on")

    web = WebApp(beyond, read_web_files(tmp_path), compressing=Share(100))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(web), base_url="http://hoistscraper.test"
    ) as client:
        answer = await client.get("/", headers=HTML)
    assert answer.status_code == 503
    assert "make web" in answer.text
