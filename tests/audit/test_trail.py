"""The audit trail: written with the change or not at all, and then for good."""

import pytest
from sqlalchemy import text

from hoistscraper.accounts.actor import SYSTEM
from hoistscraper.audit.actions import Action
from hoistscraper.audit.listing import AuditFilter, all_entries
from hoistscraper.audit.trail import Thing, Trail, differences
from hoistscraper.database.engine import Database
from hoistscraper.database.reads import opened_reads
from hoistscraper.errors import Refused
from hoistscraper.settings import Settings

TRAIL = Trail(SYSTEM, origin="192.0.2.7")


async def entries(settings: Settings, database: Database, **wanted: str) -> list[dict[str, object]]:
    async with opened_reads(database.url, settings) as reads:
        return [entry async for entry in all_entries(reads, AuditFilter(**wanted))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'somebody else'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "MERGE INTO audit_entry USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
        "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (id) DO UPDATE SET actor_name = 'x'",
    ],
)
async def test_the_database_refuses_to_change_it(
    settings: Settings, database: Database, statement: str
) -> None:
    async with database.transaction() as session:
        await TRAIL.record(session, Action.WEBSITE_ADD, Thing("website", label="https://example.org/"))
    with pytest.raises(Refused) as refused:
        async with database.transaction() as session:
            await session.execute(text(statement))
    assert "append-only" in str(refused.value.__context__)
    [kept] = await entries(settings, database)
    assert (kept["actor_name"], kept["origin"]) == ("HoistScraper", "192.0.2.7")


@pytest.mark.parametrize(("count", "label"), [(0, "0 websites"), (1, "1 website"), (2, "2 websites")])
async def test_several_things_are_counted_in_words(
    settings: Settings, database: Database, count: int, label: str
) -> None:
    async with database.transaction() as session:
        await TRAIL.record(session, Action.JOB_ASK, Thing.several("websites", count, "website"))
    [kept] = await entries(settings, database)
    assert (kept["thing_kind"], kept["thing_label"]) == ("websites", label)


async def add_and_fail(database: Database) -> None:
    async with database.transaction() as session:
        await TRAIL.record(session, Action.WEBSITE_ADD)
        raise RuntimeError


async def test_what_was_not_committed_was_not_done(settings: Settings, database: Database) -> None:
    with pytest.raises(RuntimeError):
        await add_and_fail(database)
    assert await entries(settings, database) == []


async def test_secrets_control_characters_and_endless_texts_do_not_get_in(
    settings: Settings, database: Database
) -> None:
    said = {
        "password": "hunter2",
        "nested": {"api_key": "hunter2", "note": "Authorization: Bearer hunter2hunter2"},
        "url": "https://me:hunter2@example.org/?token=hunter2",
        "long": "x" * 10_000,
        "many": list(range(1_000)),
        "zero": "a\x00b",
        "has_password": True,
    }
    async with database.transaction() as session:
        await TRAIL.record(session, Action.USER_CHANGE, Thing("user", "7", "Ada\r\n\x1b[2JEve\u202e"), said)
    [kept] = await entries(settings, database)
    assert "hunter2" not in str(kept)
    assert kept["thing_label"] == "Ada\\r\\n\\x1b[2JEve\\u202e"
    changes = kept["changes"]
    assert isinstance(changes, dict)
    assert (len(changes["long"]), len(changes["many"]), changes["zero"]) == (501, 101, "ab")
    assert changes["has_password"] is True


async def test_entries_are_found_by_words_thing_and_actor(settings: Settings, database: Database) -> None:
    async with database.transaction() as session:
        for name in ("Straßenlicht", "Brücken"):
            thing = Thing("website", name, f"https://example.org/{name}")
            await TRAIL.record(session, Action.WEBSITE_CHANGE, thing, differences({"a": 1}, {"a": name}))
    assert [e["thing_id"] for e in await entries(settings, database, words="bruck change")] == ["Brücken"]
    assert len(await entries(settings, database, thing_kind="website", thing_id="Brücken")) == 1
    assert len(await entries(settings, database, actor_name="nobody")) == 0
    assert [e["thing_id"] for e in await entries(settings, database)] == ["Brücken", "Straßenlicht"]


def test_only_what_differs_is_told() -> None:
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": {"from": 2, "to": 3}}
