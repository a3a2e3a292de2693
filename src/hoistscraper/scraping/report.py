"""What a scrape tells of itself, while it runs and at its end."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.proof import counting_dropped
from hoistscraper.fetching.courtesy import HostAsked
from hoistscraper.fetching.robots import RobotsText
from hoistscraper.redaction import for_logs
from hoistscraper.scraping.blocked import Block
from hoistscraper.scraping.recipe_state import RecipeVisit
from hoistscraper.websites.browser_needs import BrowserNeeds


class JobStatus(StrEnum):
    """Where a scrape job stands."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Trigger(StrEnum):
    """Who asked for a scrape job."""

    PERSON = "person"
    TIMETABLE = "timetable"


class Change(StrEnum):
    """What a scrape means for one call."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    HELD = "held"  # it reads differently, but the visit is not to be trusted: what was known stays


@dataclass(frozen=True, slots=True)
class FoundCall:
    """One call that a scrape saw. ``candidate`` is ``None`` where nothing had to be read again."""

    change: Change
    candidate: Candidate | None
    changed_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened, in words."""

    at: datetime
    text: str
    url: str | None = None
    is_problem: bool = False


@dataclass(slots=True)
class Journal:
    """The log of one scrape and how far it has come, and who follows both while they grow."""

    follow: Callable[[LogLine | None], None] | None = None
    lines: list[LogLine] = field(default_factory=list)
    calls_met: int = 0
    calls_read: int = 0
    bytes_saved: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def met(self, calls: int) -> None:
        """Count calls that a listing shows."""
        self.calls_met += calls
        self._tell(None)

    def read(self) -> None:
        """Count one call as done."""
        self.calls_read += 1
        self._tell(None)

    def saved(self, page_bytes: int) -> None:
        """Count the bytes of a page that the server did not have to send again."""
        self.bytes_saved += page_bytes

    @contextmanager
    def reading(self, url: str) -> Iterator[None]:
        """Count what is dropped for want of proof while a page is read, and say so."""
        with counting_dropped() as dropped:
            try:
                yield
            finally:
                if dropped:
                    self.dropped.update(dropped)
                    named = ", ".join(f"{field} ({times})" for field, times in sorted(dropped.items()))
                    self.note(f"Left out for want of proof: {named}.", url)

    def note(self, text: str, url: str | None = None, *, is_problem: bool = False) -> None:
        """Write one line."""
        # Both come from pages, at least in part, and are shown on screens and in files.
        line = LogLine(now(), for_logs(text), for_logs(url) if url else None, is_problem)
        self.lines.append(line)
        self._tell(line)

    def _tell(self, line: LogLine | None) -> None:
        if self.follow:
            self.follow(line)

    @property
    def problems(self) -> tuple[LogLine, ...]:
        """What could not be done."""
        return tuple(line for line in self.lines if line.is_problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a visit ended and what it cost.

    ``is_to_the_end``: every listing page was had, though entries of some may be left out.
    ``is_halted``: it was asked to end early, and what it had not read is left for another attempt.
    ``may_heal``: pages were missing that may be had soon.
    ``retry_after_seconds``: when the website that failed wants to be asked again, if it says so.
    ``dropped``: how many values of which fields were left out, as their quotes did not prove them.
    ``browser_needs`` is what is known of the website and the browser now, ``recipes`` what was learned of
    how its listing is to be read.
    """

    status: JobStatus
    error_kind: str | None
    error: str | None
    seen: tuple[str, ...]
    is_to_the_end: bool
    cut_short: str | None
    limit: str | None
    pages_asked: int
    pages_failed: int
    pages_blocked: Mapping[Block, int]
    requests: int
    not_modified: int
    bytes_received: int
    bytes_saved: int
    elapsed_seconds: float
    robots: Mapping[str, RobotsText]
    hosts: Mapping[str, HostAsked]
    is_halted: bool = False
    may_heal: bool = False
    retry_after_seconds: float | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    browser_needs: BrowserNeeds = field(default_factory=BrowserNeeds)
    recipes: RecipeVisit = field(default_factory=RecipeVisit)

    @classmethod
    def not_begun(cls, *, error_kind: str, error: str) -> Self:
        """Return the outcome of a visit that failed before anything was asked for."""
        return cls(
            status=JobStatus.FAILED,
            error_kind=error_kind,
            error=error,
            seen=(),
            is_to_the_end=False,
            cut_short=None,
            limit=None,
            pages_asked=0,
            pages_failed=0,
            pages_blocked={},
            requests=0,
            not_modified=0,
            bytes_received=0,
            bytes_saved=0,
            elapsed_seconds=0.0,
            robots={},
            hosts={},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapeReport:
    """One scrape of one website; ``error`` says in words why it failed or stopped early."""

    website_url: str
    status: JobStatus
    calls: tuple[FoundCall, ...] = ()
    no_longer_listed: int = 0
    requests: int = 0
    not_modified: int = 0
    bytes_received: int = 0
    bytes_saved: int = 0
    elapsed_seconds: float = 0.0
    error_kind: str | None = None
    error: str | None = None
    log: tuple[LogLine, ...] = ()
    health: str | None = None
    health_reason: str | None = None
    health_advice: str | None = None

    @classmethod
    def of(
        cls,
        website_url: str,
        outcome: Outcome,
        *,
        calls: Sequence[FoundCall],
        journal: Journal,
        no_longer_listed: int = 0,
    ) -> Self:
        """Return the report of a visit and of what its calls came to."""
        return cls(
            website_url=website_url,
            status=outcome.status,
            calls=tuple(calls),
            no_longer_listed=no_longer_listed,
            requests=outcome.requests,
            not_modified=outcome.not_modified,
            bytes_received=outcome.bytes_received,
            bytes_saved=outcome.bytes_saved,
            elapsed_seconds=outcome.elapsed_seconds,
            error_kind=outcome.error_kind,
            error=outcome.error,
            log=tuple(journal.lines),
        )

    @property
    def found(self) -> int:
        """How many calls the website lists now."""
        return len(self.calls)

    @property
    def new(self) -> int:
        """How many were never seen before."""
        return self._count(Change.NEW)

    @property
    def changed(self) -> int:
        """How many say something else than last time."""
        return self._count(Change.CHANGED)

    @property
    def unchanged(self) -> int:
        """How many say the same as last time."""
        return self._count(Change.UNCHANGED)

    @property
    def held(self) -> int:
        """How many were read, but not believed, so that their last good values stay."""
        return self._count(Change.HELD)

    @property
    def problems(self) -> tuple[LogLine, ...]:
        """What could not be read, and why."""
        return tuple(line for line in self.log if line.is_problem)

    def _count(self, change: Change) -> int:
        return sum(call.change is change for call in self.calls)
