"""Every statement about pages and hosts, and the writing of a batch."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from hoistscraper.database.bulk import insert_rows
from hoistscraper.fetching.courtesy import HostAsked, HostCourtesy
from hoistscraper.fetching.page import Validators
from hoistscraper.fetching.robots import RobotsText
from hoistscraper.reading.read import READER
from hoistscraper.scraping.envelope import Deviation
from hoistscraper.scraping.figures import VisitFigures
from hoistscraper.scraping.held import HeldCall
from hoistscraper.scraping.keeper import ReadPage
from hoistscraper.scraping.memory import KnownPage
from hoistscraper.scraping.model import HostRecord, PageRecord, ScrapeJob


async def known_pages(session: AsyncSession, website_id: UUID) -> dict[str, KnownPage]:
    """Return the pages that were read on earlier visits, by address, without their content."""
    rows = await session.execute(
        text(
            "SELECT url, final_url, media_type, charset, etag, last_modified, content_hash, wire_bytes, "
            "fetched_at, next_url, left_out, reader, "
            "snapshot IS NOT NULL AS has_snapshot FROM page WHERE website_id = :website_id"
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
            wire_bytes=row.wire_bytes,
            next_url=row.next_url,
            left_out=row.left_out,
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
            "etag": read.page.validators.etag if read.is_whole else None,
            "last_modified": read.page.validators.last_modified if read.is_whole else None,
            "content_hash": read.page.content_hash if read.is_whole else "",
            "wire_bytes": read.page.wire_bytes,
            "next_url": read.next_url,
            "left_out": read.left_out,
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
    where = "WHERE website_id = :website_id AND fetched_at < :before AND snapshot IS NOT NULL"
    values = {"website_id": website_id, "before": before}
    # Most visits find none, and then should not write.
    if await session.scalar(text(f"SELECT EXISTS (SELECT 1 FROM page {where})"), values):
        await session.execute(text(f"UPDATE page SET snapshot = NULL {where}"), values)


async def known_robots(
    session: AsyncSession, origins: Sequence[str], *, since: datetime
) -> dict[str, RobotsText]:
    """Return what these origins asked of robots, as far as it is recent."""
    rows = await session.execute(
        text(
            "SELECT origin, robots_text, robots_status, robots_fetched_at FROM host "
            "WHERE origin = ANY(:origins) AND robots_fetched_at > :since"
        ),
        {"origins": list(origins), "since": since},
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


async def doubt_interrupted(session: AsyncSession, website_id: UUID) -> None:
    """Doubt what a job that was cut off read of this website: it did not come to compare it."""
    await session.execute(
        text(
            "UPDATE page SET etag = NULL, last_modified = NULL, content_hash = '' "
            "WHERE website_id = :website_id AND fetched_at >= (SELECT min(started_at) FROM scrape_job "
            "WHERE website_id = :website_id AND status = 'running')"
        ),
        {"website_id": website_id},
    )


async def known_courtesies(
    session: AsyncSession, hosts: Sequence[str], *, at: datetime
) -> dict[str, HostCourtesy]:
    """Return how these hosts are to be treated after the visits of others."""
    rows = await session.execute(
        text(
            "SELECT host, next_request_at, retry_after_until, "
            "CASE WHEN counted_on = :today THEN requests ELSE 0 END AS requests_today "
            "FROM host_courtesy WHERE host = ANY(:hosts)"
        ),
        {"hosts": list(hosts), "today": at.astimezone(UTC).date()},
    )
    return {
        row.host: HostCourtesy(
            next_request_at=row.next_request_at,
            retry_after_until=row.retry_after_until,
            requests_today=row.requests_today,
        )
        for row in rows
    }


async def write_courtesies(session: AsyncSession, hosts: Mapping[str, HostAsked], *, at: datetime) -> None:
    """Keep what the visits after this one should know of the hosts that it asked."""
    if not hosts:
        return
    # In the order of their names: two jobs that met the same hosts must not wait for each other in a circle.
    met = sorted(hosts.items())
    await session.execute(
        text(
            "INSERT INTO host_courtesy AS known "
            "(host, next_request_at, retry_after_until, counted_on, requests) "
            "SELECT host, next_at, until, :today, requests FROM unnest(CAST(:hosts AS text[]), "
            "CAST(:next_at AS timestamptz[]), CAST(:until AS timestamptz[]), CAST(:requests AS integer[])) "
            "AS asked (host, next_at, until, requests) "
            "ON CONFLICT (host) DO UPDATE SET "
            "next_request_at = greatest(known.next_request_at, excluded.next_request_at), "
            "retry_after_until = greatest(known.retry_after_until, excluded.retry_after_until), "
            "counted_on = excluded.counted_on, requests = excluded.requests + "
            "CASE WHEN known.counted_on = excluded.counted_on THEN known.requests ELSE 0 END"
        ),
        {
            "today": at.astimezone(UTC).date(),
            "hosts": [host for host, _ in met],
            "next_at": [asked.next_request_at for _, asked in met],
            "until": [asked.retry_after_until for _, asked in met],
            "requests": [asked.requests for _, asked in met],
        },
    )


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
