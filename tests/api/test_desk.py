"""What each keeps for oneself: marks on opportunities and saved views. Nobody sees those of others."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx
import pytest

from hoistscraper.accounts.roles import Role
from hoistscraper.api.parts import Parts
from hoistscraper.desk import triage, views
from tests.api.people import Person, add_person, add_token, bearer
from tests.api.test_opportunities import CALLS, kept


async def ids_of(api: httpx.AsyncClient | Person) -> list[str]:
    return [each["id"] for each in (await api.get("/api/opportunities?sort=newest")).json()["items"]]


async def marks(api: httpx.AsyncClient | Person, ids: list[str]) -> Mapping[str, str]:
    answer = await api.get("/api/triage", params={"id": ids})
    assert answer.status_code == 200, answer.text
    return {each["opportunity_id"]: each["state"] for each in answer.json()["items"]}


async def marked(api: httpx.AsyncClient | Person, **asked: str) -> dict[str, Any]:
    answer = await api.get("/api/triage/opportunities", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_opportunities_are_starred_ignored_listed_and_let_be(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    await kept(parts, CALLS)
    ids = await ids_of(api)
    assert await marks(api, ids) == {}
    for number, state in enumerate(("starred", "starred", "ignored", "starred")):
        assert (await api.put(f"/api/triage/{ids[number]}", json={"state": state})).status_code == 200
    again = await api.put(f"/api/triage/{ids[1]}", json={"state": "ignored"})
    assert (again.json()["opportunity_id"], again.json()["state"]) == (ids[1], "ignored")
    assert await marks(api, ids) == {
        ids[0]: "starred",
        ids[1]: "ignored",
        ids[2]: "ignored",
        ids[3]: "starred",
    }
    assert await marks(api, ids[3:]) == {ids[3]: "starred"}

    first = await marked(api, limit="1")
    assert [each["opportunity"]["id"] for each in first["items"]] == [ids[3]]
    assert first["items"][0]["opportunity"]["website"] == "https://example.org/grants"
    assert first["total"] == {"count": 2, "is_exact": True}
    second = await marked(api, limit="1", cursor=first["next"])
    assert [each["opportunity"]["id"] for each in second["items"]] == [ids[0]]
    assert second["next"] is None
    # The mark that was put there last comes first.
    assert [each["opportunity"]["id"] for each in (await marked(api, state="ignored"))["items"]] == [
        ids[1],
        ids[2],
    ]
    assert (await api.get("/api/triage/opportunities", params={"state": "x"})).status_code == 422

    for _ in range(2):
        assert (await api.delete(f"/api/triage/{ids[3]}")).status_code == 204
    assert (await marked(api))["total"]["count"] == 1
    missing = await api.put(f"/api/triage/{uuid4()}", json={"state": "starred"})
    assert (missing.status_code, "There is no opportunity" in missing.json()["detail"]) == (404, True)


async def test_views_are_saved_renamed_and_deleted(api: httpx.AsyncClient) -> None:
    assert (await api.get("/api/saved-views")).json() == {"items": []}
    made = await api.post("/api/saved-views", json={"name": " Lighting ", "query": "q=lighting&status=open"})
    assert (made.status_code, made.json()["name"]) == (201, "Lighting")
    other = (await api.post("/api/saved-views", json={"name": "all", "query": ""})).json()
    twice = await api.post("/api/saved-views", json={"name": "Lighting", "query": ""})
    assert (twice.status_code, "already" in twice.json()["detail"]) == (409, True)
    place = f"/api/saved-views/{other['id']}"
    assert (await api.patch(place, json={"name": "Lighting"})).status_code == 409
    assert (await api.patch(place, json={"name": "Roofs"})).json()["query"] == ""
    assert (await api.patch(place, json={"query": "q=roof"})).json()["name"] == "Roofs"
    listed = (await api.get("/api/saved-views")).json()["items"]
    assert [(each["name"], each["query"]) for each in listed] == [
        ("Lighting", "q=lighting&status=open"),
        ("Roofs", "q=roof"),
    ]
    assert (await api.delete(place)).status_code == 204
    assert (await api.delete(place)).status_code == 404
    assert (await api.patch(place, json={"name": "x"})).status_code == 404
    for wrong in (
        {"name": " ", "query": ""},
        {"name": "x", "query": "q" * 5_000},
        {"name": "x\x01", "query": ""},
    ):
        assert (await api.post("/api/saved-views", json=wrong)).status_code == 422


async def test_nobody_has_more_views_than_can_be_shown(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_VIEWS", 1)
    assert (await api.post("/api/saved-views", json={"name": "a", "query": ""})).status_code == 201
    refused = await api.post("/api/saved-views", json={"name": "b", "query": ""})
    assert (refused.status_code, "delete one" in refused.json()["detail"]) == (409, True)


async def test_everybody_has_their_own_and_the_first_administrator_what_was_there_before(
    api: httpx.AsyncClient, parts: Parts
) -> None:
    await kept(parts, CALLS)
    ids = await ids_of(api)
    await api.put(f"/api/triage/{ids[0]}", json={"state": "starred"})
    await api.post("/api/saved-views", json={"name": "Mine", "query": "q=a"})

    ana = Person(api)
    new = {"email": "ana@example.org", "name": "Ana", "password": "a bridge over still water, seen twice"}
    made = await ana.ask("POST", "/api/setup", json=new)
    ana.csrf = made.json()["csrf_token"]
    viewer = await add_person(parts.database, Role.VIEWER, password=None)
    vera = Person(api, bearer(await add_token(parts.database, viewer, Role.VIEWER)))
    assert await marks(ana, ids) == {ids[0]: "starred"}
    assert await marks(vera, ids) == {}

    assert (await vera.ask("PUT", f"/api/triage/{ids[0]}", json={"state": "ignored"})).status_code == 200
    made = await vera.ask("POST", "/api/saved-views", json={"name": "Mine", "query": "q=b"})
    assert made.status_code == 201
    assert (await ana.ask("DELETE", f"/api/saved-views/{made.json()['id']}")).status_code == 404
    assert await marks(ana, ids) == {ids[0]: "starred"}
    assert [each["query"] for each in (await ana.get("/api/saved-views")).json()["items"]] == ["q=a"]
    assert (await marked(vera))["items"] == []
    cursor_of_ana = (await marked(ana, limit="1"))["next"]
    assert cursor_of_ana is None
    # What somebody kept goes with them, and what was marked with it.
    assert (await ana.ask("DELETE", f"/api/users/{viewer}")).status_code == 204
    async with parts.reads.connection() as connection:
        assert await triage.marks_of(connection, viewer, []) == []
        found = await connection.execute("SELECT count(*) FROM triage")
        assert await found.fetchone() == (1,)


async def test_no_list_of_marks_reads_a_whole_table(api: httpx.AsyncClient, parts: Parts) -> None:
    await kept(parts, CALLS)
    user = await add_person(parts.database, Role.VIEWER, password=None)
    async with parts.database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            "INSERT INTO opportunity SELECT (jsonb_populate_record(o, jsonb_build_object('id', "
            "gen_random_uuid()))).* FROM opportunity o, generate_series(1, 1000)"
        )
        await connection.exec_driver_sql(
            "INSERT INTO triage (id, user_id, opportunity_id, state, at) SELECT gen_random_uuid(), who, id, "
            "CASE WHEN random() < 0.5 THEN 'starred' ELSE 'ignored' END, "
            "now() - random() * interval '1 year' "
            f"FROM opportunity, (VALUES (NULL::uuid), ('{user}'::uuid)) AS told (who)"
        )
    async with parts.database.engine.connect() as plain:
        await (await plain.execution_options(isolation_level="AUTOCOMMIT")).exec_driver_sql("ANALYZE triage")
    wanted = {
        "SELECT state FROM triage WHERE {whose} AND opportunity_id = ANY(%s::uuid[])": "ux_",
        "SELECT id FROM triage WHERE {whose} AND state = 'starred' AND %s::uuid[] IS NOT NULL "
        "ORDER BY at DESC, id DESC LIMIT 51": "ix_triage_user_state_at",
    }
    some = [str(uuid4()) for _ in range(50)]
    async with parts.reads.connection() as reading:
        for statement, index in wanted.items():
            for whose in (f"user_id = '{user}'", "user_id IS NULL"):
                explained = await reading.execute(f"EXPLAIN {statement.format(whose=whose)}".encode(), [some])
                plan = "\n".join(str(line) for (line,) in await explained.fetchall())
                assert "Seq Scan" not in plan, plan
                assert index in plan, plan
