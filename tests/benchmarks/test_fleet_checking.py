"""The judge of the fleet finds nothing where all is well, and each thing that is wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks.fleet.books import Books, CallRow, JobRow, RevisionRow
from benchmarks.fleet.checking import Kind, Round, faults_of
from benchmarks.fleet.shapes import Shape, ending_of
from benchmarks.fleet.site import Counts
from benchmarks.fleet.surroundings import JOB_ATTEMPTS
from benchmarks.fleet.watching import Watched
from benchmarks.fleet.websites import FleetWebsite, build_fleet, is_readable

TODAY = date(2031, 1, 15)
BEGAN = datetime(2031, 1, 15, 8, tzinfo=UTC)
FLEET = build_fleet(60, seed=1, today=TODAY)
Spoil = Callable[[Round, FleetWebsite], Round]


def _url(website: FleetWebsite) -> str:
    return f"http://{website.host}:8000{website.start_path}"


def _job(website: FleetWebsite, place: int, visit: int) -> JobRow:
    ending = ending_of(website.shape, visit=visit, job_attempts=JOB_ATTEMPTS)
    first = len(website.calls(1)) if visit == 1 and is_readable(website) else 0
    changed = int(visit == 2 and website.changes)
    began = BEGAN + timedelta(minutes=place)
    return JobRow(
        url=_url(website),
        host=website.host,
        status=ending.status,
        error_kind=ending.error_kind,
        error_message=None,
        attempt=ending.attempt,
        started_at=began,
        finished_at=began + timedelta(seconds=1),
        new=first or changed,
        changed=changed,
        no_longer_listed=changed,
        requests=1,
        not_modified=0,
        bytes_received=1_000,
    )


def _calls(website: FleetWebsite, visit: int) -> list[CallRow]:
    if not is_readable(website):
        return []
    listed = website.calls(visit)
    gone = [call for call in website.calls(1) if call.number not in {c.number for c in listed}]
    return [
        CallRow(_url(website), c.title, c.deadline, c.reference, c in listed, f"{website.number}-{c.number}")
        for c in (*listed, *gone)
    ]


def _as_it_should_be(visit: int) -> Round:
    counts = dict.fromkeys((w.host for w in FLEET), Counts(requests=1))
    counts |= {w.host: Counts(requests=2) for w in FLEET if w.shape is Shape.NEIGHBOUR}
    changed = [w for w in FLEET if w.changes] if visit == 2 else []
    revisions = [
        RevisionRow(_url(w), w.moved.title, "deadline", w.moved.deadline.isoformat(), w.moved_to.isoformat())
        for w in changed
    ]
    books = Books(
        jobs={_url(w): [_job(w, place, visit)] for place, w in enumerate(FLEET)},
        calls={_url(w): _calls(w, visit) for w in FLEET},
        revisions=revisions,
        queue_rows=0,
        orphans=0,
    )
    return Round(FLEET, _url, visit, books, Watched(), counts)


@pytest.mark.parametrize("visit", [1, 2])
def test_a_round_as_it_should_be_has_no_fault(visit: int) -> None:
    assert faults_of(_as_it_should_be(visit)) == []


def _with_job(over: Round, website: FleetWebsite, *jobs: JobRow) -> Round:
    return replace(over, books=replace(over.books, jobs={**over.books.jobs, _url(website): list(jobs)}))


def _with_first_call(over: Round, website: FleetWebsite, *calls: CallRow) -> Round:
    others = over.books.calls[_url(website)][1:]
    kept = {**over.books.calls, _url(website): [*calls, *others]}
    return replace(over, books=replace(over.books, calls=kept))


def _job_of(over: Round, website: FleetWebsite) -> JobRow:
    return over.books.jobs[_url(website)][0]


def _call_of(over: Round, website: FleetWebsite) -> CallRow:
    return over.books.calls[_url(website)][0]


SPOILED: dict[Kind, Spoil] = {
    Kind.LOST: _with_job,
    Kind.STUCK: lambda over, _: replace(over, watched=Watched(unfinished=1)),
    Kind.TWICE: lambda over, w: _with_job(over, w, _job_of(over, w), _job_of(over, w)),
    Kind.ENDING: lambda over, w: _with_job(over, w, replace(_job_of(over, w), attempt=2)),
    Kind.MISSING: _with_first_call,
    Kind.NOISE: lambda over, w: _with_first_call(
        over, w, _call_of(over, w), replace(_call_of(over, w), title="News", is_listed=False)
    ),
    Kind.DOUBLE: lambda over, w: _with_first_call(over, w, _call_of(over, w), _call_of(over, w)),
    Kind.WRONG_DEADLINE: lambda over, w: _with_first_call(
        over, w, replace(_call_of(over, w), deadline=TODAY)
    ),
    Kind.NO_DEADLINE: lambda over, w: _with_first_call(over, w, replace(_call_of(over, w), deadline=None)),
    Kind.CHANGE: lambda over, w: replace(
        over,
        books=replace(over.books, revisions=[RevisionRow(_url(w), "A call", "title", None, None)]),
    ),
    Kind.REQUESTS: lambda over, w: replace(over, counts={**over.counts, w.host: Counts(requests=3)}),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_what_is_wrong_is_found(kind: Kind) -> None:
    over = _as_it_should_be(1)
    website = next(w for w in FLEET if w.shape is Shape.TABLE)
    assert kind in {fault.kind for fault in faults_of(SPOILED[kind](over, website))}


def test_an_unchanged_website_that_is_asked_twice_is_found() -> None:
    over = _as_it_should_be(2)
    quiet = next(w for w in FLEET if w.shape is Shape.CONDITIONAL and not w.changes)
    spoiled = replace(over, counts={**over.counts, quiet.host: Counts(requests=2)})
    assert Kind.ASKED_AGAIN in {fault.kind for fault in faults_of(spoiled)}


def test_a_change_that_was_not_noted_is_found() -> None:
    over = _as_it_should_be(2)
    spoiled = replace(over, books=replace(over.books, revisions=[]))
    assert Kind.CHANGE in {fault.kind for fault in faults_of(spoiled)}
