"""The job inside a process that is running already: first visits, then one more with nothing changed."""

import time
from dataclasses import dataclass

import aiohttp

from benchmarks.scrape.site import COUNT_PATH
from benchmarks.scrape.stored import forget_everything, row_versions, rows_written, saved_urls
from benchmarks.scrape.surroundings import Surroundings
from benchmarks.scrape.tenders import TENDERS, path_of
from hoistscraper.database.engine import open_database
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.scraping.report import JobStatus, ScrapeReport
from hoistscraper.scraping.scraper import Scraper
from hoistscraper.settings import load_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one scrape took and came to; ``rows_written`` counts opportunities and their revisions."""

    seconds: float
    requests: int
    rows_written: int
    saved: int
    noise: int


async def first_and_second_visits(around: Surroundings, rounds: int) -> tuple[list[Visit], list[Visit]]:
    """Return as many first visits, each to an empty database, and the second visit after each."""
    firsts, seconds = [], []
    settings = load_settings()
    async with open_database(settings) as database, OneBrowser(settings) as browser:
        scraper = Scraper(settings, database, browser)
        for _ in range(rounds):
            forget_everything(around.database_url)
            firsts.append(await _visit(scraper, around))
            seconds.append(await _visit(scraper, around))
    return firsts, seconds


async def _visit(scraper: Scraper, around: Surroundings) -> Visit:
    versions, requests = row_versions(around.database_url), await _requests(around.origin)
    started = time.perf_counter()
    report = await scraper.scrape(around.listing_url)
    seconds = time.perf_counter() - started
    _assert_completed(report)
    wanted = {around.origin + path_of(number) for number in range(TENDERS)}
    saved = saved_urls(around.database_url)
    return Visit(
        seconds=seconds,
        requests=await _requests(around.origin) - requests,
        rows_written=rows_written(versions, row_versions(around.database_url)),
        saved=len(wanted.intersection(saved)),
        noise=len([url for url in saved if url not in wanted]),
    )


def _assert_completed(report: ScrapeReport) -> None:
    assert report.status is JobStatus.COMPLETED, report.error


async def _requests(origin: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(origin + COUNT_PATH) as answer:
        return int(await answer.json())
