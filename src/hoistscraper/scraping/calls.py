"""One row of a listing: is there anything to read behind it, and what does it come to?"""

from collections import Counter
from dataclasses import dataclass, replace

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.content import Content
from hoistscraper.fetching.errors import FetchError, NotAPage, heals_soon
from hoistscraper.fetching.pace import Halted
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.site_session import LogInFailed
from hoistscraper.language_model.believing import filled, still_proven
from hoistscraper.language_model.fields import METHOD
from hoistscraper.opportunities.merging import complete, merge
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.reading.native import is_declared
from hoistscraper.reading.read import READER, document_of
from hoistscraper.scraping.blocked import Block, as_told, block_behind, is_html
from hoistscraper.scraping.call_page import CallPage, read_call_page
from hoistscraper.scraping.equipment import Equipment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A listing's row, named, and what is known of its call. ``url`` is the call's own page, if any.

    A row that ``is_whole`` says what that page would.
    """

    candidate: Candidate
    listing_url: str
    identity: str
    hash: str
    url: str | None
    known: KnownSource | None
    is_whole: bool = False


class CallReader:
    """Reads the pages behind rows, as far as they are new, changed or due to be confirmed.

    ``rows_suffice``: where nothing is asked for any more, a call is what its row says.
    """

    def __init__(self, equipment: Equipment, *, most_pages: int, rows_suffice: bool = False) -> None:
        self._with = equipment
        self._rows_suffice = rows_suffice
        self._pages_left = most_pages
        self.is_at_limit = False
        self.pages_asked = 0
        self.pages_failed = 0
        self.may_heal = False
        self.blocks: Counter[Block] = Counter()

    async def take(self, row: Row) -> None:
        """Hand the row's call to the keeper, read anew or as unchanged.

        :raises Halted: its page would have to be asked for, and nothing is asked for any more.
        """
        if row.known and not self._is_due(row, row.known):
            self._with.keeper.seen(row.known, verified=False)
            return
        if row.url is None or row.is_whole:
            self._with.keeper.found(self._finding(row, row.candidate, is_verified=True))
            return
        page = await self._page(row.url)
        if row.known and page and self._is_as_before(row, row.known, page):
            self._with.journal.note("Unchanged since the last visit.", row.url)
            self._with.keeper.seen(row.known, verified=True)
            return
        told = await self._read(row, page) if page else None
        detail = told.candidate if told else None
        candidate = _merged(row.candidate, detail) if detail else await self._without_page(row)
        if row.known and told and told.page:
            candidate = await self._with_what_a_model_gave(row.known, candidate, told.page)
        is_verified = told is not None and told.block is None
        self._with.keeper.found(self._finding(row, candidate, is_verified=is_verified))

    async def _page(self, url: str) -> Page | None:
        try:
            return await self.fetch(url)
        except Halted:
            if not self._rows_suffice:
                raise
            return None

    def _is_due(self, row: Row, known: KnownSource) -> bool:
        return (
            row.hash != known.row_hash
            or known.verified_at is None
            or known.verified_at < self._with.verified_before
            or not self._was_read_by_these_rules(row.url)
        )

    def _was_read_by_these_rules(self, url: str | None) -> bool:
        page = self._with.memory.pages.get(url) if url else None
        return page is None or page.reader == READER

    def _is_as_before(self, row: Row, known: KnownSource, page: Page) -> bool:
        before = self._with.memory.pages.get(page.url)
        return (
            before is not None
            and before.reader == READER
            and row.hash == known.row_hash
            and (page.not_modified or page.content_hash == before.content_hash)
        )

    async def fetch(self, url: str) -> Page | None:
        """Return a page, or ``None`` where it cannot be had or the limit is reached, which the log says."""
        if self._pages_left <= 0:
            self._note_limit(url)
            return None
        self._pages_left -= 1
        self.pages_asked += 1
        try:
            return await self._had(url)
        except FetchError as error:
            self.pages_failed += 1
            self.may_heal = self.may_heal or heals_soon(error)
            if block := block_behind(error):
                self.blocks[block] += 1
            self._with.journal.note(as_told(error).message, url, is_problem=True)
            return None

    async def _had(self, url: str) -> Page:
        if self._with.rendering.choice.shows_calls:
            try:
                return await self._with.rendering.shown(url)
            except NotAPage:
                pass  # a document: plain HTTP has it
        known = self._with.memory.pages.get(url)
        page = await self._with.fetcher.fetch(url, validators=known.validators if known else None)
        if page.not_modified and known:
            self._with.journal.saved(known.wire_bytes)
        return page

    def _note_limit(self, url: str) -> None:
        if not self.is_at_limit:
            self.is_at_limit = True
            note = "The limit of pages for one scrape (HOIST_MAX_DETAILS) is reached; the next one goes on."
            self._with.journal.note(note, url, is_problem=True)

    async def _read(self, row: Row, page: Page) -> CallPage | None:
        try:
            whole = await self.whole(page)
            told = self._told(row, whole)
            if not whole.is_rendered and is_html(whole):
                self._with.rendering.choice.met_call(is_empty=told.needs_browser)
            if told.needs_browser and self._with.rendering.is_possible:
                whole = await self._with.rendering.shown(page.url)
                told = self._told(row, whole)
        except FetchError as error:
            self._failed(page, error.message)
            self.may_heal = self.may_heal or heals_soon(error)
            return None
        except (Halted, LogInFailed):
            raise
        except Exception as error:  # noqa: BLE001 - a page that our rules stumble over must not cost the others
            self._failed(page, f"Our reader failed on this page ({error!r}).")
            return None
        self._with.journal.note(told.in_words, page.url, is_problem=told.why_not is not None)
        if told.block:  # as good as not had: nothing of it may be taken for the page next time
            self.pages_failed += 1
            self.blocks[told.block] += 1
        else:
            self._with.keeper.page(whole, told.fields)
        return told

    def _told(self, row: Row, page: Page) -> CallPage:
        with self._with.journal.reading(page.url):
            known = self._with.memory.calls
            return read_call_page(
                page,
                row_title=row.candidate.title,
                today=self._with.now.date(),
                known=known.learned if known else None,
            )

    def _failed(self, page: Page, why: str) -> None:
        self.pages_failed += 1
        self._with.journal.note(why, page.url, is_problem=True)

    async def whole(self, page: Page) -> Page:
        """Return the page with its content, from our own copy where the server sent none.

        :raises FetchError: our copy is gone and the page cannot be had again.
        """
        if not page.not_modified:
            return page
        content = await self._with.memory.snapshot(page.url)
        if content is None:
            return await self._with.fetcher.fetch(page.url)
        return self._with.memory.pages[page.url].again(content, page)

    async def _without_page(self, row: Row) -> Candidate:
        """What the row says, completed by what was read before: a page that fails takes nothing away."""
        before = await self._with.memory.telling(row.known.id) if row.known else None
        return complete(row.candidate, before) if before else row.candidate

    async def _with_what_a_model_gave(
        self, known: KnownSource, candidate: Candidate, page: Page
    ) -> Candidate:
        """Add what a language model found on the page before, as far as the page proves it still."""
        before = await self._with.memory.telling(known.id)
        if before is None or all(proof.method != METHOD for proof in before.evidence.values()):
            return candidate
        document = document_of(page.content, url=page.final_url, charset=page.charset)
        return filled(candidate, still_proven(before, Content(document, self._with.now.date()))) or candidate

    def _finding(self, row: Row, candidate: Candidate, *, is_verified: bool) -> Finding:
        return Finding(
            identity=row.identity,
            listing_url=row.listing_url,
            row_hash=row.hash,
            candidate=replace(candidate, url=row.url or candidate.url),
            verified_at=self._with.now if is_verified else None,
        )


def _merged(row: Candidate, page: Candidate) -> Candidate:
    """What is written for programs goes before pages, and these before the rows that link to them."""
    return merge([row, page] if is_declared(row) else [page, row])
