"""Searching, reading and exporting opportunities over the API."""

import csv
import io
import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from hoistscraper.api.front import opened_front
from hoistscraper.api.parts import Parts
from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Candidate, Evidence, Moment
from hoistscraper.features import OFF, ON
from hoistscraper.opportunities import store
from hoistscraper.opportunities.keeping import Site, keep
from hoistscraper.opportunities.sources import Finding, by_identity
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import find_or_add_website

SITE = "https://example.org/grants"


def call(title: str, *, closes_in: int | None = None, **more: object) -> Candidate:
    """Return a call whose deadline is so many days away, with proof."""
    deadline = Moment(now().date() + timedelta(days=closes_in)) if closes_in is not None else None
    proof = {"title": Evidence(title, "heading", 0.9, SITE)}
    if deadline:
        proof["deadline"] = Evidence(f"Closes {deadline.isoformat()}", "label:table", 0.95, SITE)
    return Candidate(title=title, deadline=deadline, evidence=proof, **more)  # type: ignore[arg-type]


async def kept(parts: Parts, calls: Sequence[Candidate]) -> Website:
    """Keep calls as one website tells them."""
    async with parts.database.transaction() as session:
        website = await find_or_add_website(session, SITE)
        findings = [
            Finding(
                identity=f"{SITE}/{c.title}", listing_url=SITE, row_hash="", candidate=c, verified_at=now()
            )
            for c in calls
        ]
        await keep(session, Site(website.id, SITE, None), findings, {}, seen_at=now())
        return website


CALLS = (
    call("Street lighting on the quay", closes_in=20, amount_max=Decimal(5000), currency="EUR"),
    call("Library roof repairs", closes_in=3, organisation="City of Lindmere"),
    call("Éclairage public", closes_in=90),
    call("Bridge works", closes_in=-5, organisation="City of Lindmere"),
    call("Grants without a date"),
)


@pytest.fixture
async def website(parts: Parts) -> Website:
    return await kept(parts, CALLS)


async def found(api: httpx.AsyncClient, **asked: object) -> list[str]:
    answer = await api.get("/api/opportunities", params=asked)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.json()["items"]]


async def test_what_closes_soonest_comes_first_and_what_is_closed_last(
    api: httpx.AsyncClient, website: Website
) -> None:
    assert await found(api) == [
        "Library roof repairs",
        "Street lighting on the quay",
        "Éclairage public",
        "Grants without a date",
        "Bridge works",
    ]


async def test_words_filters_and_orders_find_what_they_say(api: httpx.AsyncClient, website: Website) -> None:
    assert await found(api, q="eclairage") == ["Éclairage public"]
    assert await found(api, q='"street lighting"') == ["Street lighting on the quay"]
    assert await found(api, q="light", typing="true") == ["Street lighting on the quay"]
    assert await found(api, closing_within_days=30, sort="deadline", q="-library") == [
        "Street lighting on the quay"
    ]
    assert await found(api, organisation="City of Lindmere", status="closed") == ["Bridge works"]
    assert await found(api, currency="EUR", amount_min=4000) == ["Street lighting on the quay"]
    assert await found(api, website=str(website.id), status="unknown") == ["Grants without a date"]
    assert await found(api, website=str(uuid4())) == []
    assert (await found(api, sort="amount"))[0] == "Street lighting on the quay"


async def test_pages_count_and_facets_agree(api: httpx.AsyncClient, website: Website) -> None:
    first = (await api.get("/api/opportunities", params={"limit": 2, "total": "true"})).json()
    assert first["total"] == {"count": 5, "is_exact": True}
    second = (await api.get("/api/opportunities", params={"limit": 3, "cursor": first["next"]})).json()
    assert (second["next"], second["total"]) == (None, None)
    assert len({each["id"] for each in first["items"] + second["items"]}) == 5
    assert (await api.get("/api/opportunities/count", params={"status": "open"})).json()["count"] == 3
    facets = (await api.get("/api/opportunities/facets")).json()
    assert {each["value"]: each["count"] for each in facets["status"]} == {
        "open": 3,
        "closed": 1,
        "unknown": 1,
    }
    assert [each["name"] for each in facets["organisation"]] == ["City of Lindmere"]
    assert facets["website"] == [{"value": str(website.id), "name": "example.org/grants", "count": 5}]


async def test_one_is_read_with_proof_sources_and_history(
    api: httpx.AsyncClient, parts: Parts, website: Website
) -> None:
    [short] = (await api.get("/api/opportunities", params={"q": "library"})).json()["items"]
    before = (await api.get(f"/api/opportunities/{short['id']}")).json()
    assert before["evidence"]["deadline"]["quote"].startswith("Closes ")
    assert [source["website"] for source in before["sources"]] == [SITE]
    assert before["revisions"] == []
    async with parts.database.transaction() as session:
        known = by_identity(await store.known_sources(session, SITE))
        moved = call("Library roof repairs", closes_in=10, organisation="City of Lindmere")
        again = Finding(
            identity=f"{SITE}/Library roof repairs",
            listing_url=SITE,
            row_hash="",
            candidate=moved,
            verified_at=now(),
        )
        await keep(session, Site(website.id, SITE, None), [again], known, seen_at=now())
    # A write that did not come through this API reaches its ready answers a moment later.
    anew = {"cache-control": "no-cache"}
    after = (await api.get(f"/api/opportunities/{short['id']}", headers=anew)).json()
    [change] = [each for each in after["revisions"] if each["field"] == "deadline"]
    assert (change["old"], change["new"]) != (None, None)
    history = (
        await api.get(f"/api/opportunities/{short['id']}/history", params={"field": "deadline"})
    ).json()
    assert history["items"] == [change]
    assert (await api.get(f"/api/opportunities/{short['id']}/history", params={"field": "title"})).json() == {
        "items": []
    }


