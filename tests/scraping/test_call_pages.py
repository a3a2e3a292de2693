"""What pages of calls state, over visits to a real website: learned, missed, learned anew, refused."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from hoistscraper.database.engine import Database
from hoistscraper.features import OFF
from hoistscraper.scraping import recipe_store
from hoistscraper.scraping.model import RecipeRecord
from hoistscraper.scraping.report import ScrapeReport
from hoistscraper.websites import store as websites
from tests.scraping.conftest import Rows, Scrape
from tests.sites.calls import Call, CallsWebsite, some_calls
from tests.sites.server import Site

pytestmark = pytest.mark.proves("recipes")

AS_TABLE = (
    "<!doctype html><html lang=en><head><title>{title}</title></head><body><main><h1>{title}</h1>"
    "<p>The {organisation} invites proposals for work in its region.</p><table>"
    "<tr><th>Offered by</th><td>{organisation}</td></tr><tr><th>Reference number</th><td>{reference}</td>"
    "</tr><tr><th>Apply by</th><td>{deadline}</td></tr><tr><th>Grant amount</th><td>EUR {amount:,}</td></tr>"
    "</table><h2>Who can apply</h2><p>Registered charities and public bodies may apply.</p></main></html>"
)


class BareListing(CallsWebsite):
    """Its listing says nothing of when its calls close; ``template`` makes their pages."""

    template: Callable[[Call], str] | None = None

    def listing(self, page: int) -> str:
        listing = super().listing(page).replace("<th>Closing date</th>", "")
        for call in self.calls:
            listing = listing.replace(f"<td>{call.deadline}</td>", "")
        return listing

    def detail(self, call: Call) -> str:
        return self.template(call) if self.template else super().detail(call)


def rebuilt(call: Call, **changed: str) -> str:
    told = {
        "title": call.title,
        "organisation": call.organisation,
        "reference": call.reference,
        "deadline": call.deadline,
    }
    return AS_TABLE.format(**{**told, **changed}, amount=call.amount)


def without_deadline(website: CallsWebsite, *numbers: int) -> Callable[[Call], str]:
    def detail(call: Call) -> str:
        page = CallsWebsite.detail(website, call)
        lost = f"<dt>Deadline</dt><dd>{call.deadline}</dd>"
        return page.replace(lost, "") if call.number in numbers else page

    return detail


def deadlines(rows: list[dict[str, object]]) -> dict[str, str]:
    return {str(row["title"]): str(row["deadline_date"]) for row in rows}


async def record_of(database: Database, site: Site) -> RecipeRecord:
    async with database.transaction() as session:
        website = await websites.find_website(session, site.url("/"))
        assert website is not None
        record = await recipe_store.read_record(session, website.id)
    assert record is not None
    return record


async def days_pass(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "UPDATE recipe SET call_pages = replace(CAST(call_pages AS text), "
                "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '2026-01-01')::jsonb"
            )
        )


async def test_it_is_learned_which_fields_pages_of_calls_state_and_where(
    scrape: Scrape, database: Database
) -> None:
    async with BareListing(some_calls(6)).site() as site:
        await scrape(site)
        record = await record_of(database, site)
    learned = record.call_pages["kinds"]["page"]
    assert learned["pages"] == 6
    assert learned["fields"]["deadline"] == [["label:dl", "deadline", 6]]
    assert learned["fields"]["reference_number"] == [["label:dl", "reference number", 6]]


async def test_a_page_without_the_deadline_that_all_others_have_is_told_until_it_has_one(
    scrape: Scrape, rows: Rows
) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        assert (await scrape(site)).health == "green"
        website.calls += some_calls(1, first=50)
        website.template = without_deadline(website, 50)
        told = await scrape(site)
        again = await scrape(site)
        website.template = without_deadline(website)
        mended = await scrape(site, verify_after_hours=0)
    assert (told.new, told.health, told.held) == (1, "amber", 0)
    assert str(told.health_reason).startswith("There is no deadline on the pages of 1 call, where nearly all")
    assert "website accept" in str(told.health_advice)
    lines = [line for line in told.problems if "This page states no deadline" in line.text]
    assert [line.url for line in lines] == [site.url("/calls/50")]
    assert (again.health, again.health_reason) == ("amber", told.health_reason)
    assert (mended.health, mended.changed) == ("green", 1)
    assert "None" not in deadlines(await rows()).values()


async def test_a_page_that_stays_without_its_deadline_for_days_is_taken_as_it_is(
    scrape: Scrape, database: Database
) -> None:
    website = BareListing(some_calls(30))
    website.template = without_deadline(website)
    async with website.site() as site:
        await scrape(site)
        website.template = without_deadline(website, 3)
        assert (await scrape(site, verify_after_hours=0)).health == "amber"
        await days_pass(database)
        assert (await scrape(site)).health == "green"
        website.calls[2].amount += 1  # it is read once more
        assert (await scrape(site, verify_after_hours=0)).health == "green"


async def test_rebuilt_pages_of_which_one_reads_otherwise_are_not_learned_and_stay_doubted(
    scrape: Scrape, rows: Rows, database: Database
) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        await scrape(site)
        before = deadlines(await rows())
        website.template = rebuilt
        website.calls[0].deadline = "30 June 2031"
        report = await scrape(site, verify_after_hours=0)
        record = await record_of(database, site)
        after = await scrape(site, verify_after_hours=0)
    assert (report.health, report.held) == ("red", 1)  # one of six contradicts: too many
    assert deadlines(await rows()) == before
    assert record.repairs_refused > 0
    assert (after.health, after.held) == ("red", 1)


async def test_rebuilt_pages_that_read_the_same_are_learned_anew_and_told(
    scrape: Scrape, rows: Rows, database: Database
) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        await scrape(site)
        before = deadlines(await rows())
        website.template = rebuilt
        report = await scrape(site, verify_after_hours=0)
        record = await record_of(database, site)
    assert (report.health, report.held) == ("green", 0)
    assert record.repairs_accepted > 0
    assert record.call_pages["kinds"]["page"]["fields"]["deadline"][0] == ["label:table", "apply by", 12]
    assert any("labelled \u201capply by\u201d" in line.text for line in report.log)
    assert deadlines(await rows()) == before


async def test_rebuilt_pages_whose_deadlines_read_otherwise_change_nothing_and_say_why(
    scrape: Scrape, rows: Rows, database: Database
) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        await scrape(site)
        before = deadlines(await rows())
        learned = (await record_of(database, site)).call_pages
        website.template = lambda call: rebuilt(call, deadline=f"{call.number} May 2031")
        website.calls += some_calls(1, first=50)
        report = await scrape(site, verify_after_hours=0)
        kept = deadlines(await rows())
        new = kept.pop(website.calls[-1].title)
        refused = await record_of(database, site)
        website.template = without_deadline(website)
        healed = await scrape(site, verify_after_hours=0)
    assert (report.health, report.held, report.new) == ("red", 6, 1)
    assert "labelled \u201capply by\u201d" in str(report.health_reason)
    assert "The last good values stay." in str(report.health_reason)
    assert (kept, new) == (before, "None")
    assert (refused.call_pages, refused.repairs_refused) == (learned, 1)
    assert (healed.health, healed.held) == ("green", 0)
    assert deadlines(await rows())[website.calls[-1].title] != "None"


async def test_pages_that_all_lose_their_deadline_take_none_away(scrape: Scrape, rows: Rows) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        await scrape(site)
        before = deadlines(await rows())
        website.template = without_deadline(website, *range(1, 7))
        report = await scrape(site, verify_after_hours=0)
    assert (report.health, report.held) == ("red", 6)
    assert "The deadline of 6 of 6 known calls could not be read any more." in str(report.health_reason)
    assert deadlines(await rows()) == before


async def test_a_notice_on_every_page_does_not_take_the_place_of_deadlines(
    scrape: Scrape, rows: Rows
) -> None:
    website = BareListing(some_calls(6))
    notice = "<main><p><b>Deadline of the readers' prize:</b> 20 January 2031</p>"
    async with website.site() as site:
        await scrape(site)
        before = deadlines(await rows())
        website.template = lambda call: CallsWebsite.detail(website, call).replace("<main>", notice)
        website.calls += some_calls(1, first=50)
        report = await scrape(site, verify_after_hours=0)
    kept = deadlines(await rows())
    assert (report.health, report.held, report.new) == ("green", 0, 1)
    assert kept.pop(website.calls[-1].title) == "2031-03-23"
    assert kept == before


async def test_a_page_that_lacks_something_does_not_let_rebuilt_pages_be_believed(
    scrape: Scrape, rows: Rows
) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        await scrape(site)
        website.calls += some_calls(1, first=50)
        website.template = without_deadline(website, 50)
        assert (await scrape(site)).health == "amber"
        before = deadlines(await rows())
        website.template = lambda call: rebuilt(call, deadline=f"{call.number % 28 + 1} May 2031")
        report = await scrape(site, verify_after_hours=0)
    assert (report.health, report.held) == ("red", 6)
    assert "where none of 6 known calls reads as before" in str(report.health_reason)
    assert deadlines(await rows()) == before


async def test_a_person_has_pages_without_deadlines_taken_as_they_are(
    scrape: Scrape, rows: Rows, database: Database
) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:
        await scrape(site)
        website.template = without_deadline(website, *range(1, 7))
        await scrape(site, verify_after_hours=0)
        async with database.transaction() as session:
            await session.execute(text("UPDATE website SET envelope_since = now()"))
        report = await scrape(site, verify_after_hours=0)
    assert (report.health, report.changed) == ("green", 6)
    assert set(deadlines(await rows()).values()) == {"None"}


async def test_nothing_is_missed_where_recipes_are_switched_off(scrape: Scrape) -> None:
    website = BareListing(some_calls(6))
    async with website.site() as site:

        async def visit() -> ScrapeReport:
            return await scrape(site, verify_after_hours=0, features_recipes=OFF)

        await visit()
        website.template = without_deadline(website, 2)
        assert (await visit()).health == "green"
