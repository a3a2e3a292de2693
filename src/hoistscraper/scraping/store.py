"""Every statement about scrape jobs, pages and hosts, and the writing of a batch."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from hoistscraper.database.bulk import insert_rows
from hoistscraper.fetching.page import Validators
from hoistscraper.fetching.robots import RobotsText
from hoistscraper.reading.read import READER
from hoistscraper.scraping.envelope import Deviation
from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.held import HeldCall
from hoistscraper.scraping.keeper import ReadPage
from hoistscraper.scraping.memory import KnownPage
from hoistscraper.scraping.model import HostRecord, PageRecord, ScrapeJob
from hoistscraper.scraping.report import LogLine, ScrapeReport


async def known_pages(session: AsyncSession, website_id: UUID) -> dict[str, KnownPage]:
    """Return the pages that were read on earlier visits, by address, without their content."""
    rows = await session.execute(
        text(
            "SELECT url, final_url, media_type, charset, etag, last_modified, content_hash, fetched_at, "
            "next_url, reader, snapshot IS NOT NULL AS has_snapshot FROM page WHERE website_id = :website_id"
        ),
        {"website_id": website_id},
    )
    return {
        row.url: KnownPage(
            url=row.url,
            final_url=row.final_url,
            media_type=row.media_type,
            charset=row.charset,
            validators=Validators(row.etag, row.last_modified),
            content_hash=row.content_hash,
            fetched_at=row.fetched_at,
            next_url=row.next_url,
            reader=row.reader,
            has_snapshot=row.has_snapshot,
        )
        for row in rows
    }


async def snapshot(session: AsyncSession, website_id: UUID, url: str) -> bytes | None:
    """Return the saved content of a page."""
    packed = await session.scalar(
        text("SELECT snapshot FROM page WHERE website_id = :website_id AND url = :url"),
        {"website_id": website_id, "url": url},
    )
    return zlib.decompress(packed) if packed is not None else None


async def write_pages(
    session: AsyncSession, website_id: UUID, pages: Sequence[ReadPage], *, keep_snapshots: bool
) -> None:
    """Write what the next visit needs to ask whether these pages have changed."""
    rows = [
        {
            "id": uuid7(),
            "website_id": website_id,
            "url": read.page.url,
            "final_url": read.page.final_url,
            "media_type": read.page.media_type,
            "charset": read.page.charset,
            "etag": read.page.validators.etag,
            "last_modified": read.page.validators.last_modified,
            "content_hash": read.page.content_hash,
            "next_url": read.next_url,
            "reader": READER,
            "fetched_at": read.page.fetched_at,
            "snapshot": zlib.compress(read.page.content, 3) if keep_snapshots else None,
        }
        for read in pages
    ]
    await insert_rows(session, PageRecord.metadata.tables["page"], rows, replace_on=("website_id", "url"))


async def doubt_pages(session: AsyncSession, website_id: UUID, urls: Collection[str]) -> None:
    """Have these pages read afresh by the next visit: what this one read of them is not to be trusted.

    Else "not modified" would vouch for calls that a broken listing does not show.
    """
    if urls:
        await session.execute(
            text(
                "UPDATE page SET etag = NULL, last_modified = NULL, content_hash = '' "
                "WHERE website_id = :website_id AND url = ANY(:urls)"
            ),
            {"website_id": website_id, "urls": list(urls)},
        )


async def drop_old_snapshots(session: AsyncSession, website_id: UUID, *, before: datetime) -> None:
    """Forget the content of pages that were read long ago; their validators stay."""
    await session.execute(
        text(
            "UPDATE page SET snapshot = NULL "
            "WHERE website_id = :website_id AND fetched_at < :before AND snapshot IS NOT NULL"
        ),
        {"website_id": website_id, "before": before},
    )


async def known_robots(session: AsyncSession, *, since: datetime) -> dict[str, RobotsText]:
    """Return what hosts asked of robots, as far as it is recent."""
    rows = await session.execute(
        text(
            "SELECT origin, robots_text, robots_status, robots_fetched_at FROM host "
            "WHERE robots_fetched_at > :since"
        ),
        {"since": since},
    )
    return {
        row.origin: RobotsText(
            url=f"{row.origin}/robots.txt",
            text=row.robots_text,
            status=row.robots_status,
            fetched_at=row.robots_fetched_at,
        )
        for row in rows
    }


async def write_robots(session: AsyncSession, robots: Mapping[str, RobotsText]) -> None:
    """Keep what hosts ask of robots."""
    rows = [
        {
            "origin": origin,
            "robots_text": kept.text,
            "robots_status": kept.status,
            "robots_fetched_at": kept.fetched_at,
        }
        for origin, kept in robots.items()
    ]
    await insert_rows(session, HostRecord.metadata.tables["host"], rows, replace_on=("origin",))


async def begin_job(session: AsyncSession, website_id: UUID, *, at: datetime) -> UUID:
    """Open the books of a scrape; jobs of this website that were cut off before are closed as failed.

    What such a job read of listings is doubted: it did not come to compare them with what was known.
    """
    await session.execute(
        text(
            "UPDATE page SET etag = NULL, last_modified = NULL, content_hash = '' "
            "WHERE website_id = :website_id AND fetched_at >= (SELECT min(started_at) FROM scrape_job "
            "WHERE website_id = :website_id AND status = 'running')"
        ),
        {"website_id": website_id},
    )
    await session.execute(
        text(
            "UPDATE scrape_job SET status = 'failed', finished_at = :at, error_kind = 'interrupted', "
            "error_message = 'The scrape was cut off; the next one takes up where it stopped.' "
            "WHERE website_id = :website_id AND status = 'running'"
        ),
        {"website_id": website_id, "at": at},
    )
    job = ScrapeJob(website_id=website_id, started_at=at)
    session.add(job)
    return job.id


async def finish_job(session: AsyncSession, job_id: UUID, report: ScrapeReport, *, at: datetime) -> None:
    """Close the books of a scrape."""
    job = await session.get_one(ScrapeJob, job_id)
    job.status = report.status.value
    job.finished_at = at
    job.found, job.new, job.changed, job.unchanged = (
        report.found,
        report.new,
        report.changed,
        report.unchanged,
    )
    job.no_longer_listed = report.no_longer_listed
    job.requests, job.not_modified = report.requests, report.not_modified
    job.bytes_received = report.bytes_received
    job.error_kind, job.error_message = report.error_kind, report.error
    job.log = [_log_line(line) for line in report.log]


async def write_figures(
    session: AsyncSession,
    job_id: UUID,
    figures: VisitFigures,
    *,
    held: Sequence[HeldCall],
    deviations: Sequence[Deviation],
    is_held: bool,
) -> None:
    """Keep what later visits are compared with, and the values that were not written."""
    job = await session.get_one(ScrapeJob, job_id)
    job.expected, job.missing, job.ended = figures.expected, figures.missing, figures.ended
    job.calls_read, job.fill_share = figures.calls_read, figures.fill_share
    job.pages_asked, job.pages_failed = figures.pages_asked, figures.pages_failed
    job.is_held = is_held
    job.held = [call.as_json() for call in held]
    job.deviations = [{"measure": d.measure.value, "sentence": d.sentence} for d in deviations]


def _log_line(line: LogLine) -> dict[str, object]:
    return {"at": line.at.isoformat(), "text": line.text, "url": line.url, "problem": line.is_problem}