async def test_what_is_not_there_is_said(api: httpx.AsyncClient) -> None:
    for path in ("", "/history", "/similar"):
        answer = await api.get(f"/api/opportunities/{uuid4()}{path}")
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("There is no opportunity ")


async def test_similar_ones_and_suggestions(api: httpx.AsyncClient, parts: Parts, website: Website) -> None:
    await kept(parts, [call("Street lighting in the old town", closes_in=9)])
    [one] = (await api.get("/api/opportunities", params={"q": "quay"})).json()["items"]
    similar = (await api.get(f"/api/opportunities/{one['id']}/similar")).json()["items"]
    assert [each["title"] for each in similar] == ["Street lighting in the old town"]
    said = (await api.get("/api/opportunities/suggestions", params={"q": "street"})).json()
    assert said["titles"] == ["Street lighting in the old town", "Street lighting on the quay"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"sort": "relevance"}, "Ordering by relevance needs a word"),
        ({"amount_min": "5", "amount_max": "4"}, "ends before it begins"),
        ({"colour": "red"}, "query.colour"),
        ({"q": "!?"}, "holds no letter"),
        ({"cursor": "x"}, "cursor"),
        ({"q": "a\x00"}, "control characters"),
        ({"amount_min": "NaN"}, "query.amount_min"),
    ],
)
async def test_what_cannot_be_meant_is_said(
    api: httpx.AsyncClient, asked: dict[str, str], sentence: str
) -> None:
    answer = await api.get("/api/opportunities", params=asked)
    assert answer.status_code == 422, answer.text
    assert sentence in answer.json()["detail"]


async def test_exports_hold_what_the_search_finds_and_no_formula(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    await kept(parts, [call("=1+1 grants", closes_in=5), call("Bridge works", closes_in=9)])
    table = await api.get("/api/opportunities/export", params={"q": "grants"})
    assert table.headers["content-disposition"].endswith('.csv"')
    assert [row["title"] for row in csv.DictReader(io.StringIO(table.text))] == ["'=1+1 grants"]
    lines = (await api.get("/api/opportunities/export", params={"format": "ndjson"})).text.splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["=1+1 grants", "Bridge works"]
    book = await api.get("/api/opportunities/export", params={"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    titles = [(row[1].value, row[1].data_type) for row in sheet.iter_rows(min_row=2)]
    assert titles == [("=1+1 grants", "s"), ("Bridge works", "s")]


async def test_without_the_chooser_a_search_finds_the_same(parts: Parts, website: Website) -> None:
    queries = ("", "?q=library roof", "?q=-bridge&sort=newest&limit=2")
    found = {share: await titles_found(parts, queries, features_search_chooser=share) for share in (ON, OFF)}
    assert found[ON] == found[OFF]
    assert [len(titles) for titles in found[ON]] == [5, 1, 2]


async def titles_found(parts: Parts, queries: Sequence[str], **settings: object) -> list[list[str]]:
    """Return the titles that each query finds with other settings."""
    changed = replace(parts, settings=parts.settings.model_copy(update=settings))
    async with opened_front(changed) as front:
        transport = httpx.ASGITransport(front)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answers = [(await client.get(f"/api/opportunities{query}")).json() for query in queries]
    return [[item["title"] for item in answer["items"]] for answer in answers]


async def test_a_value_is_shown_in_the_page_as_it_was_kept(api: httpx.AsyncClient, parts: Parts) -> None:
    website = await kept(parts, [call("Quay <lighting>", closes_in=20)])
    quote = f"Closes {now().date() + timedelta(days=20)}"
    [found] = (await api.get("/api/opportunities")).json()["items"]
    place = f"/api/opportunities/{found['id']}/saved-page"

    async def shown(field: str = "deadline") -> dict[str, object]:
        answer = await api.get(place, params={"field": field})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    unknown = await shown()
    assert (unknown["is_kept"], unknown["fetched_at"], unknown["quote"]) == (False, None, quote)

    async def keep_page(content: str | None) -> None:
        async with parts.database.transaction() as session:
            await session.execute(
                text(
                    "INSERT INTO page (id, website_id, url, final_url, content_hash, wire_bytes, reader, "
                    "fetched_at, snapshot) VALUES (gen_random_uuid(), :website, :url || '?moved', :url, '', "
                    "0, '3', now(), :snapshot) ON CONFLICT (website_id, url) DO UPDATE "
                    "SET snapshot = excluded.snapshot"
                ),
                {
                    "website": website.id,
                    "url": SITE,
                    "snapshot": zlib.compress(content.encode()) if content is not None else None,
                },
            )

    await keep_page(f"<h1>Quay &lt;lighting&gt;</h1><p>{quote}</p><script>alert(1)</script>")
    page = await shown()
    assert page["blocks"] == ["Quay <lighting>", quote]
    assert page["marks"] == [{"block": 1, "start": 0, "end": len(str(quote))}]
    assert (page["is_kept"], page["is_in_data"], page["url"]) == (True, False, SITE)
    await keep_page("<h1>Something else</h1>")
    changed = await shown()
    assert (changed["marks"], changed["blocks"]) == ([], ["Something else"])
    await keep_page(None)
    gone = await shown()
    assert (gone["is_kept"], gone["blocks"], gone["fetched_at"] is None) == (False, [], False)

    missing = await api.get(place, params={"field": "amount_max"})
    assert (missing.status_code, "No page proves amount_max" in missing.json()["detail"]) == (404, True)
    other = await api.get(f"/api/opportunities/{uuid4()}/saved-page", params={"field": "deadline"})
    assert other.status_code == 404
    assert (await api.get(place)).status_code == 422
