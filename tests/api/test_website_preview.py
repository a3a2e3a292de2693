"""What would be read from a website, seen before it is watched."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import opened_parts
from hoistscraper.scraping import first_look
from hoistscraper.settings import Settings
from tests.api.acting import acting
from tests.sites.answers import redirect
from tests.sites.calls import CallsWebsite, site_with_feed, some_calls
from tests.sites.server import Exchange, Site


@pytest.fixture
async def looking(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an API that may look at websites of this machine."""
    own = settings.model_copy(update={"allow_hosts": frozenset({"127.0.0.1"})})
    async with opened_parts(own) as parts:
        transport = httpx.ASGITransport(acting(build_app(parts)), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://hoist.test", timeout=60) as client:
            yield client


async def preview(api: httpx.AsyncClient, url: str) -> dict[str, object]:
    answer = await api.post("/api/websites/preview", json={"url": url})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_first_ten_calls_are_shown_with_proof_and_nothing_is_kept(
    looking: httpx.AsyncClient,
) -> None:
    website = CallsWebsite(some_calls(30))
    async with website.site() as site:
        shown = await preview(looking, site.url())
    calls = shown["calls"]
    assert isinstance(calls, list)
    assert [call["title"] for call in calls] == [call.title for call in website.calls[:10]]
    deadline = calls[0]["evidence"]["deadline"]
    assert (calls[0]["deadline"], calls[0]["organisation"]) == ("2031-03-02", "Riverside Foundation")
    assert deadline["quote"] in ("2 March 2031", "Deadline 2 March 2031")
    assert deadline["method"]
    assert 0 < deadline["confidence"] <= 1
    assert (shown["kind"], shown["next_page"]) == ("listing", site.url("/?page=2"))
    assert (shown["problems"], shown["error"]) == ([], None)
    assert sorted(website.asked) == sorted(["/", "/robots.txt", *(call.path for call in website.calls[:10])])
    assert (await looking.get("/api/websites")).json()["items"] == []


async def test_a_page_that_names_a_feed_is_followed_to_it(looking: httpx.AsyncClient) -> None:
    website = CallsWebsite(some_calls(2))
    async with site_with_feed(website) as site:
        shown = await preview(looking, site.url())
    assert (shown["kind"], len(shown["calls"])) == ("feed", 2)  # type: ignore[arg-type]


async def test_a_page_without_calls_says_so(looking: httpx.AsyncClient) -> None:
    website = CallsWebsite([], listing_body="<html><body><h1>Welcome</h1><p>To our house.</p></body></html>")
    async with website.site() as site:
        shown = await preview(looking, site.url())
    assert (shown["kind"], shown["calls"]) == ("other", [])
    assert shown["problems"] == ["No call was found on this page. Is it the page that lists them?"]


async def test_a_website_that_fails_is_an_answer_with_its_reason(looking: httpx.AsyncClient) -> None:
    website = CallsWebsite(some_calls(3), listing_status=500)
    async with website.site() as site:
        shown = await preview(looking, site.url())
    assert (shown["kind"], shown["calls"], shown["error_kind"]) == (None, [], "server-failure")
    assert str(shown["error"]).endswith(".")
    assert shown["problems"] == []
    gone = await preview(looking, site.url())
    assert gone["error_kind"] == "connection-refused"


async def test_addresses_that_are_not_public_are_not_looked_at(api: httpx.AsyncClient) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site:
        answer = await api.post("/api/websites/preview", json={"url": site.url()})
        assert (answer.status_code, website.asked) == (422, [])
    assert answer.json()["detail"] == (
        "127.0.0.1 is not a public address (it leads to this machine) and is not fetched; if this is meant, "
        "set HOIST_ALLOW_HOSTS=127.0.0.1."
    )


async def test_a_public_address_that_leads_to_one_that_is_not_is_an_answer(
    looking: httpx.AsyncClient,
) -> None:
    async with Site({"/": redirect("http://127.0.0.2/")}) as site:
        assert (await preview(looking, site.url()))["error_kind"] == "address-refused"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "", "http://", "https://me:secret@example.org/"])
async def test_what_is_no_web_address_is_refused(api: httpx.AsyncClient, url: str) -> None:
    answer = await api.post("/api/websites/preview", json={"url": url})
    assert (answer.status_code, "secret" in answer.text) == (422, False)


async def test_when_time_is_up_rows_are_shown_without_their_pages(
    looking: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_look, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(first_look, "MOST_SECONDS", 1.0)
    website = CallsWebsite(some_calls(3))

    class Slow(Site):
        async def answer(self, exchange: Exchange) -> None:
            if exchange.request.path == "/":
                await exchange.send(website.listing(1))
            elif exchange.request.path == "/robots.txt":
                await exchange.send("User-agent: *\nCrawl-delay: 30\n", kind="text/plain")

    async with Slow({}) as site:
        shown = await preview(looking, site.url())
    calls = shown["calls"]
    assert isinstance(calls, list)
    assert [call["deadline"] for call in calls] == ["2031-03-02", "2031-03-03", "2031-03-04"]
    assert any("Time was up" in problem for problem in shown["problems"])  # type: ignore[attr-defined]


async def test_too_many_previews_at_once_are_asked_to_wait(
    looking: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_look, "PATIENCE_SECONDS", 1.0)
    monkeypatch.setattr(first_look, "MOST_SECONDS", 1.5)

    async def never(exchange: Exchange) -> None:
        await asyncio.sleep(60)
        await exchange.send("")

    async with Site({"/": never, "/robots.txt": never}) as site:
        asked = [looking.post("/api/websites/preview", json={"url": site.url()}) for _ in range(5)]
        answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 503]
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert "try again in a few seconds" in refused.json()["detail"]
