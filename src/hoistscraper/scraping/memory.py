"""What was known of a website before this scrape began."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.fetching.courtesy import HostCourtesy
from hoistscraper.fetching.page import Page, Validators
from hoistscraper.fetching.robots import RobotsText
from hoistscraper.opportunities.sources import KnownSource
from hoistscraper.reading.recipe import Recipe
from hoistscraper.scraping.recipe_state import KnownCallPages
from hoistscraper.websites.browser_needs import BrowserNeeds


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page as the last visit left it. ``reader`` is the version of our rules that read it.

    ``left_out`` says what of its entries was not read, and why.
    """

    url: str
    final_url: str
    media_type: str | None
    charset: str | None
    validators: Validators
    content_hash: str
    fetched_at: datetime
    wire_bytes: int
    next_url: str | None
    left_out: str | None = None
    reader: str
    has_snapshot: bool

    def unconditional(self) -> "KnownPage":
        """Return the page as one that cannot be asked for only if it changed."""
        return replace(self, validators=Validators())

    def again(self, content: bytes, answer: Page) -> Page:
        """Return the page with its saved content, as the server's "not modified" confirms it."""
        return Page(
            url=self.url,
            final_url=self.final_url,
            status=answer.status,
            content=content,
            fetched_at=answer.fetched_at,
            media_type=self.media_type,
            charset=self.charset,
            validators=self.validators,
            wire_bytes=self.wire_bytes,
        )


async def _no_snapshot(_url: str) -> bytes | None:
    return None


async def _no_telling(_source_id: UUID) -> Candidate | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Everything that a scrape may recall. Empty on a first visit, and where nothing is to be kept.

    ``uses_recipes``: how its listing is read is learned, and what was learned is used; ``calls`` is what was
    learned of the pages of calls, ``None`` where nothing is to be.
    """

    pages: Mapping[str, KnownPage] = field(default_factory=lambda: MappingProxyType({}))
    sources: Mapping[str, KnownSource] = field(default_factory=lambda: MappingProxyType({}))
    robots: Mapping[str, RobotsText] = field(default_factory=lambda: MappingProxyType({}))
    courtesies: Mapping[str, HostCourtesy] = field(default_factory=lambda: MappingProxyType({}))
    browser_needs: BrowserNeeds = field(default_factory=BrowserNeeds)
    uses_recipes: bool = False
    recipe: Recipe | None = None
    calls: KnownCallPages | None = None
    snapshot: Callable[[str], Awaitable[bytes | None]] = _no_snapshot
    telling: Callable[[UUID], Awaitable[Candidate | None]] = _no_telling

    def sources_on(self, listing_url: str) -> list[KnownSource]:
        """Return the calls that a listing page showed last time."""
        return [s for s in self.sources.values() if s.listing_url == listing_url and s.is_listed]

    def is_anything_due(self, listing_url: str, *, verified_before: datetime) -> bool:
        """Whether a page behind this listing must be read or confirmed though the listing is unchanged."""
        return any(
            source.verified_at is None or source.verified_at < verified_before
            for source in self.sources_on(listing_url)
        )
