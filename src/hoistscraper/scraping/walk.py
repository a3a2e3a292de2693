"""Walk through one website: its listing pages in turn, and the calls that each of them shows."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.errors import FetchError, heals_soon
from hoistscraper.fetching.pace import Halted
from hoistscraper.opportunities.sources import Finding, identities, row_hash
from hoistscraper.reading.native import is_whole
from hoistscraper.reading.values import PageKind, Reading
from hoistscraper.scraping.addresses import normal_address
from hoistscraper.scraping.at_once import at_once
from hoistscraper.scraping.blocked import as_told
from hoistscraper.scraping.calls import CallReader, Row
from hoistscraper.scraping.equipment import Equipment
from hoistscraper.scraping.listing_pages import ListingPages
from hoistscraper.scraping.memory import KnownPage
from hoistscraper.scraping.unlisted import UnlistedReader


class Walk:
    """One walk. ``seen`` names the calls that it met, in order; ``is_complete``: no listing page is missing.

    ``is_to_the_end``: every listing page was had, though entries of some may be left out.
    ``cut_short`` says why a listing page could not be had (``may_heal``: it may be soon),
    ``limit`` that more exist than we may ask for,
    ``most_calls``, where given, are enough: the walk ends with the listing page on which they were met.
    ``is_halted`` that it was asked to end early and did not read everything that it met.
    """

    def __init__(
        self,
        equipment: Equipment,
        *,
        calls: CallReader,
        unlisted: UnlistedReader,
        most_pages: int,
        most_calls: int | None = None,
    ) -> None:
        self._with = equipment
        self._calls = calls
        self._unlisted = unlisted
        self._most_pages = most_pages
        self._most_calls = most_calls
        self._elsewhere: set[str] = set()
        self._continued: set[str] = set()  # where a page before said that the listing goes on
        self.seen: dict[str, None] = {}
        self.is_complete = self.is_to_the_end = False
        self.cut_short: str | None = None
        self.may_heal = False
        self.limit: str | None = None
        self.is_halted = False
        self._left_out: str | None = None

    async def run(self, start_url: str) -> None:
        """Follow the listing from its first page to its last.

        :raises FetchError: the first page cannot be had; a later one only ends the walk early.
        """
        self._with.rendering.begin()
        self._pages = ListingPages(self._with, calls=self._calls, start_url=start_url)
        waiting = deque([start_url])
        visited: set[str] = set()
        while waiting:
            url = waiting.popleft()
            if url in visited:
                continue
            if len(visited) + self._pages.turned >= self._most_pages:
                note = f"Stopped after {self._most_pages} listing pages, the limit (HOIST_MAX_PAGES)."
                self._with.journal.note(note, url, is_problem=True)
                self.limit = note
                return
            visited.add(url)
            try:
                waiting.extend(await self._listing(url, pages_before=len(visited) - 1))
            except Halted:
                self.is_halted = True
            except FetchError as error:
                failure = as_told(error)
                if url == start_url:
                    raise failure from error.__cause__
                self._with.journal.note(failure.message, url, is_problem=True)
                self.cut_short, self.may_heal = failure.message, heals_soon(failure)
                return
            if self.is_halted or self.cut_short or self.limit or self._has_enough:
                return
        if self._unlisted.is_cut_short:
            self.limit = "Stopped at the limit of pages for one scrape (HOIST_MAX_DETAILS)."
        self.is_to_the_end = bool(self.seen) and self.limit is None
        self.limit = self._left_out or self.limit
        self.is_complete = bool(self.seen) and self.limit is None

    async def _listing(self, url: str, *, pages_before: int) -> list[str]:
        """Read one listing page; return the addresses where the listing goes on."""
        had = await self._pages.page(
            url,
            is_shown=url not in self._elsewhere,
            goes_on=url in self._continued,
            most_pages=self._most_pages - pages_before - self._pages.turned,
        )
        if isinstance(had, KnownPage):
            return self._unchanged(had)
        is_more = await self._take(url, had.reading)
        for reading in had.further:
            is_more = await self._take(url, reading)
        left_out = [each.note for each in (had.reading, *had.further) if each.is_partial and each.note]
        self._left_out = left_out[-1] if left_out else self._left_out
        if self.is_halted:
            # Were its validators kept, the next visit would skip the rows that were not read.
            return []
        reading = had.further[-1] if had.further else had.reading
        next_url = self._going_on(normal_address(reading.next_page) if is_more else None)
        # Only now: see Batch.
        self._with.keeper.listing(
            had.page,
            next_url=next_url,
            kind=had.reading.kind,
            left_out=left_out[-1] if left_out else None,
            is_whole=not (had.cut_short or had.limit),
        )
        self.cut_short, self.limit = self.cut_short or had.cut_short, had.limit
        self.may_heal = self.may_heal or had.may_heal
        await self._with.keeper.write_when_due(at=self._with.now)
        elsewhere = reading.sitemap.sitemaps if reading.sitemap else reading.feeds[:1]
        named = [address for each in elsewhere if (address := normal_address(each))]
        self._elsewhere.update(named)
        return [next_url, *named] if next_url else named

    def _going_on(self, next_url: str | None) -> str | None:
        if next_url:
            self._continued.add(next_url)
        return next_url

    @property
    def _has_enough(self) -> bool:
        return self._most_calls is not None and len(self.seen) >= self._most_calls

    def _unchanged(self, known: KnownPage) -> list[str]:
        sources = self._with.memory.sources_on(known.url)
        for source in sources:
            self.seen[source.identity] = None
            self._with.keeper.seen(source, verified=False)
        self._with.journal.note(f"Unchanged since the last visit; calls: {len(sources)}.", known.url)
        if known.left_out:
            self._left_out = known.left_out
            self._with.journal.note(known.left_out, known.url, is_problem=True)
        next_url = self._going_on(known.next_url)
        return [next_url] if next_url else []

    async def _take(self, url: str, reading: Reading) -> bool:
        """Take the calls of a page; return whether the page after it may show more."""
        if reading.kind is PageKind.DETAIL and reading.opportunity:
            if url in self._continued:
                self._note_unread_end(url)
            else:
                self._take_single(url, reading.opportunity)
            return False
        if reading.sitemap and reading.sitemap.pages:
            self.seen |= dict.fromkeys(await self._unlisted.take(url, reading.sitemap.pages))
            return False
        if reading.is_partial and reading.note:
            self._with.journal.note(reading.note, url, is_problem=True)
        rows = self._rows(url, reading.items)[: self._most_calls]
        leads_on = bool(reading.feeds or reading.sitemap)
        self._with.journal.note(_in_words(reading, len(rows)), url, is_problem=not rows and not leads_on)
        self._with.journal.met(len(rows))
        await at_once([partial(self._row, row) for row in rows])
        return bool(rows)

    async def _row(self, row: Row) -> None:
        try:
            await self._calls.take(row)
        except Halted:
            self.is_halted = True
            return
        self._with.journal.read()
        await self._with.keeper.write_when_due(at=self._with.now)

    def _note_unread_end(self, url: str) -> None:
        """Say that a page on which the listing goes on does not look like one: its calls are not known."""
        self.cut_short = "A further page of the listing could not be told apart into calls."
        self._with.journal.note(self.cut_short, url, is_problem=True)

    def _take_single(self, url: str, candidate: Candidate) -> None:
        """The website is the page of one call."""
        [identity] = identities([candidate], [url], self._with.memory.sources)
        self.seen[identity] = None
        self._with.journal.note("Read as the page of one call.", url)
        self._with.keeper.found(
            Finding(
                identity=identity,
                listing_url=url,
                row_hash=row_hash(candidate),
                candidate=replace(candidate, url=url),
                verified_at=self._with.now,
            )
        )

    def _rows(self, listing_url: str, items: Sequence[Candidate]) -> list[Row]:
        """Name the rows, and leave out those that this walk has met already."""
        addresses = [_own_address(item, listing_url) for item in items]
        names = identities(items, addresses, self._with.memory.sources)
        rows: list[Row] = []
        for item, address, identity in zip(items, addresses, names, strict=True):
            if identity in self.seen:
                continue
            self.seen[identity] = None
            rows.append(
                Row(
                    candidate=item,
                    listing_url=listing_url,
                    identity=identity,
                    hash=row_hash(item),
                    url=address,
                    known=self._with.memory.sources.get(identity),
                    is_whole=is_whole(item),
                )
            )
        return rows


def _own_address(item: Candidate, listing_url: str) -> str | None:
    """Return where the call has a page of its own, if it has."""
    address = normal_address(item.url)
    return None if address == listing_url else address


def _in_words(reading: Reading, calls: int) -> str:
    if calls:
        return f"Read as a {reading.kind}; calls: {calls}."
    if reading.sitemap:
        return f"An index of sitemaps; sitemaps: {len(reading.sitemap.sitemaps)}."
    if reading.feeds:
        return "This page shows no call itself, but names a feed, which is read instead."
    return reading.note or _why_none(reading)


def _why_none(reading: Reading) -> str:
    if reading.needs_browser:
        return "This page shows its content only in a browser; no call could be read."
    if reading.items:
        return "This page repeats calls of pages before it."
    return "No call was found on this page. Is it the page that lists them?"
