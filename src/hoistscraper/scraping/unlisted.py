"""Pages that a sitemap names without saying what they are: which of them are calls?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from hoistscraper.discovery.naming import call_words
from hoistscraper.discovery.sitemaps import SitemapPage
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.page import Page
from hoistscraper.opportunities.sources import Finding, identities
from hoistscraper.reading.call_pages import PageFields
from hoistscraper.reading.read import READER, read_page
from hoistscraper.scraping.addresses import normal_address
from hoistscraper.scraping.at_once import at_once
from hoistscraper.scraping.calls import CallReader
from hoistscraper.scraping.equipment import Equipment

# There is no row, which could have a title or could change.
NOTHING = Candidate()
NO_ROW = ""
_WORDS = re.compile(r"[^\W_]+")


class UnlistedReader:
    """Reads pages of unknown kind and takes those that are the page of one call."""

    def __init__(self, equipment: Equipment, *, calls: CallReader) -> None:
        self._with = equipment
        self._calls = calls
        self._met: set[str] = set()

    @property
    def is_cut_short(self) -> bool:
        """Whether the limit of pages kept us from reading all: then nothing counts as gone."""
        return self._calls.is_at_limit and bool(self._met)

    async def take(self, sitemap_url: str, pages: Sequence[SitemapPage]) -> set[str]:
        """Take the calls among the pages of a sitemap; return their names within the website.

        Addresses that speak of calls go first, for there is a limit of pages.
        """
        addresses = [address for page in pages if (address := normal_address(page.url))]
        addresses.sort(key=_speaks_of_calls, reverse=True)
        self._met = set()
        await at_once([partial(self._page, sitemap_url, address) for address in dict.fromkeys(addresses)])
        self._with.journal.note(f"A sitemap of {len(addresses)} pages; calls: {len(self._met)}.", sitemap_url)
        return self._met

    async def _page(self, sitemap_url: str, url: str) -> None:
        [identity] = identities([NOTHING], [url], ())
        source, before = self._with.memory.sources.get(identity), self._with.memory.pages.get(url)
        if source:
            self._met.add(identity)
        if before and before.reader == READER and before.fetched_at >= self._with.verified_before:
            if source:
                self._with.keeper.seen(source, verified=False)
            return
        page = await self._calls.fetch(url)
        if page is None:
            return
        is_as_before = before and (page.not_modified or page.content_hash == before.content_hash)
        if source and before and is_as_before and before.reader == READER:
            self._with.keeper.seen(source, verified=True)
            return
        await self._read(sitemap_url, identity, page)
        await self._with.keeper.write_when_due(at=self._with.now)

    async def _read(self, sitemap_url: str, identity: str, page: Page) -> None:
        try:
            whole = await self._calls.whole(page)
        except FetchError as error:
            self._with.journal.note(error.message, page.url, is_problem=True)
            return
        with self._with.journal.reading(page.url):
            reading = read_page(
                whole.content,
                url=whole.final_url,
                media_type=whole.media_type,
                charset=whole.charset,
                today=self._with.now.date(),
            )
        self._with.keeper.page(whole, PageFields.of(reading))
        if reading.opportunity is None:
            return
        self._met.add(identity)
        self._with.keeper.found(
            Finding(
                identity=identity,
                listing_url=sitemap_url,
                row_hash=NO_ROW,
                candidate=replace(reading.opportunity, url=page.url),
                verified_at=self._with.now,
            )
        )


def _speaks_of_calls(url: str) -> int:
    telling, common = call_words(" ".join(_WORDS.findall(urlsplit(url).path)))
    return 2 * telling + common
