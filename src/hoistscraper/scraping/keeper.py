"""Where a walk puts what it finds: into the database by batches, or only into memory."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Protocol
from uuid import UUID

from hoistscraper.fetching.page import Page
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.reading.call_pages import PageFields
from hoistscraper.reading.values import PageKind

# Documents may be large, and a batch is held in memory.
MOST_CONTENT_BYTES = 20_000_000
LONGEST_BATCH_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page that was read: kept so that the next visit can ask whether it has changed.

    ``left_out`` says what of a listing page was not read, and why, as long as the page stays the same. A page
    that is not ``is_whole``, because something else kept a part of it from us, is asked for afresh.
    ``fields`` says what the page of a call states, and where.
    """

    page: Page
    next_url: str | None = None
    is_listing: bool = False
    kind: PageKind | None = None
    left_out: str | None = None
    is_whole: bool = True
    fields: PageFields | None = None


@dataclass(slots=True)
class Batch:
    """What was found and not yet written; it is written in one transaction.

    A listing's page joins the batch after the calls it shows: were its validators kept before them, a crash
    in between would make the next visit skip calls that were never read.
    """

    findings: list[Finding] = field(default_factory=list)
    pages: dict[str, ReadPage] = field(default_factory=dict)
    seen: dict[UUID, KnownSource] = field(default_factory=dict)
    verified: set[UUID] = field(default_factory=set)

    @property
    def size(self) -> int:
        """How many calls wait."""
        return len(self.findings) + len(self.seen)

    @property
    def content_bytes(self) -> int:
        """How much content waits with them."""
        return sum(len(read.page.content) for read in self.pages.values())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.findings or self.pages or self.seen)


class Writer(Protocol):
    """Writes one batch, wholly or not at all."""

    async def write(self, batch: Batch, *, at: datetime) -> None:
        """Write and commit."""

    async def forget(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Note that these calls are no longer listed."""


class Keeper:
    """Collects what a walk finds and hands it on in batches, so that a crash loses seconds, not hours."""

    def __init__(self, writer: Writer, *, batch_size: int, batch_seconds: float) -> None:
        self._writer = writer
        self._batch_size = batch_size
        self._batch_seconds = batch_seconds
        self._batch = Batch()
        self._began_at = self._written_at = monotonic()
        self._writing = asyncio.Lock()

    def page(self, page: Page, fields: PageFields | None) -> None:
        """Take the page of a call that was read."""
        self._batch.pages[page.url] = ReadPage(page=page, fields=fields)

    def listing(
        self,
        page: Page,
        *,
        next_url: str | None,
        kind: PageKind,
        left_out: str | None = None,
        is_whole: bool = True,
    ) -> None:
        """Take a listing page that was read, after the calls it shows."""
        self._batch.pages[page.url] = ReadPage(
            page=page,
            next_url=next_url,
            is_listing=True,
            kind=kind,
            left_out=left_out,
            is_whole=is_whole,
        )

    def seen(self, source: KnownSource, *, verified: bool) -> None:
        """Take a call that is still there, unchanged."""
        self._batch.seen[source.id] = source
        if verified:
            self._batch.verified.add(source.id)

    def found(self, finding: Finding) -> None:
        """Take a call that was read."""
        self._batch.findings.append(finding)

    async def write_when_due(self, *, at: datetime) -> None:
        """Write once enough has gathered, or long enough has passed."""
        is_old = monotonic() - self._written_at >= self._patience_seconds
        is_large = self._batch.size >= self._batch_size or self._batch.content_bytes >= MOST_CONTENT_BYTES
        if is_large or (is_old and not self._batch.is_empty):
            await self.write(at=at)

    @property
    def _patience_seconds(self) -> float:
        """How old a batch may grow: the longer a walk, the less a minute of it weighs."""
        elapsed_seconds = monotonic() - self._began_at
        return min(max(self._batch_seconds, elapsed_seconds / 2), LONGEST_BATCH_SECONDS)

    async def write(self, *, at: datetime) -> None:
        """Write what has gathered."""
        async with self._writing:
            batch, self._batch = self._batch, Batch()
            self._written_at = monotonic()
            if not batch.is_empty:
                await self._writer.write(batch, at=at)

    async def forget(self, sources: Sequence[KnownSource], *, at: datetime) -> None:
        """Note that calls are no longer listed."""
        if sources:
            await self._writer.forget(sources, at=at)
