"""A scrape finds the same with each optimisation switched off, only slower."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from hoistscraper.database.engine import Database
from hoistscraper.features import OFF, ON, Share
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import CallsWebsite, some_calls


@pytest.mark.parametrize("share", [ON, OFF], ids=str)
async def test_pages_are_asked_for_only_if_they_changed(scrape: Scrape, rows: Rows, share: Share) -> None:
    website = CallsWebsite(some_calls(5))
    async with website.site() as site:
        await scrape(site, features_conditional_requests=share)
        before = await rows()
        report = await scrape(site, features_conditional_requests=share)
    assert report.not_modified == (1 if share is ON else 0)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 5)
    assert await rows() == before


@pytest.mark.parametrize("share", [ON, OFF], ids=str)
async def test_calls_are_written_many_at_a_time(
    scrape: Scrape, rows: Rows, database: Database, share: Share
) -> None:
    website = CallsWebsite(some_calls(5))
    async with website.site() as site:
        with inserting(database, "opportunity") as statements:
            report = await scrape(site, features_batch_writes=share)
        assert len(statements) == (1 if share is ON else 5)
        website.calls[2].deadline = "30 June 2031"
        again = await scrape(site, features_batch_writes=share)
    assert (report.new, again.new, again.changed, again.unchanged) == (5, 0, 1, 4)
    assert {row["title"] for row in await rows()} == {call.title for call in website.calls}
    assert "2031-06-30" in {str(row["deadline_date"]) for row in await rows()}


@contextmanager
def inserting(database: Database, table: str) -> Iterator[list[str]]:
    """Collect the statements that insert into a table."""
    statements: list[str] = []

    def watch(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if statement.startswith(f'INSERT INTO "{table}" '):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", watch)
    try:
        yield statements
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", watch)
