"""A scraper over a database of its own, allowed to visit this machine."""

from collections.abc import Callable, Coroutine

import pytest

from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping.report import ScrapeReport
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import Settings
from tests.scraping.rows import rows_of
from tests.sites.server import Site

Scrape = Callable[..., Coroutine[None, None, ScrapeReport]]
Rows = Callable[[], Coroutine[None, None, list[dict[str, object]]]]


@pytest.fixture
def scrape(settings: Settings, database: Database) -> Scrape:
    """Scrape a site, with settings of one's own where given."""

    async def run(site: Site, path: str = "/", **changes: object) -> ScrapeReport:
        own = settings.model_copy(update={"allow_hosts": frozenset({"127.0.0.1"}), **changes})
        async with OneBrowser(own) as browser:
            return await Scraper(own, database, browser).scrape(site.url(path))

    return run


@pytest.fixture
def rows(database: Database) -> Rows:
    """Everything that is kept of calls, without ids and times."""

    async def read() -> list[dict[str, object]]:
        async with database.transaction() as session:
            return await rows_of(session)

    return read
