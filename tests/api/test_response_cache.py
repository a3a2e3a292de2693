"""Ready answers: the same as computed ones, only sooner."""

import asyncio
import gzip
import json
import os
import signal
import sys
from collections.abc import AsyncIterator

import brotli
import httpx
import psycopg
import pytest

from hoistscraper.api.cacheable import CACHEABLE, key_of
from hoistscraper.cache import entries
from hoistscraper.features import Share
from hoistscraper.settings import Settings
from tests.api.front import answered, opened_api, until, until_sure
from tests.database.server import plain

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = pytest.mark.proves("response_cache")


@pytest.fixture(autouse=True)
def _the_minute_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here depends on when it is run."""
    monkeypatch.setattr(entries, "minute", lambda: 1)


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API as it is served."""
    async with opened_api(settings) as client:
        yield client


async def other_program(settings: Settings) -> psycopg.AsyncConnection:
    """Connect as psql would."""
    assert settings.database_url
    return await psycopg.AsyncConnection.connect(
        plain(settings.database_url.get_secret_value()), autocommit=True
    )


async def add(api: httpx.AsyncClient, number: int) -> httpx.Response:
    answer = await api.post("/api/websites", json={"url": f"https://example.org/{number}"})
    assert answer.status_code == 201
    return answer


async def test_a_second_answer_is_ready_and_the_same(api: httpx.AsyncClient) -> None:
    first = await api.get("/api/websites", params={"limit": "5", "sort": "newest"})
    second = await api.get("/api/websites", params={"sort": "newest", "limit": "5"})
    assert second.headers.pop("x-request-id") > first.headers.pop("x-request-id")
    assert (second.status_code, second.content, second.headers) == (200, first.content, first.headers)
    assert second.headers["cache-control"] == "private, no-cache"
    told = await answered(api)
    assert (told["miss"], told["hit"]) == (1, 1)


async def test_who_has_an_answer_is_told_so(api: httpx.AsyncClient) -> None:
    etag = (await api.get("/api/websites")).headers["etag"]
    for given in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = await api.get("/api/websites", headers={"if-none-match": given})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert (await api.get("/api/websites", headers={"if-none-match": '"other"'})).status_code == 200


async def test_a_change_is_in_the_next_answer_of_who_made_it(api: httpx.AsyncClient) -> None:
    for number in range(20):
        before = await api.get("/api/websites")
        await add(api, number)
        after = await api.get("/api/websites")
        assert len(after.json()["items"]) == len(before.json()["items"]) + 1
        assert after.headers["etag"] != before.headers["etag"]


async def test_the_mark_of_a_change_may_be_sent_as_a_header(api: httpx.AsyncClient) -> None:
    for number in range(20):
        await api.get("/api/websites")
        added = await add(api, number)
        mark = added.headers["hoistscraper-change"]
        assert added.cookies["hoistscraper-change"] == mark
        api.cookies.clear()
        seen = (await api.get("/api/websites", headers={"hoistscraper-change": mark})).json()
        assert len(seen["items"]) == number + 1


async def test_a_change_by_any_other_program_is_heard(api: httpx.AsyncClient, settings: Settings) -> None:
    website = f"/api/websites/{(await add(api, 1)).json()['id']}"
    api.cookies.clear()

    async def is_named_anew() -> bool:
        return bool((await api.get(website)).json()["name"] == "By hand")

    async with await other_program(settings) as other:
        await other.execute("UPDATE website SET name = 'By hand'")
    await until(is_named_anew)


async def test_a_statement_that_changes_nothing_costs_no_answer(
    api: httpx.AsyncClient, settings: Settings
) -> None:
    await api.get("/api/websites")
    async with await other_program(settings) as other:
        await other.execute("UPDATE website SET name = 'Nobody' WHERE false")
        await other.execute("DELETE FROM website")
        async with other.transaction():
            await other.execute("TRUNCATE opportunity_revision")
            row = await (await other.execute("SELECT pg_current_xact_id()::text")).fetchone()
    assert row

    async def has_heard_of_the_last() -> bool:
        await api.get("/api/websites", headers={"hoistscraper-change": row[0]})
        told = await answered(api)
        return told["hit"] > 0 or told["miss"] > 1

    await until(has_heard_of_the_last)
    assert (await answered(api))["miss"] == 1, "the answer of before was dropped"


async def test_many_who_ask_at_once_wait_for_one_computation(api: httpx.AsyncClient) -> None:
    await add(api, 1)
    before = await until_kept(api)
    api.cookies.clear()
    answers = await asyncio.gather(*(api.get("/api/websites") for _ in range(50)))
    assert len({answer.content for answer in answers}) == 1
    told = {kind: count - before[kind] for kind, count in (await answered(api)).items()}
    assert (told["miss"], told["joined"] + told["hit"]) == (1, 49)


async def until_kept(api: httpx.AsyncClient) -> dict[str, int]:
    """Wait until what the client changed was heard of, so that answers are kept; tell how all were given."""

    async def is_kept() -> bool:
        before = (await answered(api))["hit"]
        await api.get("/api/websites?limit=3")
        return (await answered(api))["hit"] > before

    await until(is_kept)
    return await answered(api)


