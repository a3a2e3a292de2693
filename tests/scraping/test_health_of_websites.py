"""Websites that break in every way we know: each is seen, told, loses nothing, and recovers by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.scraping.report import JobStatus
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import Call, CallsWebsite, some_calls

PAGE = "<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body></html>"
BLOCKED = {
    "captcha": PAGE.format(
        title="Just a moment...",
        body="<h1>example</h1><p>Verify you are human by completing the action below.",
    ),
    "denied": PAGE.format(
        title="Access Denied",
        body="<h1>Access Denied</h1><p>You don't have permission to access this page on this server.",
    ),
    "rejected": PAGE.format(
        title="Request Rejected",
        body="The requested URL was rejected. Please consult with your administrator.<br>Your support ID: 9",
    ),
    "traffic": PAGE.format(
        title="Sorry", body="<p>Our systems have detected unusual traffic from your computer network."
    ),
}
LOG_IN = PAGE.format(
    title="Log in | Riverside Foundation",
    body="<h1>Log in</h1><form action='/in' method=post><label>Name <input name=user></label>"
    "<label>Password <input name=password type=password></label><button>Log in</button></form>",
)


@pytest.fixture
async def website(database: Database) -> CallsWebsite:
    return CallsWebsite(some_calls(40), page_size=40)


async def health(database: Database) -> tuple[str, str | None, str | None]:
    async with database.transaction() as session:
        row = (await session.execute(text("SELECT health, health_reason, health_advice FROM website"))).one()
    return row.health, row.health_reason, row.health_advice


async def last_job(database: Database) -> dict[str, object]:
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT * FROM scrape_job ORDER BY started_at DESC LIMIT 1"))
        return dict(rows.mappings().one())


async def age_everything(database: Database, *, days: int) -> None:
    """Let days pass."""
    async with database.transaction() as session:
        for statement in (
            "UPDATE scrape_job SET started_at = started_at - :age, finished_at = finished_at - :age",
            "UPDATE website SET envelope_since = envelope_since - :age, health_since = health_since - :age",
        ):
            await session.execute(text(statement), {"age": timedelta(days=days)})


async def test_good_visits_are_green(scrape: Scrape, database: Database, website: CallsWebsite) -> None:
    async with website.site() as site:
        report = await scrape(site)
        assert (report.health, report.health_reason) == ("green", None)
        website.calls += some_calls(3, first=100)
        website.calls.pop(0)
        assert (await scrape(site)).health == "green"
    assert await health(database) == ("green", None, None)


@pytest.mark.parametrize("kind", BLOCKED)
async def test_a_blocked_page_is_red_at_once_and_loses_nothing(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite, kind: str
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        website.listing_body = BLOCKED[kind]
        report = await scrape(site)
        assert (report.status, report.error_kind) == (JobStatus.FAILED, "blocked-page")
        assert await rows() == before
        state, reason, advice = await health(database)
        assert state == "red"
        assert "instead of showing its page" in str(reason)
        assert "last good values stay" in str(reason)
        assert "browser" in str(advice)
        website.listing_body = None
        assert (await scrape(site)).health == "green"
    assert await rows() == before


async def test_a_log_out_is_red_and_no_log_in_page_is_read_as_a_call(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        website.listing_body = LOG_IN
        report = await scrape(site)
        assert report.error_kind == "logged-out"
        state, reason, advice = await health(database)
        assert (state, await rows()) == ("red", before)
        assert "logged out" in str(reason)
        assert "log-in" in str(advice)
        website.listing_body = None
        assert (await scrape(site)).health == "green"


async def test_log_in_forms_behind_a_listing_cost_no_value_and_are_asked_again(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    honest = website.detail
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        website.detail = lambda call: LOG_IN  # type: ignore[method-assign]
        report = await scrape(site, verify_after_hours=0)
        assert (report.found, report.no_longer_listed) == (40, 0)
        state, reason, advice = await health(database)
        assert state == "red"
        assert "Most pages behind the calls are not shown." in str(reason)
        assert "we are logged out" in str(reason)
        assert "log-in" in str(advice)
        assert without_sightings(await rows()) == without_sightings(before)
        website.detail = honest  # type: ignore[method-assign]
        website.asked.clear()
        assert (await scrape(site)).health == "green"
        assert website.details_asked == 40
    assert await rows() == before


async def test_an_empty_listing_is_red_and_everything_stays_listed(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        calls, website.calls = website.calls, []
        for _ in range(2):
            report = await scrape(site)
            assert (report.status, report.found, report.no_longer_listed) == (JobStatus.COMPLETED, 0, 0)
            state, reason, advice = await health(database)
            assert state == "red"
            assert "No call was found where about 40 are usual." in str(reason)
            assert "browser" in str(advice)
            assert await rows() == before
        website.calls = calls
        assert (await scrape(site)).health == "green"
    assert await rows() == before


@pytest.mark.parametrize("page_size", [40, 20])  # the rows are gone, or the link to the next page is
async def test_a_listing_cut_in_half_is_amber_and_everything_stays_listed(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite, page_size: int
) -> None:
    website.page_size = page_size
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        calls, website.calls = website.calls, website.calls[:20]
        for _ in range(2):  # the second time the server says "not modified"
            report = await scrape(site)
            assert report.no_longer_listed == 0
            state, reason, advice = await health(database)
            assert state == "amber"
            assert "20 of 40 calls that are still open are not listed any more" in str(reason)
            assert "no longer listed" in str(advice)
            assert await rows() == before
        assert (await last_job(database))["is_held"] is True
        website.calls = calls
        assert (await scrape(site)).health == "green"
    assert await rows() == before


async def test_new_calls_of_a_held_visit_are_kept(scrape: Scrape, rows: Rows, website: CallsWebsite) -> None:
    async with website.site() as site:
        await scrape(site)
        website.calls = website.calls[:20] + some_calls(2, first=100)
        report = await scrape(site)
    assert (report.health, report.new) == ("amber", 2)
    assert len(await rows()) == 42
    assert all(row["is_listed"] for row in await rows())


async def test_calls_past_their_deadline_may_vanish_by_the_dozen(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(40), page_size=40)
    yesterday = now() - timedelta(days=2)
    async with website.site() as site:
        for call in website.calls[20:]:
            call.deadline = f"{yesterday.day} {yesterday:%B %Y}"
        await scrape(site)
        website.calls = website.calls[:20]
        report = await scrape(site)
    assert (report.health, report.no_longer_listed) == ("green", 20)
    assert sum(row["is_listed"] is True for row in await rows()) == 20


async def test_a_listing_that_stays_halved_for_days_is_taken_as_it_is(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        for _ in range(3):
            await scrape(site)
            await age_everything(database, days=1)
        website.calls = website.calls[:20]
        for _ in range(3):
            report = await scrape(site)
            assert (report.health, report.no_longer_listed) == ("amber", 0)
            await age_everything(database, days=1)
        settled = await scrape(site)
        assert (settled.health, settled.no_longer_listed) == ("green", 20)
        assert (await scrape(site)).health == "green"
    assert "closed" not in {row["status"] for row in await rows()}  # not listed is not closed


async def test_a_website_that_is_odd_for_a_hundred_visits_is_never_believed_for_it(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        calls, website.calls = website.calls, []
        await scrape(site)
        async with database.transaction() as session:
            await session.execute(text("CREATE TEMP TABLE odd AS SELECT * FROM scrape_job WHERE is_held"))
            for _ in range(100):
                await session.execute(
                    text("UPDATE odd SET id = gen_random_uuid(), started_at = started_at + interval '1 hour'")
                )
                await session.execute(text("INSERT INTO scrape_job SELECT * FROM odd"))
        await age_everything(database, days=5)
        website.calls = calls[:10]
        report = await scrape(site)
        assert (report.health, report.no_longer_listed) == ("amber", 0)
        assert await rows() == before
        website.calls = []
        assert (await scrape(site)).health == "red"
        website.calls = calls
        assert (await scrape(site)).health == "green"


async def test_a_changed_layout_is_red_and_values_are_held_with_the_job(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    honest = website.detail
    async with website.site() as site:
        await scrape(site)
        before = await rows()

        def rebuilt(call: Call) -> str:
            return PAGE.format(title=call.title, body=f"<h1>{call.title}</h1><div>{call.amount}</div>")

        website.detail = rebuilt  # type: ignore[method-assign]
        for _ in range(2):
            report = await scrape(site, verify_after_hours=0)
            assert (report.held, report.changed) == (40, 0)
            state, reason, advice = await health(database)
            assert state == "red"
            assert "values of 40 known calls could not be read any more" in str(reason)
            assert "inspect" in str(advice)
            assert without_sightings(await rows()) == without_sightings(before)
        job = await last_job(database)
        held = job["held"]
        assert isinstance(held, list)
        assert held[0]["fields"]["organisation"]["old"] == "Riverside Foundation"
        website.detail = honest  # type: ignore[method-assign]
        healed = await scrape(site, verify_after_hours=0)
        assert (healed.health, healed.held, healed.changed) == ("green", 0, 0)
    assert await rows() == before


async def test_a_listing_rebuilt_beyond_reading_is_red(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        website.listing_body = PAGE.format(
            title="Our new website", body=f"<h1>Welcome</h1><p>{'We are glad that you are here. ' * 90}</p>"
        )
        await scrape(site)
        state, reason, _ = await health(database)
        assert (state, await rows()) == ("red", before)
        assert "No call was found" in str(reason)


async def test_addresses_that_all_change_lose_and_double_nothing(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        for call in website.calls:
            call.number += 1_000
            call.title = f"{call.title} (moved)"
        report = await scrape(site)
    assert (report.new, report.no_longer_listed) == (40, 0)
    assert (await health(database))[0] == "amber"
    assert all(row["is_listed"] for row in await rows())


@pytest.mark.parametrize("failure", ["error", "captcha", "log-in"])
async def test_a_later_listing_page_that_fails_is_amber_and_its_calls_stay_listed(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite, failure: str
) -> None:
    website.page_size, honest = 10, website.listing
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        broken = {"error": "", "captcha": BLOCKED["captcha"], "log-in": LOG_IN}[failure]
        website.listing = lambda page: broken if page == 3 else honest(page)  # type: ignore[method-assign]
        report = await scrape(site)
        assert (report.status, report.no_longer_listed) == (JobStatus.COMPLETED, 0)
        state, reason, advice = await health(database)
        assert (state, await rows()) == ("amber", before)
        assert "Only a part of the listing could be read." in str(reason)
        assert "no longer listed" in str(advice)
        website.listing = honest  # type: ignore[method-assign]
        assert (await scrape(site)).health == "green"
    assert await rows() == before


async def test_a_template_that_says_closed_closes_nothing(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    honest = website.detail
    async with website.site() as site:
        await scrape(site)
        website.detail = lambda call: honest(call).replace(  # type: ignore[method-assign]
            "<dt>Deadline", "<dt>Status</dt><dd>Closed</dd><dt>Deadline"
        )
        report = await scrape(site, verify_after_hours=0)
        assert report.held == 40
        assert "closed" not in {row["status"] for row in await rows()}
        state, reason, _ = await health(database)
    assert state == "red"
    assert "40 of 40 calls read as closed before their deadline" in str(reason)


async def test_one_call_that_is_rewritten_is_written(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        website.calls[0].deadline = "30 June 2031"
        report = await scrape(site)
    assert (report.changed, report.held, report.health) == (1, 0, "green")
    assert "2031-06-30" in {str(row["deadline_date"]) for row in await rows()}


async def test_a_site_down_for_three_visits_turns_amber_then_red_then_green(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        website.listing_status = 503
        states = []
        for _ in range(4):
            assert (await scrape(site)).status is JobStatus.FAILED
            states.append((await health(database))[0])
        assert states == ["amber", "amber", "red", "red"]
        _, reason, advice = await health(database)
        assert "It failed 4 times in a row. The last good values stay." in str(reason)
        assert "moved" in str(advice)
        assert await rows() == before
        website.listing_status = 200
        assert (await scrape(site)).health == "green"
    assert await health(database) == ("green", None, None)
    assert await rows() == before


async def test_a_site_whose_address_answers_no_more_is_told(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
    with site.nobody_there():
        for _ in range(3):
            await scrape(site)
    state, reason, _ = await health(database)
    assert (state, await rows()) == ("red", before)
    assert "refuses connections" in str(reason)


async def test_maintenance_is_amber_and_passes(
    scrape: Scrape, rows: Rows, database: Database, website: CallsWebsite
) -> None:
    async with website.site() as site:
        await scrape(site)
        before = await rows()
        website.listing_body = PAGE.format(title="Wartung", body="<h1>Wartungsarbeiten</h1><p>Bis gleich.")
        assert (await scrape(site)).error_kind == "maintenance"
        assert ((await health(database))[0], await rows()) == ("amber", before)
        website.listing_body = None
        assert (await scrape(site)).health == "green"


async def test_a_website_with_one_call_may_lose_it(scrape: Scrape, rows: Rows) -> None:
    website = CallsWebsite(some_calls(3))
    async with website.site() as site:
        await scrape(site)
        website.calls.pop()
        report = await scrape(site)
    assert (report.health, report.no_longer_listed) == ("green", 1)
    assert len(await rows()) == 3


def without_sightings(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out what tells only whether a page was confirmed."""
    return [{name: value for name, value in row.items() if name != "is_verified"} for row in rows]
