"""Scrapes of websites that want a log-in and do nothing without scripts, in a real browser."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from hoistscraper.accounts import credentials
from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
    RecordedCredential,
)
from hoistscraper.accounts.steps import Click, Fill, Wait
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
from tests.sites.members import API_KEY, PASSWORD, USER, Members, basic_header, by_cookie, by_header
from tests.sites.scripted import SCRIPT
from tests.sites.scripted_members import (
    GUARDED,
    TWO_STEPS,
    ScriptedMembersSite,
    ScriptsBehindForm,
    log_in_page,
)
from tests.sites.server import Site

Give = Callable[[Site, Credential], Awaitable[None]]
Scrape = Callable[..., Awaitable[ScrapeReport]]

pytestmark = pytest.mark.usefixtures("real_browser")


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a data folder of its own and a browser."""
    return settings.model_copy(
        update={
            "data_dir": tmp_path,
            "allow_hosts": frozenset({"127.0.0.1", "127.0.0.2"}),
            "render": "auto",
        }
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

    async def run(site: Site, **changed: object) -> ScrapeReport:
        changed_settings = own.model_copy(update=changed)
        async with OneBrowser(changed_settings) as browser:
            return await Scraper(changed_settings, database, browser).scrape(site.url())

    return run


def recorded(site: Site, password: str = PASSWORD) -> RecordedCredential:
    """Return the log-in of the websites whose form needs its script."""
    steps = (
        Fill("#user", USER),
        Fill("#password", password, is_asked=True),
        Click("button[type=submit]"),
        Wait(".welcome", 5),
    )
    return RecordedCredential(url=site.url("/login"), steps=steps)


def in_two_steps(site: Site) -> RecordedCredential:
    """Return the log-in of the website that asks for the name first."""
    steps = (
        Fill("#user", USER),
        Click("#next"),
        Wait("#password", 5),
        Fill("#password", PASSWORD, is_asked=True),
        Click("#enter"),
    )
    return RecordedCredential(url=site.url("/login"), steps=steps)


async def kept_of(database: Database) -> dict[str, object]:
    """Return what is kept of the only log-in."""
    async with database.transaction() as session:
        return dict((await session.execute(text("SELECT * FROM credential"))).mappings().one())


@pytest.mark.parametrize("guards_all", [True, False], ids=["every page", "only what scripts ask for"])
@pytest.mark.parametrize(
    ("is_let_in", "credential"),
    [
        (by_header("Authorization", basic_header()), BasicCredential(user=USER, password=PASSWORD)),
        (by_header("X-Api-Key", API_KEY), HeaderCredential(name="X-Api-Key", value=API_KEY)),
        (by_cookie("sid", "of-a=browser"), CookieCredential(cookies={"sid": "of-a=browser", "lang": "en"})),
    ],
    ids=["basic", "header", "cookie"],
)
async def test_pages_that_scripts_fill_are_shown_logged_in(
    give: Give,
    scrape: Scrape,
    rows: Rows,
    *,
    is_let_in: Callable[..., bool],
    credential: Credential,
    guards_all: bool,
) -> None:
    website = CallsWebsite(some_calls(2))
    async with ScriptedMembersSite(website, Members(is_let_in), guards_all=guards_all) as site:
        await give(site, credential)
        report = await scrape(site)
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 2, ())
    assert all(row["amount_max"] and row["is_verified"] for row in await rows())


async def test_what_a_form_earned_is_carried_into_the_browser(give: Give, scrape: Scrape, rows: Rows) -> None:
    members = Members()
    async with ScriptsBehindForm(CallsWebsite(some_calls(2)), members) as site:
        await give(site, FormCredential(url=site.url("/login"), user=USER, password=PASSWORD))
        report = await scrape(site)
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 2, ())
    assert all(row["amount_max"] for row in await rows())
    assert members.log_ins == 1


