"""One round: all websites are scraped, something dies at a random moment, and everything must come right."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from benchmarks.chaos import books
from benchmarks.chaos.books import Kept, NotSettled
from benchmarks.chaos.disturbing import Kind, disturb
from benchmarks.chaos.processes import kill
from benchmarks.chaos.service import STALLED_AFTER_SECONDS, Service
from benchmarks.chaos.websites import CuttableSite
from hoistscraper.clock import now
from hoistscraper.scraping.health import Health
from hoistscraper.scraping.report import JobStatus

# What a round may take on a machine that is busy with other things.
PATIENCE_SECONDS = 90.0
MOST_RESCUE_SECONDS = 15 * STALLED_AFTER_SECONDS
_LOOK_SECONDS = 0.02
_LEAVE_SECONDS = 15.0
_LONGEST_PAUSE_SECONDS = 0.1
_MOMENT_SECONDS = 10.0
_LONGEST_BROWSER_PAUSE_SECONDS = 1.2


@dataclass(slots=True)
class Blow:
    """One thing that went wrong, at which request and to whom.

    ``back_seconds``: until each job of a dead worker was taken up, or the database answered again.
    ``settled_seconds``: until everything was done.
    """

    kind: Kind
    at_request: int
    at: datetime
    whom: str = ""
    back_seconds: list[float] = field(default_factory=list)
    settled_seconds: float = 0.0

    @property
    def is_about_the_database(self) -> bool:
        """Whether the database went away."""
        return self.kind in (Kind.DATABASE_KILLED, Kind.DATABASE_RESTARTED)


@dataclass(slots=True)
class Round:
    """A round, and what of it is not as it should be."""

    number: int
    blows: list[Blow] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Arena:
    """The service, what it scrapes, and what comes of that when nothing disturbs."""

    service: Service
    sites: list[CuttableSite]
    undisturbed: Kept
    requests: int
    seed: int


def scrape_in_peace(service: Service, sites: list[CuttableSite]) -> tuple[Kept, int]:
    """Scrape everything undisturbed; return what is kept then, and how many requests it takes."""
    _begin(service, sites)
    books.wait_until_settled(service, PATIENCE_SECONDS, service.man)
    return books.kept(service), _asked(sites)


def play(arena: Arena, number: int) -> Round:
    """Play a round; the same seed and number choose the same blows at the same requests."""
    chance = Random(f"{arena.seed}-{number}")  # noqa: S311 - moments, not secrets
    played, began = Round(number), time.monotonic()
    _begin(arena.service, arena.sites)
    moments = sorted(chance.randrange(arena.requests) for _ in range(chance.choice((1, 1, 2))))
    played.blows = [_strike(arena, chance, moment) for moment in moments]
    try:
        books.wait_until_settled(arena.service, PATIENCE_SECONDS, arena.service.man)
        played.faults += _wrong_books(arena)
    except NotSettled as fault:
        played.faults.append(str(fault))
    _note_times(arena.service, played, ended=now())
    played.faults += _left_behind(arena.service)
    arena.service.man()
    played.faults += arena.service.quitters()
    played.seconds = time.monotonic() - began
    return played


def _begin(service: Service, sites: list[CuttableSite]) -> None:
    service.man()
    books.empty(service)
    for site in sites:
        site.answered = 0
    books.ask_for(service, sites)


def _strike(arena: Arena, chance: Random, moment: int) -> Blow:
    kind = chance.choice(list(Kind))
    _wait_for_moment(arena, kind, moment)
    pause_seconds = _LONGEST_BROWSER_PAUSE_SECONDS if kind is Kind.BROWSER_KILLED else _LONGEST_PAUSE_SECONDS
    time.sleep(chance.uniform(0, pause_seconds))
    blow = Blow(kind, _asked(arena.sites), now())
    blow.whom = disturb(kind, arena.service, arena.sites, chance)
    arena.service.man()
    if blow.is_about_the_database:
        arena.service.ask("SELECT 1")
        blow.back_seconds.append((now() - blow.at).total_seconds())
    return blow


def _wait_for_moment(arena: Arena, kind: Kind, moment: int) -> None:
    deadline = time.monotonic() + _MOMENT_SECONDS
    while time.monotonic() < deadline and not books.is_settled(arena.service):
        if arena.service.browsers() if kind is Kind.BROWSER_KILLED else _asked(arena.sites) >= moment:
            return
        time.sleep(_LOOK_SECONDS)


def _asked(sites: list[CuttableSite]) -> int:
    return sum(site.answered for site in sites)


def _wrong_books(arena: Arena) -> list[str]:
    found, expected = books.kept(arena.service), arena.undisturbed
    faults = [f"{end} is not completed and green" for end in books.ends(arena.service) if not _is_well(end)]
    if found.revisions:
        faults.append(f"{found.revisions} revisions of what never changed")
    faults += [f"too many or different: {row}" for row in found.rows if row not in expected.rows]
    faults += [f"missing or different: {row}" for row in expected.rows if row not in found.rows]
    if len(found.rows) != len(expected.rows):
        faults.append(f"{len(found.rows)} rows instead of {len(expected.rows)}")
    if found.pages != expected.pages:
        faults.append(f"pages differ: {sorted(set(found.pages) ^ set(expected.pages))}")
    return faults


def _is_well(end: tuple[object, ...]) -> bool:
    _, status, _, health = end
    return (status, health) == (JobStatus.COMPLETED.value, Health.GREEN.value)


def _note_times(service: Service, played: Round, *, ended: datetime) -> None:
    for blow in played.blows:
        blow.settled_seconds = (ended - blow.at).total_seconds()
        if blow.kind is Kind.WORKER_KILLED:
            blow.back_seconds = books.rescues(service, blow.at)
            if max(blow.back_seconds, default=0.0) > MOST_RESCUE_SECONDS:
                played.faults.append(f"a job was taken up after {max(blow.back_seconds):.1f} s only")


def _left_behind(service: Service) -> list[str]:
    """Return what runs yet that nobody needs, once it has had the time to end."""
    deadline = time.monotonic() + _LEAVE_SECONDS
    while (orphans := service.orphans()) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    for orphan in orphans:
        kill(orphan.pid)
    return [f"left running: {orphan.program} {orphan.pid} ({orphan.command[:200]})" for orphan in orphans]
