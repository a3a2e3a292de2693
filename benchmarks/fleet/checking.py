"""Is what the database holds what the websites list? Every difference is a fault with a sentence. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from benchmarks.fleet.books import Books, CallRow, JobRow
from benchmarks.fleet.shapes import Ending, Shape, ending_of
from benchmarks.fleet.site import Counts
from benchmarks.fleet.surroundings import JOB_ATTEMPTS
from benchmarks.fleet.watching import Watched
from benchmarks.fleet.websites import FleetWebsite, is_readable


class Kind(StrEnum):
    """What can be wrong."""

    LOST = "lost jobs"
    STUCK = "stuck jobs"
    TWICE = "two jobs of one website or host at one time"
    ENDING = "jobs that ended otherwise than their website should"
    MISSING = "calls not found"
    NOISE = "calls that no website lists"
    DOUBLE = "calls kept twice"
    WRONG_DEADLINE = "wrong deadlines"
    NO_DEADLINE = "missing deadlines"
    CHANGE = "changes noted wrongly"
    REQUESTS = "requests not in the books"
    ASKED_AGAIN = "unchanged websites asked for more than need be"


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference."""

    kind: Kind
    sentence: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round that is over: the truth, and what came of it."""

    fleet: Sequence[FleetWebsite]
    url_of: Callable[[FleetWebsite], str]
    visit: int
    books: Books
    watched: Watched
    counts: Mapping[str, Counts]


def faults_of(over: Round) -> list[Fault]:
    """Return everything that is wrong."""
    faults = [*_of_the_queue(over), *_at_one_time(over), *_changes(over)]
    for website in over.fleet:
        url = over.url_of(website)
        faults += _of_the_job(website, over.visit, url, over.books.jobs.get(url, ()))
        faults += _of_the_calls(website, over.visit, url, over.books.calls.get(url, ()))
    return faults + list(_of_the_requests(over))


def _of_the_queue(over: Round) -> Iterator[Fault]:
    if over.watched.unfinished:
        yield Fault(Kind.STUCK, f"{over.watched.unfinished} jobs do not end.")
    if over.books.queue_rows:
        yield Fault(Kind.STUCK, f"{over.books.queue_rows} rows are left in the queue.")
    if over.books.orphans:
        yield Fault(Kind.NOISE, f"{over.books.orphans} calls have no source.")


def _at_one_time(over: Round) -> Iterator[Fault]:
    for name, looks in over.watched.twice.items():
        yield Fault(Kind.TWICE, f"{name} had two running jobs, seen {looks} times.")
    by_host: dict[str, list[JobRow]] = {}
    for jobs in over.books.jobs.values():
        for job in jobs:
            by_host.setdefault(job.host, []).append(job)
    for host, jobs in by_host.items():
        ran = sorted((j.started_at, j.finished_at) for j in jobs if j.started_at and j.finished_at)
        for (_, ended), (began, _) in pairwise(ran):
            if began < ended:
                yield Fault(Kind.TWICE, f"{host}: a job began at {began}, before another ended at {ended}.")


def _of_the_job(website: FleetWebsite, visit: int, url: str, jobs: Sequence[JobRow]) -> Iterator[Fault]:
    if len(jobs) != 1:
        yield Fault(Kind.LOST, f"{url} has {len(jobs)} jobs, not one.")
    wanted = ending_of(website.shape, visit=visit, job_attempts=JOB_ATTEMPTS)
    for job in jobs:
        ended = Ending(job.status, job.error_kind, job.attempt)
        if ended != wanted:
            yield Fault(Kind.ENDING, f"{url} ({website.shape}): {ended}, not {wanted}. {job.error_message}")


def _of_the_calls(website: FleetWebsite, visit: int, url: str, kept: Sequence[CallRow]) -> Iterator[Fault]:
    listed = website.calls(visit) if is_readable(website) else []
    known = {call.title for round_ in range(1, visit + 1) for call in website.calls(round_)}
    by_title = {call.title: call for call in kept if call.is_listed}
    for title, times in Counter(call.title for call in kept).items():
        if times > 1:
            yield Fault(Kind.DOUBLE, f"{url} ({website.shape}): {title} is kept {times} times.")
        if title not in known:
            yield Fault(Kind.NOISE, f"{url} ({website.shape}): {title} is no call.")
    for call in listed:
        found = by_title.pop(call.title, None)
        if found is None:
            yield Fault(Kind.MISSING, f"{url} ({website.shape}): {call.title} was not found.")
        elif found.deadline is None:
            yield Fault(Kind.NO_DEADLINE, f"{url} ({website.shape}): {call.title} has no deadline.")
        elif found.deadline != call.deadline:
            difference = f"{found.deadline}, not {call.deadline}"
            yield Fault(Kind.WRONG_DEADLINE, f"{url} ({website.shape}): {call.title}: {difference}.")
    for title in by_title:
        yield Fault(Kind.CHANGE, f"{url} ({website.shape}): {title} passes for listed.")


def _changes(over: Round) -> Iterator[Fault]:
    """Compare what was noted as changed: nothing on a first visit, and then exactly what did change."""
    wanted: set[tuple[str, str, str, str | None, str | None]] = set()
    for website in over.fleet:
        url, has_changed = over.url_of(website), over.visit == 2 and website.changes
        if has_changed:
            old, new = website.moved.deadline.isoformat(), website.moved_to.isoformat()
            wanted.add((url, website.moved.title, "deadline", old, new))
        first = len(website.calls(1)) if over.visit == 1 and is_readable(website) else 0
        figures = (1, 1, 1) if has_changed else (first, 0, 0)
        for job in over.books.jobs.get(url, ()):
            noted = (job.new, job.changed, job.no_longer_listed)
            if noted != figures:
                words = f"new, changed and gone were {noted}, not {figures}"
                yield Fault(Kind.CHANGE, f"{url} ({website.shape}): {words}.")
    noted_revisions = {(r.site, r.title, r.field, r.old, r.new) for r in over.books.revisions}
    for revision in sorted(noted_revisions ^ wanted, key=str):
        what = "was not noted" if revision in wanted else "was noted, but is none"
        yield Fault(Kind.CHANGE, f"The revision {revision} {what}.")
    if len(over.books.revisions) != len(noted_revisions):
        yield Fault(Kind.CHANGE, "A revision was noted twice.")


def _of_the_requests(over: Round) -> Iterator[Fault]:
    noted: Counter[str] = Counter()
    for jobs in over.books.jobs.values():
        for job in jobs:
            noted[job.host] += job.requests
    for website in over.fleet:
        asked = over.counts.get(website.host, Counts()).requests
        # A browser also counts what it is kept from loading, such as an icon.
        is_equal = (
            noted[website.host] >= asked if website.shape is Shape.SCRIPT else noted[website.host] == asked
        )
        if not is_equal:
            difference = f"asked {asked} times, {noted[website.host]} in the books"
            yield Fault(Kind.REQUESTS, f"{website.host} ({website.shape}): {difference}.")
        is_quiet = website.shape is Shape.CONDITIONAL and over.visit == 2 and not website.changes
        if is_quiet and asked != 1:
            yield Fault(Kind.ASKED_AGAIN, f"{website.host}: asked {asked} times, though nothing had changed.")
