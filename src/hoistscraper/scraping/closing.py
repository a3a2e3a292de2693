"""Close the books of a scrape job: its counts, the health of its website, and when it is due again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.fetching.robots import RobotsText
from hoistscraper.scraping import history, recipe_store, store
from hoistscraper.scraping.blocked import main_block, refusal_of
from hoistscraper.scraping.envelope import Deviation
from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.health import Ending, Health, HealthState, judge
from hoistscraper.scraping.report import Change, JobStatus, Journal, Outcome, ScrapeReport
from hoistscraper.scraping.watch import Watch
from hoistscraper.scraping.writing import DatabaseWriter
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites
from hoistscraper.websites.due import due_again
from hoistscraper.websites.model import Website


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """A visit that is over, and what was noted on the way."""

    job_id: UUID
    website: Website
    began_at: datetime
    outcome: Outcome
    writer: DatabaseWriter
    watch: Watch
    robots: Mapping[str, RobotsText]


async def close_books(
    session: AsyncSession, books: Books, journal: Journal, *, settings: Settings, at: datetime
) -> ScrapeReport:
    """Write what the visit came to and how the website is doing; the caller moves the job on, and commits."""
    outcome = books.outcome
    # Read anew: somebody may have changed its schedule while it was scraped.
    website = await session.get_one(Website, books.website.id)
    figures = _figures(books)
    ran = outcome.status is JobStatus.COMPLETED
    deviations = books.watch.deviations(figures) if ran else ()
    failures = await _failures(session, website, outcome.status)
    ending = _ending(website, outcome, failures, deviations)
    is_held = ran and _is_held(ending)
    health = judge(ending, before=state_of(website), at=at)
    calls = books.watch.learned_of_calls()
    if calls and ran and not is_held:
        for note in calls.notes:
            journal.note(note)
    _note(journal, deviations, is_held=is_held)
    report = _report(books, journal, health)
    await store.write_figures(
        session, books.job_id, figures, held=books.writer.held, deviations=deviations, is_held=is_held
    )
    if is_held or not outcome.is_to_the_end:
        await store.doubt_pages(session, website.id, books.writer.listing_pages)
    if health:
        await websites.write_health(
            session,
            website.id,
            state=health.state.value,
            reason=health.reason,
            advice=health.advice,
            since=health.since,
        )
    # Unless a person had it forgotten in the meantime.
    if ran and website.browser_needs == books.website.browser_needs != outcome.browser_needs:
        await websites.write_browser_needs(session, website.id, outcome.browser_needs)
    await recipe_store.write_visit(
        session,
        website.id,
        outcome.recipes,
        calls=calls,
        is_good=ran and not is_held,
        at=at,
    )
    if books.watch.has_settled:
        await websites.learn_anew(session, website.id, since=books.began_at)
    await store.write_robots(session, books.robots)
    await store.write_courtesies(session, outcome.hosts, at=at)
    before = at - timedelta(days=settings.snapshot_days)
    await store.drop_old_snapshots(session, website.id, before=before)
    changes = await history.changes_seen(session, website.id) if website.schedule else None
    due = due_again(website, scraped_at=at, failures_in_a_row=failures, changes=changes)
    await websites.mark_scraped(session, website.id, at=at, next_due_at=due)
    return report


def state_of(website: Website) -> HealthState | None:
    """Return how a website is doing, as it is stored; ``None`` before its first visit."""
    if website.health is None or website.health_since is None:
        return None
    return HealthState(
        Health(website.health), website.health_reason, website.health_advice, website.health_since
    )


async def _failures(session: AsyncSession, website: Website, status: JobStatus) -> int:
    if status is JobStatus.CANCELLED:  # tells nothing of the website
        return website.failures_in_a_row
    return await websites.count_failures(session, website.id, has_failed=status is JobStatus.FAILED)


def _figures(books: Books) -> VisitFigures:
    outcome, calls = books.outcome, books.writer.calls
    visit = VisitFigures(
        at=books.began_at,
        listed=len(calls),
        new=sum(call.change is Change.NEW for call in calls),
        pages_asked=outcome.pages_asked,
        pages_failed=outcome.pages_failed,
        bytes_received=outcome.bytes_received,
        seconds=outcome.elapsed_seconds,
    )
    return books.watch.completed(visit, books.writer.read)


def _ending(website: Website, outcome: Outcome, failures: int, deviations: tuple[Deviation, ...]) -> Ending:
    block = main_block(outcome.pages_blocked, pages_asked=outcome.pages_asked)
    return Ending(
        status=outcome.status,
        error_kind=outcome.error_kind,
        error=outcome.error,
        failures_in_a_row=failures,
        cut_short=outcome.cut_short,
        limit=outcome.limit,
        pages_refused=refusal_of(block, website.url) if block else None,
        deviations=deviations,
    )


def _is_held(ending: Ending) -> bool:
    return (
        ending.cut_short is not None
        or ending.pages_refused is not None
        or any(deviation.holds for deviation in ending.deviations)
    )


def _note(journal: Journal, deviations: tuple[Deviation, ...], *, is_held: bool) -> None:
    for deviation in deviations:
        journal.note(deviation.sentence, is_problem=True)
    if is_held:
        journal.note(
            "This is not what the website usually gives: the last good values stay.", is_problem=True
        )


def _report(books: Books, journal: Journal, health: HealthState | None) -> ScrapeReport:
    report = ScrapeReport.of(
        books.website.url,
        books.outcome,
        calls=books.writer.calls,
        journal=journal,
        no_longer_listed=books.writer.forgotten,
    )
    if health is None:
        return report
    return replace(
        report, health=health.state.value, health_reason=health.reason, health_advice=health.advice
    )
