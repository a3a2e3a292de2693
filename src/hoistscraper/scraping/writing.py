"""Write what a visit found, and hold back what it may not take away."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hoistscraper.database.engine import Database
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.language_model.server import asked_for
from hoistscraper.opportunities import keeping
from hoistscraper.opportunities import store as opportunities
from hoistscraper.opportunities.rows import UNTITLED
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.reading.call_pages import PageFields, name_in_words
from hoistscraper.scraping import store
from hoistscraper.scraping.consulting import ask_later
from hoistscraper.scraping.held import HeldCall, Screened
from hoistscraper.scraping.job_moves import Claim, hold
from hoistscraper.scraping.keeper import Batch, ReadPage
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.report import Change, FoundCall, Journal
from hoistscraper.scraping.watch import Watch
from hoistscraper.settings import Settings
from hoistscraper.websites.model import Website

_MOST_LACKING_TOLD = 20  # lines of a job's log; how many there are is told at the end


class DatabaseWriter:
    """Writes batches to the database, as long as the attempt counts, and counts what they came to."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        website: Website,
        claim: Claim,
        *,
        memory: Memory,
        watch: Watch,
        journal: Journal,
    ) -> None:
        self._database = database
        self._claim = claim
        self._journal = journal
        self._keep_snapshots = settings.snapshot_days > 0
        self._site = keeping.Site(website.id, website.url, website.timezone)
        self._known = memory.sources
        self._batches = settings.features_batch_writes.includes(website.url)
        self._watch = watch
        # Of a page that is not saved, nothing can be asked later.
        self._asks_a_model = self._keep_snapshots and asked_for(settings, website.url) is not None
        self._asked = 0
        self._held_pages: set[str] = set()
        self._fields: dict[str, PageFields] = {}
        self._lacking_told = 0
        self.calls: list[FoundCall] = []
        self.held: list[HeldCall] = []
        self.read: list[Candidate] = []
        self.listing_pages: set[str] = set()
        self.forgotten = 0

    async def write(self, batch: Batch, *, at: datetime) -> None:
        """Write one batch in one transaction; values that it may not take away are held instead.

        :raises Conflict: the attempt counts no more.
        """
        async with self._database.transaction() as session:
            await hold(session, self._claim)
            before = await opportunities.stated_before(session, self._known_ids(batch.findings))
            screened = self._watch.screen.screen(batch.findings, before, self._pages_of(batch))
            kept: list[keeping.Kept] = []
            for together in self._written_together(screened.told):
                kept += await keeping.keep(session, self._site, together, self._known, seen_at=at)
            held = [call.source.id for call in screened.held]
            await opportunities.touch_sources(session, [*batch.seen, *held], list(batch.verified), seen_at=at)
            believed = self._believed(batch, screened)
            await store.write_pages(
                session, self._site.website_id, believed, keep_snapshots=self._keep_snapshots
            )
            if self._asks_a_model:
                self._asked += await ask_later(
                    session,
                    kept,
                    believed,
                    website_id=self._site.website_id,
                    job_id=self._claim.job_id,
                    at=at,
                )
        for call in kept:
            self._tell(call)
        for finding in batch.findings:
            self._tell_lacking(finding, screened.lacking.get(finding.identity))
        self.held += screened.held
        self.read += [finding.candidate for finding in batch.findings]
        self.calls += [_found(call) for call in kept]
        self.calls += [FoundCall(Change.HELD, call.finding.candidate) for call in screened.held]
        self.calls += [FoundCall(Change.UNCHANGED, None) for _ in batch.seen]

    async def forget(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Note that calls are no longer listed, which does not mean that they are closed.

        Nothing is noted where more have vanished at once than ever do: the listing may be broken.

        :raises Conflict: the attempt counts no more.
        """
        self._watch.missed(sources, at=at)
        if self._watch.holds_the_missing(listed=len(self.calls), at=at):
            return
        async with self._database.transaction() as session:
            await hold(session, self._claim)
            await opportunities.mark_no_longer_listed(session, [source.id for source in sources], at=at)
        self.forgotten += len(sources)
        self._journal.note(f"No longer listed: {len(sources)} calls.")

    def tell_what_is_asked(self) -> None:
        """Say about how many calls a language model is asked after the visit."""
        if self._asked:
            self._journal.note(f"A language model is asked later for what is missing; calls: {self._asked}.")

    def _tell(self, kept: keeping.Kept) -> None:
        call = kept.finding.candidate
        if kept.is_new:
            self._journal.note(f"New: {call.title or UNTITLED}", call.url)
        elif kept.changed_fields:
            self._journal.note(f"Changed ({', '.join(kept.changed_fields)}): {call.title}", call.url)

    def _written_together(self, told: list[Finding]) -> list[list[Finding]]:
        return [told] if self._batches else [[finding] for finding in told]

    def _known_ids(self, findings: Sequence[Finding]) -> list[UUID]:
        return [self._known[f.identity].id for f in findings if f.identity in self._known]

    def _pages_of(self, batch: Batch) -> dict[str, PageFields]:
        """Return what the pages of a batch's calls state, by the names of the calls.

        A page may have been written with the batch before its call.
        """
        self._fields |= {url: read.fields for url, read in batch.pages.items() if read.fields}
        told = ((each.identity, self._fields.pop(each.candidate.url or "", None)) for each in batch.findings)
        return {identity: fields for identity, fields in told if fields}

    def _tell_lacking(self, finding: Finding, lacking: frozenset[str] | None) -> None:
        if lacking is None:
            return
        told = self._watch.lacks.read(finding.identity, finding.candidate.title, lacking)
        if told and self._lacking_told < _MOST_LACKING_TOLD:
            self._lacking_told += 1
            names = " and no ".join(map(name_in_words, sorted(told)))
            note = f"This page states no {names}; nearly all pages of calls here do."
            self._journal.note(note, finding.candidate.url, is_problem=True)

    def _believed(self, batch: Batch, screened: Screened) -> list[ReadPage]:
        """Return the pages to remember as read.

        Those behind what is held are not: the next visit would take "not modified" for an answer.
        """
        held = [call.finding for call in screened.held]
        held += [finding for finding in screened.told if finding.identity in screened.withheld]
        for finding in held:
            self._held_pages.update({finding.listing_url, finding.candidate.url or ""})
        believed = [read for url, read in batch.pages.items() if url not in self._held_pages]
        self.listing_pages.update(read.page.url for read in believed if read.is_listing)
        return believed


def _found(kept: keeping.Kept) -> FoundCall:
    if kept.is_new:
        return FoundCall(Change.NEW, kept.finding.candidate)
    change = Change.CHANGED if kept.changed_fields else Change.UNCHANGED
    return FoundCall(change, kept.finding.candidate, kept.changed_fields)
