"""A first look at a website: its first calls, within seconds and a few requests; nothing is kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.reading.values import PageKind
from hoistscraper.scraping.brake import Brake
from hoistscraper.scraping.keeper import Batch, ReadPage
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.report import Journal, Outcome
from hoistscraper.scraping.visit import visit
from hoistscraper.settings import Settings

MOST_CALLS = 10
# A page that shows no call itself may lead on to a feed, or over an index to a sitemap.
MOST_LISTINGS = 3
# Then nothing more is asked for; pages in flight get the rest of the time.
PATIENCE_SECONDS = 14.0
MOST_SECONDS = 19.0
_LONGEST_PAGE_SECONDS = 8.0
_TIME_WAS_UP = "Time was up before all pages were read; what could be seen until then is shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """What a website offers at first sight; ``error`` says in words why it could not be seen."""

    url: str
    kind: PageKind | None
    calls: tuple[Candidate, ...]
    next_page: str | None
    problems: tuple[str, ...]
    requests: int
    elapsed_seconds: float
    error_kind: str | None
    error: str | None


class _Seen:
    """A writer that keeps in mind what it was given."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.listings: list[ReadPage] = []

    async def write(self, batch: Batch, *, at: datetime) -> None:
        """Keep a batch in mind."""
        self.findings += batch.findings
        self.listings += [page for page in batch.pages.values() if page.is_listing]

    async def forget(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Do nothing: a first visit misses no call."""


async def first_look(address: str, *, settings: Settings) -> FirstLook:
    """Look at a website as if for the first time; one that fails is an answer, not an error.

    ``address`` is normalised. The pace and robots.txt of its host are kept to.
    """
    hasty = settings.model_copy(
        update={
            "max_pages": MOST_LISTINGS,
            "max_details": MOST_CALLS,
            "attempts": 1,
            "timeout_seconds": min(settings.timeout_seconds, _LONGEST_PAGE_SECONDS),
            "browser_timeout_seconds": min(settings.browser_timeout_seconds, _LONGEST_PAGE_SECONDS),
        }
    )
    brake, seen, journal = Brake(), _Seen(), Journal()
    loop = asyncio.get_running_loop()
    timers = [loop.call_later(PATIENCE_SECONDS, brake.ease), loop.call_later(MOST_SECONDS, brake.pull)]
    try:
        async with OneBrowser(hasty) as browser:
            outcome = await visit(
                address,
                settings=hasty,
                memory=Memory(),
                writer=seen,
                journal=journal,
                browser=browser,
                at=now(),
                brake=brake,
                most_calls=MOST_CALLS,
            )
    finally:
        for timer in timers:
            timer.cancel()
    return _told(address, seen, journal, outcome)


def _told(address: str, seen: _Seen, journal: Journal, outcome: Outcome) -> FirstLook:
    kinds = [listing.kind for listing in seen.listings]
    following = next((listing.next_url for listing in seen.listings if listing.next_url), None)
    place = {identity: number for number, identity in enumerate(outcome.seen)}
    in_order = sorted(seen.findings, key=lambda finding: place.get(finding.identity, len(place)))
    is_late = outcome.elapsed_seconds >= PATIENCE_SECONDS
    problems = [line.text for line in journal.problems if line.text not in (outcome.limit, outcome.error)]
    return FirstLook(
        url=address,
        kind=next((kind for kind in kinds if kind is not PageKind.OTHER), kinds[0] if kinds else None),
        calls=tuple(finding.candidate for finding in in_order[:MOST_CALLS]),
        next_page=following,
        problems=tuple(dict.fromkeys([*([_TIME_WAS_UP] if is_late else []), *problems])),
        requests=outcome.requests,
        elapsed_seconds=outcome.elapsed_seconds,
        error_kind=outcome.error_kind,
        error=outcome.error,
    )
