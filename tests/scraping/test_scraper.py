"""One scrape after another of a website that changes."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.errors import Conflict, Unavailable
from hoistscraper.fetching.bounds import PAGE
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping import jobs
from hoistscraper.scraping.job_log import FIRST_PAUSE_SECONDS
from hoistscraper.scraping.job_moves import Claim
from hoistscraper.scraping.report import JobStatus, Journal, Outcome, ScrapeReport
from hoistscraper.scraping.scraper import Scraper, end_job, wish_for
from hoistscraper.settings import Settings
from hoistscraper.websites.store import find_or_add_website
from tests.scraping.conftest import Rows, Scrape
from tests.scraping.rows import count
from tests.sites.calls import CallsWebsite, some_calls


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one page, no more than fifteen rows are read."""
    monkeypatch.setattr("hoistscraper.discovery.tables.MOST_ROWS", 15)
    monkeypatch.setattr("hoistscraper.discovery.records.MOST_ROWS", 15)


async def test_a_first_visit_keeps_every_call_of_every_page(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(45))
    async with website.site() as site:
        report = await scrape(site)
    assert (report.status, report.found, report.new) == (JobStatus.COMPLETED, 45, 45)
    assert report.problems == ()
    kept = await rows()
    assert {row["title"] for row in kept} == {call.title for call in website.calls}
    assert all(row["organisation"] == "Riverside Foundation" and row["is_verified"] for row in kept)
    assert all(row["evidence"]["deadline"]["quote"] for row in kept)  # type: ignore[index]


@pytest.mark.parametrize("count", [21, 22])
async def test_the_last_page_of_a_listing_may_show_one_or_two_calls(
    scrape: Scrape, rows: Rows, count: int
) -> None:
    website = CallsWebsite(some_calls(count))
    async with website.site() as site:
        report = await scrape(site)
        again = await scrape(site)
    assert (report.found, again.unchanged, again.no_longer_listed) == (count, count, 0)
    assert {row["title"] for row in await rows()} == {call.title for call in website.calls}


async def test_a_further_page_that_cannot_be_told_apart_makes_nothing_vanish(
    scrape: Scrape, rows: Rows
) -> None:
    website = CallsWebsite(some_calls(22))
    async with website.site() as site:
        await scrape(site)
        website.rebuilt_page, website.calls[3].deadline = 2, "30 June 2031"
        report = await scrape(site)
    assert (report.found, report.changed, report.no_longer_listed, report.health) == (20, 1, 0, "amber")
    assert "told apart" in str(report.health_reason)
    assert all(row["is_listed"] for row in await rows())


async def test_a_page_of_too_many_calls_is_told_and_makes_nothing_vanish(
    scrape: Scrape, rows: Rows, few_rows: None
) -> None:
    website = CallsWebsite(some_calls(45), page_size=15)
    async with website.site() as site:
        await scrape(site)
        website.page_size = 20
        website.calls[3].deadline = website.calls[23].deadline = website.calls[43].deadline = "30 June 2031"
        report = await scrape(site)
    assert (report.status, report.no_longer_listed, report.health) == (JobStatus.COMPLETED, 0, "amber")
    assert "5 of them were left out" in str(report.health_reason)
    assert any("left out" in problem.text for problem in report.problems)
    assert website.asked.count("/?page=3") == 2
    assert all(row["is_listed"] for row in await rows())