async def test_what_goes_wrong_is_not_kept(api: httpx.AsyncClient) -> None:
    for _ in range(2):
        assert (await api.get("/api/websites", params={"limit": "0"})).status_code == 422
    together = await asyncio.gather(*(api.get("/api/websites/nothing") for _ in range(5)))
    assert {answer.status_code for answer in together} == {422}
    told = await answered(api)
    assert told["hit"] == 0
    assert "etag" not in together[0].headers


async def test_who_asks_for_a_fresh_answer_gets_one(api: httpx.AsyncClient) -> None:
    first = await api.get("/api/websites")
    fresh = await api.get("/api/websites", headers={"cache-control": "no-cache"})
    assert fresh.headers["etag"] == first.headers["etag"]
    told = await answered(api)
    assert (told["hit"], told["bypass"]) == (0, 1)


@pytest.mark.proves("compression")
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip;q=0.5, br;q=0", "gzip"),
        ("*", "zstd"),
        ("identity", None),
        ("zstd;q=rubbish", None),
    ],
)
async def test_long_answers_are_compressed_as_the_client_likes(
    api: httpx.AsyncClient, accepted: str, encoding: str | None
) -> None:
    for number in range(10):
        await add(api, number)
    plain_answer = await api.get("/api/websites", headers={"accept-encoding": "identity"})
    for _ in range(2):
        async with api.stream("GET", "/api/websites", headers={"accept-encoding": accepted}) as answer:
            body = b"".join([part async for part in answer.aiter_raw()])
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["vary"] == "accept-encoding"
        assert int(answer.headers["content-length"]) == len(body)
        assert (answer.headers["etag"] == plain_answer.headers["etag"]) is (encoding is None)
        assert json.loads(_inflated(body, encoding)) == plain_answer.json()


def _inflated(body: bytes, encoding: str | None) -> bytes:
    match encoding:
        case "zstd":
            return zstd.decompress(body)
        case "br":
            return bytes(brotli.decompress(body))
        case "gzip":
            return gzip.decompress(body)
        case _:
            return body


async def test_short_answers_are_not_compressed(api: httpx.AsyncClient) -> None:
    answer = await api.get("/api/websites", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers


async def test_while_changes_are_not_heard_every_answer_is_computed(settings: Settings) -> None:
    async with opened_api(settings) as api, await other_program(settings) as other:
        await api.get("/api/websites")
        for number in range(3):
            await other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name = 'hoistscraper changes'"
            )
            added = (await add(api, number)).json()
            assert added in (await api.get("/api/websites")).json()["items"]
        api.cookies.clear()
        await until_sure(api)
        before = await answered(api)
        for _ in range(2):
            assert len((await api.get("/api/websites")).json()["items"]) == 3
        after = await answered(api)
        assert (after["miss"] - before["miss"], after["hit"] - before["hit"]) == (1, 1)


async def test_a_listener_that_stands_still_is_not_believed(settings: Settings) -> None:
    async with opened_api(settings) as api, await other_program(settings) as other:
        website = f"/api/websites/{(await add(api, 1)).json()['id']}"
        api.cookies.clear()
        found = await other.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'hoistscraper changes'"
        )
        row = await found.fetchone()
        assert row

        async def is_kept() -> bool:
            await api.get(website)
            return (await answered(api))["hit"] > 0

        await until(is_kept)
        os.kill(row[0], signal.SIGSTOP)
        try:
            await other.execute("UPDATE website SET name = 'Unheard'")

            async def is_named_anew() -> bool:
                return bool((await api.get(website)).json()["name"] == "Unheard")

            await until(is_named_anew)
            assert "hoistscraper_response_cache_sure 0.0" in (await api.get("/metrics")).text
        finally:
            os.kill(row[0], signal.SIGCONT)
        await until_sure(api)


@pytest.mark.parametrize("share", ["off", "0%", "50%", "on"])
async def test_answers_are_the_same_without_what_makes_them_quick(settings: Settings, share: str) -> None:
    switched = settings.model_copy(
        update={"features_response_cache": Share.parse(share), "features_compression": Share.parse(share)}
    )
    async with opened_api(switched) as api:
        added = [(await add(api, number)).json() for number in range(10)]
        before = await until_kept(api) if share == "on" else await answered(api)
        api.cookies.clear()
        for _ in range(2):
            for website in added:
                answer = await api.get(f"/api/websites/{website['id']}", headers={"accept-encoding": "gzip"})
                assert answer.json() == website
        told = await answered(api)
        hits = {"off": range(1), "0%": range(1), "50%": range(1, 10), "on": range(10, 11)}
        assert told["hit"] - before["hit"] in hits[share]
        whole = await api.get("/api/websites", headers={"accept-encoding": "gzip"})
        if share != "50%":
            assert ("content-encoding" in whole.headers) is (share == "on")


def test_queries_that_mean_the_same_have_one_key() -> None:
    assert key_of("/x", b"b=2&a=1&&") == key_of("/x", b"a=1&b=2")
    assert key_of("/x", b"a=1&a=2") != key_of("/x", b"a=2&a=1")


async def test_every_table_that_an_answer_shows_tells_of_its_changes(database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(plain(database_url)) as connection:
        found = await connection.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
            "WHERE tgfoid = 'hoistscraper_tell_change'::regproc GROUP BY 1"
        )
        telling = {row[0]: row[1] for row in await found.fetchall()}
    assert telling == dict.fromkeys({table for tables in CACHEABLE.values() for table in tables}, 4)
