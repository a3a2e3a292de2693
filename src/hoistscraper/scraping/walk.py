"""Walk through one website: its listing pages in turn, and the calls that each of them shows."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.errors import FetchError, UnsupportedAddress
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.urls import normalise
from hoistscraper.opportunities.sources import Finding, identities, row_hash
from hoistscraper.reading.read import READER, read_page
from hoistscraper.reading.values import PageKind, Reading
from hoistscraper.scraping.calls import CallReader, Row
from hoistscraper.scraping.keeper import Keeper
from hoistscraper.scraping.memory import KnownPage, Memory
from hoistscraper.scraping.report import Journal

# Calls of one listing page that are read side by side; the fetcher holds the pace of each host.
CALLS_AT_ONCE = 16
# Longer ones are data in disguise, and do not fit an index.
LONGEST_ADDRESS = 2_000


class Walk:
    """One walk. ``seen`` names the calls that it met; ``is_complete``: no listing page is missing."""

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        memory: Memory,
        keeper: Keeper,
        journal: Journal,
        calls: CallReader,
        most_pages: int,
        verify_after: timedelta,
        now: datetime,
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._keeper = keeper
        self._journal = journal
        self._calls = calls
        self._most_pages = most_pages
        self._verified_before = now - verify_after
        self._now = now
        self._at_once = asyncio.Semaphore(CALLS_AT_ONCE)
        self.seen: set[str] = set()
        self.is_complete = False

    async def run(self, start_url: str) -> None:
        """Follow the listing from its first page to its last.

        :raises FetchError: the first page cannot be had; a later one only ends the walk early.
        """
        url: str | None = start_url
        visited: set[str] = set()
        while url and url not in visited:
            if len(visited) == self._most_pages:
                note = f"Stopped after {len(visited)} listing pages, the limit (HOIST_MAX_PAGES)."
                self._journal.note(note, url, is_problem=True)
                return
            visited.add(url)
            try:
                url = await self._listing(url)
            except FetchError as error:
                if url == start_url:
                    raise
                self._journal.note(error.message, url, is_problem=True)
                return
        self.is_complete = bool(self.seen)

    async def _listing(self, url: str) -> str | None:
        known = self._memory.pages.get(url)
        page = await self._fetcher.fetch(url, validators=known.validators if known else None)
        if known and self._needs_no_reading(known, page):
            return self._unchanged(known)
        page = await self._calls.whole(page)
        reading = read_page(
            page.content,
            url=page.final_url,
            media_type=page.media_type,
            charset=page.charset,
            today=self._now.date(),
        )
        await self._take(url, reading)
        next_url = _normal(reading.next_page)
        # Only now: see Batch.
        self._keeper.page(page, next_url=next_url)
        await self._keeper.write_when_due(at=self._now)
        return next_url

    def _needs_no_reading(self, known: KnownPage, page: Page) -> bool:
        is_same = page.not_modified or page.content_hash == known.content_hash
        return (
            is_same
            and known.reader == READER
            and not self._memory.is_anything_due(known.url, verified_before=self._verified_before)
        )

    def _unchanged(self, known: KnownPage) -> str | None:
        sources = self._memory.sources_on(known.url)
        for source in sources:
            self.seen.add(source.identity)
            self._keeper.seen(source, verified=False)
        self._journal.note(f"Unchanged since the last visit; calls: {len(sources)}.", known.url)
        return known.next_url

    async def _take(self, url: str, reading: Reading) -> None:
        if reading.kind is PageKind.DETAIL and reading.opportunity:
            self._take_single(url, reading.opportunity)
            return
        rows = self._rows(url, reading.items)
        self._journal.note(_in_words(reading, len(rows)), url, is_problem=not rows)
        self._journal.met(len(rows))
        try:
            async with asyncio.TaskGroup() as tasks:
                for row in rows:
                    tasks.create_task(self._row(row))
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def _row(self, row: Row) -> None:
        async with self._at_once:
            await self._calls.take(row)
            self._journal.read()
            await self._keeper.write_when_due(at=self._now)

    def _take_single(self, url: str, candidate: Candidate) -> None:
        """The website is the page of one call."""
        [identity] = identities([candidate], [url], self._memory.sources)
        self.seen.add(identity)
        self._journal.note("Read as the page of one call.", url)
        self._keeper.found(
            Finding(
                identity=identity,
                listing_url=url,
                row_hash=row_hash(candidate),
                candidate=replace(candidate, url=url),
                verified_at=self._now,
            )
        )

    def _rows(self, listing_url: str, items: Sequence[Candidate]) -> list[Row]:
        """Name the rows, and leave out those that this walk has met already."""
        addresses = [_own_address(item, listing_url) for item in items]
        names = identities(items, addresses, self._memory.sources)
        rows: list[Row] = []
        for item, address, identity in zip(items, addresses, names, strict=True):
            if identity in self.seen:
                continue
            self.seen.add(identity)
            rows.append(
                Row(
                    candidate=item,
                    listing_url=listing_url,
                    identity=identity,
                    hash=row_hash(item),
                    url=address,
                    known=self._memory.sources.get(identity),
                )
            )
        return rows


def _own_address(item: Candidate, listing_url: str) -> str | None:
    """Return where the call has a page of its own, if it has."""
    address = _normal(item.url)
    return None if address == listing_url else address


def _normal(url: str | None) -> str | None:
    try:
        address = normalise(url) if url else None
    except UnsupportedAddress:
        return None
    return address if address and len(address) <= LONGEST_ADDRESS else None


def _in_words(reading: Reading, calls: int) -> str:
    if calls:
        return f"Read as a {reading.kind}; calls: {calls}."
    if reading.needs_browser:
        return "This page shows its content only in a browser; no call could be read."
    if reading.items:
        return "This page repeats calls of pages before it."
    return "No call was found on this page. Is it the page that lists them?"
