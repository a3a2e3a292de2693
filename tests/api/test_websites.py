"""Watching websites over the API."""

import asyncio
from uuid import uuid4

import httpx
import pytest


async def add(api: httpx.AsyncClient, url: str, **more: object) -> dict[str, object]:
    answer = await api.post("/api/websites", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_website_is_added_under_its_normalised_address(api: httpx.AsyncClient) -> None:
    added = await add(api, "Example.org/Grants?utm_source=x", tags=["culture"], schedule="daily at 07:00")
    assert (added["url"], added["name"]) == ("https://example.org/Grants", "example.org/Grants")
    assert (added["tags"], added["health"], added["schedule"]) == (["culture"], None, "daily at 07:00 UTC")
    assert added["next_due_at"] is not None
    assert (await api.get(f"/api/websites/{added['id']}")).json() == added


async def test_the_same_address_twice_is_a_conflict_with_a_sentence(api: httpx.AsyncClient) -> None:
    await add(api, "https://example.org/grants")
    answer = await api.post("/api/websites", json={"url": "https://EXAMPLE.org/grants#top"})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "https://example.org/grants is in the list already."


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"url": "ftp://example.org/"}, "only http: and https:"),
        ({"url": ""}, "body.url"),
        ({"url": "https://example.org/", "timezone": "Europe/Nowhere"}, "no time zone"),
        ({"url": "https://example.org/", "schedule": "whenever"}, "no schedule that can be understood"),
        ({"url": "https://example.org/", "colour": "red"}, "body.colour"),
        ({"url": "https://example.org/", "name": "a\x00b"}, "body.name"),
    ],
)
async def test_what_is_wrong_with_a_website_is_named(
    api: httpx.AsyncClient, body: dict[str, object], named: str
) -> None:
    answer = await api.post("/api/websites", json=body)
    assert answer.status_code == 422
    assert named in answer.json()["detail"]


async def test_pages_follow_each_other_without_gap_or_double(api: httpx.AsyncClient) -> None:
    for number in range(7):
        await add(api, f"https://example.org/{number}", name=f"Website {number % 3}")
    for sort in ("name", "newest", "last_scraped", "next_due", "worst_health"):
        whole = (await api.get("/api/websites", params={"sort": sort})).json()
        seen: list[str] = []
        cursor: str | None = None
        while True:
            params = {"sort": sort, "limit": "3"} | ({"cursor": cursor} if cursor else {})
            page = (await api.get("/api/websites", params=params)).json()
            seen += [website["id"] for website in page["items"]]
            assert page["total"] == {"count": 7, "is_exact": True}
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == [website["id"] for website in whole["items"]]
        assert len(set(seen)) == 7


async def test_a_cursor_of_another_list_is_refused(api: httpx.AsyncClient) -> None:
    for number in range(3):
        await add(api, f"https://example.org/{number}")
    cursor = (await api.get("/api/websites", params={"limit": 1})).json()["next"]
    for params in ({"cursor": cursor, "sort": "newest"}, {"cursor": "rubbish"}, {"cursor": cursor[:-3]}):
        answer = await api.get("/api/websites", params=params)
        assert answer.status_code == 422
        assert "start again without it" in answer.json()["detail"]


async def test_websites_are_found_by_words_without_accents_and_by_what_they_are(
    api: httpx.AsyncClient,
) -> None:
    await add(api, "https://ville.example/marches", name="Ville de Bézières", region="France", tags=["a b"])
    await add(api, "https://example.org/grants", name="Lindmere", active=False)

    async def found(**params: str) -> list[str]:
        return [w["name"] for w in (await api.get("/api/websites", params=params)).json()["items"]]

    assert await found(q="beziere") == ["Ville de Bézières"]
    assert await found(q="MARCHES vil") == ["Ville de Bézières"]
    assert await found(q="grants") == ["Lindmere"]
    assert await found(q="' & | !") == ["Lindmere", "Ville de Bézières"]
    assert await found(region="France") == await found(tag="a b") == ["Ville de Bézières"]
    assert await found(active="false") == ["Lindmere"]
    assert await found(health="red") == []
    assert await found(health="unvisited") == await found()


async def test_changes_leave_the_rest(api: httpx.AsyncClient) -> None:
    added = await add(api, "https://example.org/", category="grants", schedule="every 6 hours")
    changed = (await api.patch(f"/api/websites/{added['id']}", json={"name": "New", "schedule": None})).json()
    assert (changed["name"], changed["category"], changed["schedule"]) == ("New", "grants", None)
    assert changed["next_due_at"] is None
    paused = (await api.patch(f"/api/websites/{added['id']}", json={"paused": True})).json()
    assert paused == changed | {"paused": True}


async def test_many_are_changed_at_once(api: httpx.AsyncClient) -> None:
    ids = [(await add(api, f"https://example.org/{number}"))["id"] for number in range(3)]
    nobody = str(uuid4())
    answer = await api.post(
        "/api/websites/bulk", json={"ids": [*ids[:2], nobody], "action": "tag", "tags": ["x"]}
    )
    assert answer.json() == {"changed": 2, "unknown": [nobody]}
    assert len((await api.get("/api/websites", params={"tag": "x"})).json()["items"]) == 2


async def test_a_removal_says_first_what_it_takes_along(api: httpx.AsyncClient) -> None:
    added = await add(api, "https://example.org/")
    await api.post(f"/api/websites/{added['id']}/scrape")
    would = (await api.delete(f"/api/websites/{added['id']}", params={"dry_run": "true"})).json()
    assert would == {
        "is_removed": False,
        "pages": 0,
        "scrape_jobs": 1,
        "opportunities_removed": 0,
        "opportunities_kept": 0,
    }
    assert (await api.delete(f"/api/websites/{added['id']}")).json() == would | {"is_removed": True}
    assert (await api.get(f"/api/websites/{added['id']}")).status_code == 404


async def test_of_two_who_add_the_same_at_once_one_is_told_that_it_is_there(api: httpx.AsyncClient) -> None:
    asked = [api.post("/api/websites", json={"url": "https://example.org/"}) for _ in range(6)]
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]


async def test_a_tag_that_a_file_would_part_is_refused(api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/websites", json={"url": "https://example.org/", "tags": ["a, b"]})
    assert answer.status_code == 422
    assert "Must not hold commas or semicolons" in answer.json()["detail"]
