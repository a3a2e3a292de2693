"""One question to a model, from the visit that left it to what is kept, counted or given up."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web
from sqlalchemy import text

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.errors import Unavailable
from hoistscraper.features import OFF
from hoistscraper.language_model import store
from hoistscraper.language_model.circuit import Circuit, opened
from hoistscraper.language_model.errors import Overloaded, Unreachable
from hoistscraper.language_model.server import server_in
from hoistscraper.queue.consulting import feed_questions
from hoistscraper.scraping.consulting import MOST_ATTEMPTS, Consultant
from hoistscraper.settings import Settings
from tests.language_model.pages import ROOF, Roofs
from tests.language_model.scripted import Put, ScriptedModel, nothing, scripted, well_read
from tests.scraping.conftest import Scrape
from tests.scraping.rows import count
from tests.sites.answers import body
from tests.sites.server import Site

NAMED = {"language_model_url": "http://127.0.0.1:9/v1", "language_model_name": "scripted"}


async def ask_all(settings: Settings, database: Database) -> None:
    """Ask everything that waits, as a worker would when it is its turn."""
    async with database.transaction() as session:
        sources = list(await session.scalars(text("SELECT source_id FROM model_question")))
    for source in sources:
        await Consultant(settings, database).answer(source)


async def told(database: Database, statement: str) -> object:
    """Return one value of the database."""
    async with database.transaction() as session:
        return await session.scalar(text(statement))


async def waiting(database: Database) -> int:
    """Return how many questions wait."""
    async with database.transaction() as session:
        return await count(session, "model_question")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"ollama_host": "127.0.0.1:9"},  # a server, but no model
        {**NAMED, "features_language_model": OFF},
        {**NAMED, "snapshot_days": 0},  # nothing to ask about would be there
    ],
)
async def test_nothing_is_asked_where_none_is_wanted(
    scrape: Scrape, database: Database, changes: dict[str, object]
) -> None:
    async with Roofs().site() as site:
        await scrape(site, **changes)
    assert await waiting(database) == 0


@pytest.mark.proves("language_model")
async def test_calls_of_a_listing_are_asked_about_by_their_own_pages(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    row = "<tr><td><a href='/{n}'>Roof Grants {n} for Museums</a></td><td>Deadline: see page</td></tr>"
    numbers = range(1, 5)
    rows = "".join(row.format(n=number) for number in numbers)
    listing = f"<main><h1>Open calls</h1><table>{rows}</table></main>"
    pages = {
        f"/{n}": body(ROOF.replace("Roof Grants 2027", f"Roof Grants {n} for Museums")) for n in range(1, 5)
    }
    async with scripted(well_read) as model, Site({"/": body(listing), **pages}) as site:
        await scrape(site, **NAMED)
        assert await waiting(database) == 4
        await ask_all(model.settings(settings), database)
    assert await told(database, "SELECT count(*) FROM opportunity WHERE deadline_date = '2027-03-15'") == 4


async def test_nothing_is_asked_about_calls_that_have_closed(scrape: Scrape, database: Database) -> None:
    closed = ROOF.replace("<p>Deadline</p>", "<p>Deadline: 3 March 2019</p>")
    async with Roofs(closed).site() as site:
        await scrape(site, **NAMED)
    assert await waiting(database) == 0


@pytest.mark.proves("language_model")
async def test_an_answer_to_a_page_that_changed_meanwhile_is_not_kept(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    roofs = Roofs()
    async with scripted(well_read) as model, roofs.site() as site:
        own = model.settings(settings)
        await scrape(site, **NAMED)
        model.delay_seconds = 0.3
        asking = asyncio.create_task(ask_all(own, database))
        await model.is_asked.wait()
        roofs.html = ROOF.replace("15 March", "16 March")
        await scrape(site, **NAMED)
        await asking
    assert await told(database, "SELECT deadline_date FROM opportunity") is None
    assert await waiting(database) == 1  # the question about the page as it is now


@pytest.mark.proves("language_model")
async def test_where_the_call_is_listed_and_when_it_was_seen_stays_as_it_is(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    seen = "SELECT (last_seen_at, verified_at, no_longer_listed_at)::text FROM opportunity_source"
    async with scripted(well_read) as model, Roofs().site() as site:
        await scrape(site, **NAMED)
        async with database.transaction() as session:
            await session.execute(text("UPDATE opportunity_source SET no_longer_listed_at = now()"))
        before = await told(database, seen)
        await ask_all(model.settings(settings), database)
    assert await told(database, seen) == before
    assert str(await told(database, "SELECT deadline_date FROM opportunity")) == "2027-03-15"


@pytest.mark.parametrize(
    ("limit", "calls"),
    [
        ({"language_model_daily_calls": 2}, 2),
        ({"language_model_website_calls": 1}, 1),
        ({"language_model_daily_tokens": 150}, 2),  # 100 tokens a call; what goes beyond is the next one's
        ({"language_model_website_tokens": 100}, 1),
    ],
)
@pytest.mark.proves("language_model")
async def test_budgets_hold_and_what_was_proven_until_then_is_kept(
    scrape: Scrape, settings: Settings, database: Database, limit: dict[str, int], calls: int
) -> None:
    async with scripted(well_read) as model, Roofs().site() as site:
        own = model.settings(settings.model_copy(update=limit))
        await scrape(site, **NAMED)
        await ask_all(own, database)
        assert len(model.questions) == calls
        await ask_all(own, database)
        assert len(model.questions) == calls
        async with database.transaction() as session:
            assert await feed_questions(session, own, at=now()) == 0
    assert str(await told(database, "SELECT deadline_date FROM opportunity")) == "2027-03-15"
    assert await told(database, "SELECT not_before > now() FROM model_question") is True
    assert await told(database, "SELECT attempts FROM model_question") == 0


@pytest.mark.proves("language_model")
async def test_two_workers_share_one_budget(scrape: Scrape, settings: Settings, database: Database) -> None:
    async with scripted(nothing) as model:
        model.delay_seconds = 0.2
        own = model.settings(settings, language_model_daily_calls=3)
        for number in range(4):
            async with Roofs(ROOF.replace("Roof Grants", f"Roof Grants {number}")).site() as site:
                await scrape(site, **NAMED)
        async with database.transaction() as session:
            sources = list(await session.scalars(text("SELECT source_id FROM model_question")))
        await asyncio.gather(*(Consultant(own, database).answer(source) for source in sources))
        assert len(sources) == 4
        assert len(model.questions) == 3


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("I am afraid I cannot do that.", "unusable"),
        ('{"deadline": "15 March 2027"}', "answered"),
        ('{"deadline": {"line": 4, "quote": "15 Mar', "unusable"),
        ("", "unusable"),
    ],
)
@pytest.mark.proves("language_model")
async def test_nonsense_is_noted_kept_and_not_asked_for_again(
    scrape: Scrape, settings: Settings, database: Database, said: str, outcome: str
) -> None:
    async with scripted(lambda _: said) as model, Roofs().site() as site:
        own = model.settings(settings)
        await scrape(site, **NAMED)
        await ask_all(own, database)
        asked = len(model.questions)
        assert await told(database, "SELECT string_agg(DISTINCT outcome, ',') FROM model_call") == outcome
        assert await waiting(database) == 0
        async with database.transaction() as session:
            await session.execute(text("UPDATE page SET reader = 'older', content_hash = ''"))
        await scrape(site, **NAMED)
        await ask_all(own, database)
        assert len(model.questions) == asked
    kept = "SELECT count(*) FROM model_call WHERE outcome = 'kept-answer'"
    assert await told(database, kept) == asked
    assert await told(database, "SELECT deadline_date FROM opportunity") is None


async def test_another_model_is_asked_anew(scrape: Scrape, settings: Settings, database: Database) -> None:
    async with scripted(nothing) as model, Roofs().site() as site:
        for name in ("small", "large"):
            await scrape(site, **NAMED)
            await ask_all(model.settings(settings, language_model_name=name), database)
            async with database.transaction() as session:
                await session.execute(text("UPDATE page SET content_hash = ''"))
        asked = [put.body["model"] for put in model.questions]
    assert asked == ["small"] * (len(asked) // 2) + ["large"] * (len(asked) // 2)


@pytest.mark.proves("language_model")
async def test_a_server_that_fails_is_left_alone_looked_at_and_taken_up_again(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    failing = True

    def script(put: Put) -> web.Response | dict[str, object]:
        return web.Response(status=500) if failing else dict(well_read(put))

    async with scripted(script) as model, Roofs().site() as site:
        own = model.settings(settings)
        await scrape(site, **NAMED)
        await ask_all(own, database)
        assert len(model.questions) == 1
        async with database.transaction() as session:
            assert await feed_questions(session, own, at=now()) == 0
            later = now() + timedelta(minutes=5)
            assert await feed_questions(session, own, at=later) == 1
            await session.execute(text("DELETE FROM procrastinate_jobs"))
        failing = False
        await ask_all(own, database)
    assert str(await told(database, "SELECT deadline_date FROM opportunity")) == "2027-03-15"
    assert await told(database, "SELECT count(*) FROM model_circuit") == 0


@pytest.mark.proves("language_model")
async def test_no_question_is_spent_on_a_server_that_is_still_away(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    gone = ScriptedModel(nothing, port=9).settings(settings)
    async with Roofs().site() as site:
        await scrape(site, **NAMED)
    for failures in (1, 2, 3):
        await ask_all(gone, database)
        assert await told(database, "SELECT failures FROM model_circuit") == failures
    assert await told(database, "SELECT count(*) FROM model_call") == 1
    assert await told(database, "SELECT attempts FROM model_question") == 0


@pytest.mark.proves("language_model")
async def test_a_page_that_a_model_stumbles_over_is_given_up_and_the_log_says_so(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    async with scripted(lambda _: web.Response(status=500)) as model, Roofs().site() as site:
        await scrape(site, **NAMED)
        for _ in range(MOST_ATTEMPTS + 1):
            await ask_all(model.settings(settings), database)
        assert len(model.questions) == MOST_ATTEMPTS
    assert await waiting(database) == 0
    given_up = "SELECT count(*) FROM scrape_job_line WHERE text LIKE '%it is not asked again%'"
    assert await told(database, given_up) == 1


@pytest.mark.proves("language_model")
async def test_a_website_that_is_removed_takes_its_questions_along(
    scrape: Scrape, settings: Settings, database: Database
) -> None:
    async with Roofs().site() as site:
        await scrape(site, **NAMED)
    async with database.transaction() as session:
        source = (await session.scalars(text("SELECT source_id FROM model_question"))).one()
        await session.execute(text("DELETE FROM website"))
    assert await waiting(database) == 0
    await Consultant(ScriptedModel(nothing, port=9).settings(settings), database).answer(source)


async def test_what_is_old_is_forgotten(database: Database) -> None:
    async with database.transaction() as session:
        for days in (0, 40):
            at = now() - timedelta(days=days)
            await store.note_call(
                session, site="x", model="m", fields=["deadline"], outcome="answered", tokens=1, at=at
            )
            await store.keep_answer(session, f"key {days}", {}, at=at)
        await store.forget_old(session, at=now(), log_days=30, answer_days=30)
        assert await count(session, "model_call") == 1
        assert await count(session, "model_answer") == 1


def test_a_server_is_left_alone_longer_each_time_and_believed_when_it_says_how_long() -> None:
    at = now()
    circuit: Circuit | None = None
    waits = []
    for _ in range(12):
        circuit = opened(circuit, Unreachable("gone"), at=at)
        waits.append((circuit.retry_at - at).total_seconds())
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == 3600
    said = opened(None, Overloaded("busy", retry_after_seconds=777), at=at)
    assert (said.retry_at - at).total_seconds() == 777
    assert isinstance(Unreachable("gone"), Unavailable)
    assert server_in(Settings()) is None
