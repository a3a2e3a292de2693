"""Every statement about stored log-ins; what is secret passes through here locked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts.model import CredentialRecord
from hoistscraper.database.bulk import update_rows
from hoistscraper.websites.model import Website

_credential = CredentialRecord.metadata.tables["credential"]
_website = Website.metadata.tables["website"]


@dataclass(frozen=True, slots=True)
class ListedCredential:
    """What may be shown of a stored log-in."""

    website_url: str
    kind: str
    changed_at: datetime
    last_used_at: datetime | None
    last_verified_at: datetime | None
    failed_reason: str | None


async def find_credential(session: AsyncSession, website_id: UUID) -> CredentialRecord | None:
    """Return the log-in of a website."""
    return await session.scalar(select(CredentialRecord).where(_credential.c.website_id == website_id))


async def put_credential(
    session: AsyncSession, website_id: UUID, *, kind: str, secret: bytes, at: datetime
) -> None:
    """Store the log-in of a website in place of the one before, whose failures are forgotten."""
    known = await find_credential(session, website_id)
    if known is None:
        session.add(
            CredentialRecord(website_id=website_id, kind=kind, secret=secret, created_at=at, changed_at=at)
        )
        return
    known.kind, known.secret, known.changed_at = kind, secret, at
    known.last_verified_at, known.failed_reason, known.failures = None, None, 0


async def remove_credential(session: AsyncSession, website_id: UUID) -> bool:
    """Forget the log-in of a website; ``False``: there was none."""
    removed = await session.scalars(
        delete(_credential).where(_credential.c.website_id == website_id).returning(_credential.c.id)
    )
    return removed.first() is not None


async def list_credentials(session: AsyncSession) -> list[ListedCredential]:
    """Return what may be shown of every log-in, by website."""
    columns = (
        _website.c.url,
        _credential.c.kind,
        _credential.c.changed_at,
        _credential.c.last_used_at,
        _credential.c.last_verified_at,
        _credential.c.failed_reason,
    )
    joined = _credential.join(_website, _website.c.id == _credential.c.website_id)
    rows = await session.execute(select(*columns).select_from(joined).order_by(_website.c.url))
    return [ListedCredential(*row) for row in rows]


async def is_anything_locked(session: AsyncSession, *, besides: UUID) -> bool:
    """Whether another website has a log-in."""
    others = select(func.count()).select_from(_credential).where(_credential.c.website_id != besides)
    return bool(await session.scalar(others))


async def mark_used(
    session: AsyncSession, website_id: UUID, *, at: datetime, is_verified: bool, failed_reason: str | None
) -> None:
    """Note how a visit went with its log-in."""
    values: dict[str, object] = {"last_used_at": at}
    if is_verified:
        values |= {"last_verified_at": at, "failed_reason": None, "failures": 0}
    elif failed_reason:
        values |= {"failed_reason": failed_reason, "failures": _credential.c.failures + 1}
    await session.execute(update(_credential).where(_credential.c.website_id == website_id).values(values))


async def relock_all(session: AsyncSession, relock: Callable[[bytes, str], bytes]) -> int:
    """Lock every log-in anew and return how many there are; ``relock`` gets the website's address too."""
    joined = _credential.join(_website, _website.c.id == _credential.c.website_id)
    rows = await session.execute(
        select(_credential.c.id, _credential.c.secret, _website.c.url)
        .select_from(joined)
        .with_for_update(of=_credential)
    )
    relocked = [{"id": row.id, "secret": relock(row.secret, row.url)} for row in rows]
    await update_rows(session, _credential, relocked)
    return len(relocked)
