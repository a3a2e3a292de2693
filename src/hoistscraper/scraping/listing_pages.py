"""How a page of a listing is had: by plain HTTP, or shown by a browser where it needs one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hoistscraper.fetching.errors import EmptyPage, FetchError, NotAPage, heals_soon
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.wording import shown
from hoistscraper.reading.read import READER
from hoistscraper.reading.values import Reading
from hoistscraper.scraping.blocked import block_of, is_html, refusal_of
from hoistscraper.scraping.calls import CallReader
from hoistscraper.scraping.equipment import Equipment
from hoistscraper.scraping.memory import KnownPage
from hoistscraper.scraping.recipes import read_plainly
from hoistscraper.scraping.turned_pages import TurnedPages

_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A page of a listing, and what was read from it.

    ``further`` is what the pages say that a press of its button leads to; ``cut_short`` says why some of them
    could not be had, ``limit`` why they may not. ``may_heal``: what is missing may be had soon.
    """

    page: Page
    reading: Reading
    further: Sequence[Reading] = ()
    cut_short: str | None = None
    limit: str | None = None
    may_heal: bool = False


class ListingPages:
    """Has the pages of one listing. ``start_url`` is its first page, ``turned`` counts those turned to."""

    def __init__(self, equipment: Equipment, *, calls: CallReader, start_url: str) -> None:
        self._with = equipment
        self._calls = calls
        self._start_url = start_url
        self._choice = equipment.rendering.choice
        self._most_pages = 1
        self._goes_on = False
        self.turned = 0

    async def page(
        self, url: str, *, is_shown: bool, goes_on: bool, most_pages: int
    ) -> ListingPage | KnownPage:
        """Return a page, or what is known of it where it is unchanged and nothing behind it is due.

        ``is_shown``: it may go straight to the browser, as feeds and sitemaps may not. ``goes_on``: a page
        before said that the listing goes on here. ``most_pages`` counts this one.

        :raises FetchError: it cannot be had, or something else stands in its place.
        """
        self._most_pages, self._goes_on = most_pages, goes_on
        if is_shown and self._choice.shows_listing:
            try:
                return await self._shown_at_once(url)
            except NotAPage:
                pass  # plain HTTP reads files, too
        return await self._by_http(url)

    async def _shown_at_once(self, url: str) -> ListingPage | KnownPage:
        listing = await self._shown(url)
        known = self._with.memory.pages.get(url)
        is_alone = not (listing.further or listing.cut_short or listing.limit)
        if known and is_alone and self._needs_no_reading(known, listing.page):
            return known
        if leads_on(listing.reading) or url != self._start_url or not self._choice.is_open:
            return self._checked(listing)
        self._note("The browser shows no call any more; plain HTTP is tried again.", url)
        plain = await self._plain(url)
        if isinstance(plain, ListingPage) and not leads_on(plain.reading):
            return self._checked(listing)
        self._choice.compared_listing(needs=None)
        return plain

    async def _shown(self, url: str) -> ListingPage:
        turned = TurnedPages(self._read_turned, self._with.journal, most_pages=self._most_pages)
        page = await self._with.rendering.shown(url, turned=turned)
        _, *further = turned.readings
        first = self._read(page)
        self.turned += len(further)
        return ListingPage(page, first, further, turned.cut_short, turned.limit, turned.may_heal)

    async def _by_http(self, url: str) -> ListingPage | KnownPage:
        plain = await self._plain(url)
        return await self._with_browser_where_needed(url, plain) if isinstance(plain, ListingPage) else plain

    async def _plain(self, url: str) -> ListingPage | KnownPage:
        known = self._with.memory.pages.get(url)
        page = await self._with.fetcher.fetch(url, validators=known.validators if known else None)
        if page.not_modified and known:
            self._with.journal.saved(known.wire_bytes)
        if known and self._needs_no_reading(known, page):
            return known
        page = await self._calls.whole(page)
        return ListingPage(page, self._read(page))

    async def _with_browser_where_needed(self, url: str, plain: ListingPage) -> ListingPage:
        rendering = self._with.rendering
        if plain.reading.needs_browser:
            if not rendering.is_possible:
                self._note(f"A browser would show this page, but {rendering.why_not}.", url)
                return self._checked(plain)
            self._note("This page is empty without a browser, so one shows it.", url)
            return await self._shown_instead(url)
        if plain.reading.turns_by_control:
            return await self._turned(url, plain)
        if leads_on(plain.reading):
            if self._choice.is_looking and url == self._start_url:
                self._note("Plain HTTP shows its listing; no browser is needed for it.", url)
                self._choice.compared_listing(needs=None)
            return plain
        return await self._tried(url, self._checked(plain))

    async def _shown_instead(self, url: str) -> ListingPage:
        listing = await self._shown(url)
        if url == self._start_url and leads_on(listing.reading):
            self._choice.compared_listing(needs=True)
        return self._checked(listing)

    async def _turned(self, url: str, plain: ListingPage) -> ListingPage:
        """Have a browser turn the pages of a list that plain HTTP shows the first page of."""
        rendering = self._with.rendering
        if not rendering.is_possible:
            why = f"It goes on only by a button, which a browser would press, but {rendering.why_not}."
            self._with.journal.note(why, url, is_problem=True)
            return replace(plain, limit=why)
        if not self._choice.may_turn:
            return plain
        self._note("This list goes on only by a button, so a browser turns its pages.", url)
        try:
            turned = await self._shown(url)
        except FetchError as error:
            self._with.journal.note(error.message, url, is_problem=True)
            return replace(plain, cut_short=error.message, may_heal=heals_soon(error))
        is_of_use = bool(turned.further or turned.cut_short or turned.limit)
        if url == self._start_url:
            self._choice.compared_listing(needs=is_of_use)
        if is_of_use:
            return self._checked(turned)
        self._note("Pressing it showed no further call; it is not tried again for some time.", url)
        return plain

    async def _tried(self, url: str, plain: ListingPage) -> ListingPage:
        """Have a browser show a page that says nothing but has scripts, where there never was a call."""
        is_hopeful = is_html(plain.page) and _SCRIPT.search(plain.page.content) is not None
        is_first = url == self._start_url and not self._with.memory.sources
        if not (is_first and is_hopeful and self._choice.may_try):
            return plain
        self._note("Plain HTTP shows no call here; a browser is tried once.", url)
        try:
            tried = await self._shown_instead(url)
        except FetchError as error:
            self._with.journal.note(error.message, url, is_problem=True)
            return replace(plain, may_heal=heals_soon(error))
        if leads_on(tried.reading):
            return tried
        self._choice.compared_listing(needs=False)
        self._note("A browser shows no call either; it is not tried again for some time.", url)
        return plain

    def _read_turned(self, page: Page, *, is_first: bool) -> Reading:
        with self._with.journal.reading(page.url):
            return read_plainly(page, goes_on=self._goes_on or not is_first, at=self._with.now)

    def _read(self, page: Page) -> Reading:
        with self._with.journal.reading(page.url):
            return self._with.recipes.read(page, goes_on=self._goes_on, at=self._with.now)

    def _needs_no_reading(self, known: KnownPage, page: Page) -> bool:
        is_same = page.not_modified or page.content_hash == known.content_hash
        return (
            is_same
            and known.reader == READER
            # A page that shows no call itself leads on to feeds or sitemaps.
            and bool(self._with.memory.sources_on(known.url))
            and not self._with.memory.is_anything_due(known.url, verified_before=self._with.verified_before)
        )

    def _note(self, text: str, url: str) -> None:
        self._with.journal.note(text, url)

    def _checked(self, listing: ListingPage) -> ListingPage:
        if listing.page.is_rendered and not leads_on(listing.reading):
            self._refuse_empty(listing.page)
        block = None if leads_on(listing.reading) else block_of(listing.page)
        if block:
            raise refusal_of(block, listing.page.url)
        return listing

    def _refuse_empty(self, page: Page) -> None:
        """Refuse what is still a shell though its scripts ran: their data did not come, and it lists nothing.

        :raises EmptyPage: it is one.
        """
        bare = replace(page, is_rendered=False)
        if read_plainly(bare, goes_on=self._goes_on, at=self._with.now).needs_browser:
            raise EmptyPage(
                f"{shown(page.url)} stayed empty in the browser, too; try again later.", url=page.url
            )


def leads_on(reading: Reading) -> bool:
    """Tell whether a page shows calls, or where they are."""
    return bool(reading.items or reading.opportunity or reading.feeds or reading.sitemap)