async def test_a_page_larger_than_what_is_read_is_told_and_makes_nothing_vanish(
    scrape: Scrape, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    website = CallsWebsite(some_calls(20))
    async with website.site() as site:
        await scrape(site)
        monkeypatch.setattr("hoistscraper.fetching.bounds._LARGE", 0)
        monkeypatch.setattr("hoistscraper.fetching.bounds.PAGE", replace(PAGE, elements=70))
        website.calls[3].deadline = "30 June 2031"
        report = await scrape(site)
    assert (report.health, report.changed, report.no_longer_listed) == ("amber", 1, 0)
    assert 5 < report.found < 20
    assert "left out" in str(report.health_reason)
    assert any("larger" in problem.text for problem in report.problems)
    assert all(row["is_listed"] for row in await rows())
    assert len(await rows()) == 20


@pytest.mark.proves("conditional_requests")
async def test_what_was_left_out_of_a_page_is_told_as_long_as_the_page_stays_the_same(
    scrape: Scrape, rows: Rows, few_rows: None
) -> None:
    website = CallsWebsite(some_calls(22), page_size=17)
    async with website.site() as site:
        first = await scrape(site)
        again = await scrape(site)
        website.calls = website.calls[:15] + website.calls[17:]
        website.page_size = 15
        after = await scrape(site)
    assert (first.health, first.found) == ("amber", 20)
    assert "2 of them were left out" in str(first.health_reason)
    assert (again.health, again.health_reason) == ("amber", first.health_reason)
    assert (again.new, again.unchanged, again.not_modified) == (0, 20, 2)
    assert any("left out" in problem.text for problem in again.problems)
    assert (after.health, after.found, after.no_longer_listed) == ("green", 20, 0)
    assert len(await rows()) == 20


@pytest.mark.proves("conditional_requests")
async def test_what_was_left_out_is_told_by_the_attempt_after_one_that_lost_the_database(
    database: Database, settings: Settings, few_rows: None
) -> None:
    website = CallsWebsite(some_calls(17))
    own = settings.model_copy(update={"allow_hosts": frozenset({"127.0.0.1"})})
    async with website.site() as site, OneBrowser(own) as browser:
        async with database.transaction() as session:
            watched = await find_or_add_website(session, site.url("/"))
            job_id = (await jobs.open_now(session, wish_for(watched), at=now())).job_id
            await jobs.put_back(session, Claim(job_id, 1), next_attempt_at=None, at=now())

        async def begin(session: AsyncSession) -> Claim:
            return await jobs.begin(session, job_id, at=now())

        async def lose(_session: AsyncSession, _outcome: Outcome, _report: ScrapeReport) -> None:
            raise Unavailable("The database is gone.")

        async def end(session: AsyncSession, _outcome: Outcome, report: ScrapeReport) -> None:
            await end_job(session, Claim(job_id, 3), report)

        with pytest.raises(Unavailable):
            await Scraper(own, database, browser).attempt(watched, begin, lose, journal=Journal())
        async with database.transaction() as session:
            await jobs.put_back(session, Claim(job_id, 2), next_attempt_at=None, at=now())
        report = await Scraper(own, database, browser).attempt(watched, begin, end, journal=Journal())
    assert (report.found, report.not_modified, report.health) == (15, 1, "amber")
    assert "2 of them were left out" in str(report.health_reason)


@pytest.mark.proves("conditional_requests")
async def test_a_second_visit_asks_once_a_listing_page_and_writes_no_opportunity(
    scrape: Scrape, database: Database
) -> None:
    website = CallsWebsite(some_calls(30))
    written: list[str] = []
    async with website.site() as site:
        await scrape(site)
        website.asked.clear()

        @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
        def watch(_c: object, _k: object, statement: str, *_rest: object) -> None:
            if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
                written.append(statement)

        report = await scrape(site)
    assert website.asked == ["/", "/?page=2"]
    assert (report.found, report.new, report.changed, report.unchanged) == (30, 0, 0, 30)
    assert report.not_modified == 2
    assert not [s for s in written if '"opportunity"' in s or "opportunity_revision" in s]


async def test_without_validators_an_unchanged_listing_still_costs_no_detail_pages(scrape: Scrape) -> None:
    website = CallsWebsite(some_calls(5), validators=False)
    async with website.site() as site:
        await scrape(site)
        website.asked.clear()
        report = await scrape(site)
    assert website.asked == ["/"]
    assert report.unchanged == 5


async def test_a_changed_deadline_is_recorded_field_by_field(
    scrape: Scrape, rows: Rows, database: Database
) -> None:
    website = CallsWebsite(some_calls(5))
    async with website.site() as site:
        await scrape(site)
        website.calls[2].deadline = "30 June 2031"
        website.asked.clear()
        report = await scrape(site)
    assert (report.changed, report.unchanged) == (1, 4)
    assert website.details_asked == 1
    async with database.transaction() as session:
        revisions = (await session.execute(text("SELECT field, old, new FROM opportunity_revision"))).all()
    assert [(r.field, r.old["date"], r.new["date"]) for r in revisions] == [
        ("deadline", "2031-03-04", "2031-06-30")
    ]
    assert (
        str(next(r for r in await rows() if r["title"] == website.calls[2].title)["deadline_date"])
        == "2031-06-30"
    )


async def test_a_page_that_fails_costs_its_details_only_and_is_read_next_time(
    scrape: Scrape, rows: Rows
) -> None:
    website = CallsWebsite(some_calls(5))
    website.calls[1].status = 500
    async with website.site() as site:
        report = await scrape(site)
        assert (report.status, report.found, len(report.problems)) == (JobStatus.COMPLETED, 5, 1)
        assert sum(not row["is_verified"] for row in await rows()) == 1
        website.calls[1].status = 200
        website.asked.clear()
        healed = await scrape(site)
    assert website.details_asked == 1
    assert healed.problems == ()
    assert all(row["is_verified"] and row["amount_max"] for row in await rows())


async def test_a_page_that_fails_later_takes_nothing_away(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site:
        await scrape(site)
        before = {row["title"]: row["amount_max"] for row in await rows()}
        for call in website.calls:
            call.status, call.deadline = 500, "30 June 2031"
        report = await scrape(site)
    after = await rows()
    assert report.changed == 3
    assert {row["title"]: row["amount_max"] for row in after} == before
    assert all(str(row["deadline_date"]) == "2031-06-30" for row in after)


async def test_old_pages_are_confirmed_though_the_listing_is_unchanged(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site:
        await scrape(site)
        website.calls[0].amount = 99_000  # the listing does not show it
        website.asked.clear()
        report = await scrape(site, verify_after_hours=0)
    assert website.details_asked == 3
    assert (report.changed, report.unchanged) == (1, 2)
    assert 99_000 in {int(str(row["amount_max"])) for row in await rows()}


async def test_a_call_that_vanished_is_no_longer_listed_and_not_closed(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(5))
    async with website.site() as site:
        await scrape(site)
        gone = website.calls.pop(0)
        report = await scrape(site)
        assert report.no_longer_listed == 1
        row = next(r for r in await rows() if r["title"] == gone.title)
        assert not row["is_listed"]
        assert row["status"] != "closed"
        website.calls.append(gone)
        back = await scrape(site)
    assert (back.new, back.no_longer_listed) == (0, 0)
    assert all(r["is_listed"] for r in await rows())


@pytest.mark.parametrize("failure", ["empty", "error", "second page"])
async def test_nothing_counts_as_gone_when_the_listing_could_not_be_read_whole(
    scrape: Scrape, rows: Rows, failure: str
) -> None:
    website = CallsWebsite(some_calls(30))
    async with website.site() as site:
        await scrape(site)
        match failure:
            case "empty":
                website.listing_body = "<html><body><h1>Maintenance</h1><p>Back soon.</p></body></html>"
            case "error":
                website.listing_status = 503
            case "second page":
                website.calls = website.calls[:20]
                website.page_size = 10
        report = await scrape(site, max_pages=1)
    assert report.no_longer_listed == 0
    assert report.problems
    assert all(row["is_listed"] for row in await rows())


async def test_a_website_that_fails_is_a_failed_job_with_its_reason(
    scrape: Scrape, database: Database
) -> None:
    website = CallsWebsite([], listing_status=403)
    async with website.site() as site:
        report = await scrape(site)
    assert report.status is JobStatus.FAILED
    assert report.error_kind == "forbidden"
    async with database.transaction() as session:
        job = (await session.execute(text("SELECT status, error_message FROM scrape_job"))).one()
    assert (job.status, job.error_message) == ("failed", report.error)


async def test_a_website_is_scraped_by_one_job_at_a_time(scrape: Scrape) -> None:
    website = CallsWebsite(some_calls(20))
    async with website.site() as site:
        first = asyncio.create_task(scrape(site, "/"))
        await website.until_asked(1)
        with pytest.raises(Conflict, match="being scraped"):
            await scrape(site)
        assert (await first).found == 20


async def test_a_scrape_that_is_stopped_keeps_what_it_found(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(60))
    async with website.site() as site:
        task = asyncio.create_task(scrape(site))
        await website.until_asked(40)
        task.cancel()
        report = await task
        assert report.status is JobStatus.CANCELLED
        assert 0 < report.found < 60
        assert len(await rows()) == report.found
        whole = await scrape(site)
    assert whole.found == 60
    assert len(await rows()) == 60


async def test_the_same_call_on_two_websites_is_one_opportunity_with_two_sources(
    scrape: Scrape, database: Database
) -> None:
    first, second = CallsWebsite(some_calls(4)), CallsWebsite(some_calls(4, first=3), name="Portal")
    async with first.site() as one, second.site() as other:
        await scrape(one)
        report = await scrape(other)
    assert report.new == 2
    async with database.transaction() as session:
        assert await count(session, "opportunity") == 6
        assert await count(session, "opportunity_source") == 8


@pytest.mark.proves("batch_writes")
async def test_many_calls_are_written_in_few_statements(scrape: Scrape, database: Database) -> None:
    website = CallsWebsite(some_calls(500), page_size=100)
    written: list[str] = []

    @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def watch(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if re.search(r"\b(INSERT INTO|UPDATE|DELETE FROM)\s", statement.upper()):
            written.append(statement)

    async with website.site() as site:
        report = await scrape(site)
    assert report.found == 500
    # Lines of the log are written now and then while it goes on: how often depends on the machine's load.
    log = [statement for statement in written if "scrape_job_line" in statement]
    assert log
    assert len(written) - len(log) <= 18, "\n".join(statement[:60] for statement in written)
    assert len(log) <= 3 + report.elapsed_seconds / FIRST_PAUSE_SECONDS


async def test_the_page_of_one_call_may_be_a_website_of_its_own(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site:
        report = await scrape(site, "/calls/2")
        again = await scrape(site, "/calls/2")
    assert (report.found, report.new) == (1, 1)
    assert (again.new, again.changed) == (0, 0)
    [row] = await rows()
    assert row["title"] == website.calls[1].title


async def test_a_link_that_leads_to_another_page_gives_no_values(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(3))
    honest = website.detail

    def confused(call: object) -> str:
        return honest(website.calls[1]) if call is website.calls[0] else honest(call)  # type: ignore[arg-type]

    website.detail = confused  # type: ignore[method-assign]
    async with website.site() as site:
        report = await scrape(site)
    assert any("does not mention" in line.text for line in report.problems)
    row = next(r for r in await rows() if r["title"] == website.calls[0].title)
    assert row["amount_max"] is None
    assert row["deadline_date"] is not None


def test_pages_are_confirmed_daily_unless_told_otherwise(settings: object) -> None:
    assert timedelta(hours=settings.verify_after_hours) == timedelta(days=1)  # type: ignore[attr-defined]


async def test_an_attempt_that_was_taken_over_writes_nothing_more(
    settings: Settings, database: Database, rows: Rows
) -> None:
    async def begin(session: AsyncSession) -> Claim:
        claim = await jobs.open_now(session, wish_for(website), at=now())
        return replace(claim, attempt=claim.attempt - 1)

    async def end(*_: object) -> None:
        raise AssertionError("it has no books to close")

    own = settings.model_copy(update={"allow_hosts": frozenset({"127.0.0.1"})})
    async with CallsWebsite(some_calls(5)).site() as site:
        async with database.transaction() as session:
            website = await find_or_add_website(session, site.url())
        with pytest.raises(Conflict, match="taken over"):
            await Scraper(own, database, OneBrowser(own)).attempt(website, begin, end, journal=Journal())
    assert await rows() == []