@pytest.mark.parametrize(
    ("page", "credential"),
    [(log_in_page(), recorded), (TWO_STEPS, in_two_steps)],
    ids=["one page", "two steps"],
)
async def test_recorded_steps_log_in_where_nothing_works_without_scripts(
    give: Give,
    scrape: Scrape,
    rows: Rows,
    database: Database,
    *,
    page: str,
    credential: Callable[[Site], RecordedCredential],
) -> None:
    members = Members()
    async with ScriptedMembersSite(CallsWebsite(some_calls(2)), members, log_in=page) as site:
        await give(site, credential(site))
        report = await scrape(site)
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 2, ())
    assert all(row["amount_max"] for row in await rows())
    assert members.log_ins == 1
    assert (await kept_of(database))["last_verified_at"]


async def test_cookies_that_are_renewed_in_the_browser_are_those_of_the_next_page(
    give: Give, scrape: Scrape
) -> None:
    members = Members()
    site = ScriptedMembersSite(
        CallsWebsite(some_calls(3)), members, log_in=log_in_page(), renews=True, guards_all=True
    )
    async with site:
        await give(site, recorded(site))
        report = await scrape(site, browser_pages=1, host_connections=1)
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 3, ())
    assert members.log_ins == 1


@pytest.mark.parametrize("script", [GUARDED, SCRIPT], ids=["leads to the log-in", "says nothing"])
async def test_a_website_that_logs_us_out_in_the_browser_is_logged_in_to_again(
    give: Give, scrape: Scrape, rows: Rows, script: str
) -> None:
    members = Members(requests_a_session=2)
    async with ScriptedMembersSite(
        CallsWebsite(some_calls(3)), members, log_in=log_in_page(), script=script
    ) as site:
        await give(site, recorded(site))
        report = await scrape(site, browser_pages=1, host_connections=1)
    assert (report.status, report.found, report.problems) == (JobStatus.COMPLETED, 3, ())
    assert all(row["amount_max"] for row in await rows())
    assert members.log_ins == 2


async def test_a_website_that_shuts_us_out_for_good_ends_the_visit_and_none_of_its_log_in_is_kept(
    give: Give, scrape: Scrape, rows: Rows, database: Database
) -> None:
    members = Members(requests_a_session=0)
    async with ScriptedMembersSite(CallsWebsite(some_calls(3)), members, log_in=log_in_page()) as site:
        await give(site, recorded(site))
        report = await scrape(site)
    assert (report.status, report.error_kind, report.found) == (JobStatus.FAILED, "log-in-failed", 0)
    assert "it sends us to its log-in page" in (report.error or "")
    assert await rows() == []
    assert members.log_ins == 2
    assert (await kept_of(database))["failed_reason"] == report.error


async def test_a_wrong_password_is_tried_once_and_stops_the_job_with_the_reason(
    give: Give, scrape: Scrape, rows: Rows
) -> None:
    members = Members()
    async with ScriptedMembersSite(CallsWebsite(some_calls(3)), members, log_in=log_in_page()) as site:
        await give(site, recorded(site, "marker-wrong"))
        report = await scrape(site)
    assert (report.status, report.error_kind) == (JobStatus.FAILED, "log-in-failed")
    assert "Step 4 of the recorded log-in (wait .welcome): it did not show within 5 seconds" in (
        report.error or ""
    )
    assert "marker-wrong" not in str(report)
    assert members.refused == 1
    assert await rows() == []


async def test_recorded_steps_without_a_browser_stop_the_job_and_say_what_to_install(
    give: Give, scrape: Scrape, database: Database
) -> None:
    async with ScriptedMembersSite(CallsWebsite(some_calls(1)), Members(), log_in=log_in_page()) as site:
        await give(site, recorded(site))
        missing = await scrape(site, browser="/nowhere/chromium")
        unwanted = await scrape(site, render="never")
    assert site.requests == []
    for report in (missing, unwanted):
        assert (report.status, report.error_kind) == (JobStatus.FAILED, "browser-missing")
        assert "install chromium" in (report.error or "")
    assert (await kept_of(database))["failures"] == 0
