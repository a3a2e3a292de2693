"""Scrapes of websites that want a log-in."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from hoistscraper.accounts import credentials
from hoistscraper.accounts.keys import key_file
from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
)
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping.report import JobStatus, ScrapeReport
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import Settings
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import add_website, find_website
from tests.scraping.conftest import Rows
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.members import (
    API_KEY,
    PASSWORD,
    USER,
    FormSite,
    Members,
    MembersSite,
    basic_header,
    by_cookie,
    by_header,
)
from tests.sites.server import Site

Give = Callable[[Site, Credential], Awaitable[None]]
Scrape = Callable[[Site], Awaitable[ScrapeReport]]


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a data folder of its own."""
    return settings.model_copy(
        update={"data_dir": tmp_path, "allow_hosts": frozenset({"127.0.0.1", "127.0.0.2"})}
    )


@pytest.fixture
def give(own: Settings, database: Database) -> Give:
    """Store a log-in for a site."""

    async def run(site: Site, credential: Credential) -> None:
        async with database.transaction() as session:
            website = await find_website(session, site.url()) or await add_website(
                session, Website(url=site.url(), name="Members")
            )
            await credentials.set_credential(session, own, website, credential, at=now())

    return run


@pytest.fixture
def scrape(own: Settings, database: Database) -> Scrape:
    """Scrape a site."""

    async def run(site: Site) -> ScrapeReport:
        async with OneBrowser(own) as browser:
            return await Scraper(own, database, browser).scrape(site.url())

    return run


async def kept_of(database: Database) -> dict[str, object]:
    """Return what is kept of the only log-in."""
    async with database.transaction() as session:
        return dict((await session.execute(text("SELECT * FROM credential"))).mappings().one())


def form_credential(site: Site, password: str = PASSWORD) -> FormCredential:
    """Return the log-in of the websites with a form."""
    return FormCredential(url=site.url("/login"), user=USER, password=password)


@pytest.mark.parametrize(
    ("is_let_in", "credential"),
    [
        (by_header("Authorization", basic_header()), BasicCredential(user=USER, password=PASSWORD)),
        (by_header("X-Api-Key", API_KEY), HeaderCredential(name="X-Api-Key", value=API_KEY)),
        (by_cookie("sid", "of-a-browser"), CookieCredential(cookies={"sid": "of-a-browser", "lang": "en"})),
    ],
    ids=["basic", "header", "cookie"],
)
async def test_who_shows_the_right_thing_is_let_in(
    give: Give,
    scrape: Scrape,
    database: Database,
    is_let_in: Callable[..., bool],
    credential: Credential,
) -> None:
    async with MembersSite(CallsWebsite(some_calls(3)), Members(is_let_in)) as site:
        stranger = await scrape(site)
        await give(site, credential)
        report = await scrape(site)
    assert (stranger.status, stranger.error_kind) == (JobStatus.FAILED, "forbidden")
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 3, ())
    kept = await kept_of(database)
    assert kept["last_used_at"]
    assert kept["last_verified_at"]
    assert kept["failed_reason"] is None


@pytest.mark.parametrize("shows_form", [True, False])
async def test_a_form_is_filled_in_and_sessions_that_end_on_the_way_are_begun_anew(
    give: Give, scrape: Scrape, rows: Rows, *, shows_form: bool
) -> None:
    members = Members(requests_a_session=9, shows_form=shows_form)
    async with FormSite(CallsWebsite(some_calls(30)), members) as site:
        await give(site, form_credential(site))
        report = await scrape(site)
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 30, ())
    assert 2 <= members.log_ins <= 10
    assert all(row["is_verified"] and row["organisation"] for row in await rows())


@pytest.mark.proves("conditional_requests")
async def test_a_second_visit_logs_in_and_still_asks_only_for_what_changed(
    give: Give, scrape: Scrape
) -> None:
    website = CallsWebsite(some_calls(5))
    async with FormSite(website, Members()) as site:
        await give(site, form_credential(site))
        await scrape(site)
        website.asked.clear()
        report = await scrape(site)
    assert (report.not_modified, report.unchanged) == (1, 5)
    assert website.details_asked == 0


async def test_members_pages_behind_a_public_listing_are_read_logged_in(
    give: Give, scrape: Scrape, rows: Rows
) -> None:
    members = Members(shows_form=True, public_paths=frozenset({"/"}))
    async with FormSite(CallsWebsite(some_calls(4)), members) as site:
        await give(site, form_credential(site))
        report = await scrape(site)
    assert (report.found, report.problems) == (4, ())
    assert all(row["organisation"] == "Riverside Foundation" for row in await rows())


@pytest.mark.parametrize("shows_form", [True, False])
async def test_a_failed_log_in_stops_the_scrape_and_costs_nothing_that_is_known(
    give: Give, scrape: Scrape, rows: Rows, database: Database, *, shows_form: bool
) -> None:
    website = CallsWebsite(some_calls(3))
    members = Members(shows_form=shows_form)
    async with FormSite(website, members) as site:
        await give(site, form_credential(site))
        await scrape(site)
        before = await rows()
        website.asked.clear()
        members.sessions.clear()
        await give(site, form_credential(site, "out of date"))
        report = await scrape(site)
    assert (report.status, report.error_kind, report.found) == (JobStatus.FAILED, "log-in-failed", 0)
    assert report.error
    assert "does not accept the user name and password" in report.error
    assert website.asked == []
    assert members.refused == 1
    assert await rows() == before
    kept = await kept_of(database)
    assert (kept["failures"], kept["failed_reason"]) == (1, report.error)
    async with database.transaction() as session:
        job = (
            (await session.execute(text("SELECT * FROM scrape_job ORDER BY started_at DESC")))
            .mappings()
            .first()
        )
    assert job
    assert (job["status"], job["error_kind"], job["error_message"]) == (
        "failed",
        "log-in-failed",
        report.error,
    )


async def test_an_account_is_not_tried_until_it_is_locked(give: Give, scrape: Scrape) -> None:
    members = Members()
    async with FormSite(CallsWebsite(some_calls(2)), members) as site:
        await give(site, form_credential(site, "wrong"))
        reports = [await scrape(site) for _ in range(5)]
        assert members.refused == credentials.MOST_FAILURES
        assert "failed 3 times and is not tried again" in (reports[-1].error or "")
        await give(site, form_credential(site))
        assert (await scrape(site)).status is JobStatus.COMPLETED


async def test_log_outs_in_the_middle_that_a_new_log_in_does_not_end_stop_the_scrape(
    give: Give, scrape: Scrape, rows: Rows
) -> None:
    async with FormSite(CallsWebsite(some_calls(30)), Members(requests_a_session=2)) as site:
        await give(site, form_credential(site))
        report = await scrape(site)
    assert (report.status, report.error_kind) == (JobStatus.FAILED, "log-in-failed")
    assert not any("Log in" in str(row["title"]) for row in await rows())
    assert all(row["is_listed"] for row in await rows())


async def test_a_listing_that_leads_to_a_thief_gives_it_nothing(give: Give, scrape: Scrape) -> None:
    website = CallsWebsite(some_calls(3))
    async with Site({}, host="127.0.0.2") as thief:
        website.listing_body = website.listing(1).replace(
            'href="/calls/1"', f'href="{thief.url("/calls/1")}"'
        )
        site = MembersSite(website, Members(by_header("X-Api-Key", API_KEY)))
        async with site:
            await give(site, HeaderCredential(name="X-Api-Key", value=API_KEY))
            report = await scrape(site)
    assert report.found == 3
    assert thief.visits("/calls/1")
    assert API_KEY not in str(thief.requests)


async def test_a_lost_key_fails_the_job_with_what_to_do_and_asks_the_website_nothing(
    give: Give, scrape: Scrape, own: Settings
) -> None:
    async with FormSite(CallsWebsite(some_calls(1)), Members()) as site:
        await give(site, form_credential(site))
        key_file(own).rename(key_file(own).with_suffix(".away"))
        lost = await scrape(site)
        key_file(own).write_bytes(Fernet.generate_key())
        key_file(own).chmod(0o600)
        wrong = await scrape(site)
        assert site.requests == []
        key_file(own).with_suffix(".away").replace(key_file(own))
        found = await scrape(site)
    assert (lost.status, lost.error_kind) == (JobStatus.FAILED, "log-in-unreadable")
    assert "put" in (lost.error or "")
    assert "cannot be opened with the key" in (wrong.error or "")
    assert found.status is JobStatus.COMPLETED
