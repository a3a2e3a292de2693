"""``/api/websites/{id}/login``: what a website knows us by. Secrets come in, and never go out."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, status
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import credentials, store
from hoistscraper.accounts.credentials import MOST_FAILURES
from hoistscraper.accounts.errors import VaultError
from hoistscraper.accounts.kinds import Kind
from hoistscraper.accounts.packing import kind_of
from hoistscraper.accounts.trial import no_log_in, try_stored
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.trail import TrailOf
from hoistscraper.api.website_log_in_wire import LogIn, LogInTrial, NewLogIn, settings_of
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing, Trail
from hoistscraper.clock import now
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.errors import HoistError, NotFound
from hoistscraper.queue import line
from hoistscraper.scraping.history import has_failed_last
from hoistscraper.scraping.report import Trigger
from hoistscraper.settings import Settings
from hoistscraper.websites import changing
from hoistscraper.websites.model import Website

MOST_SECONDS = 40.0
"""Of a test: whoever waits for it should hear of it, before proxies and browsers lose patience."""

router = resource("/websites/{website_id}/login", "websites")


@router.get("", responses=documented(404), summary="Read how a website is logged in to")
async def read_log_in(website_id: UUID, parts: PartsOf) -> LogIn:
    """Say of which kind the log-in is and how it went with it, without any secret."""
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        return await _told(session, parts.settings, website)


@router.put("", responses=documented(404), summary="Set the log-in of a website")
async def set_log_in(
    website_id: UUID, body: Annotated[NewLogIn, Body()], parts: PartsOf, trail: TrailOf
) -> LogIn:
    """Lock a log-in away, in place of the one before, whose failures are forgotten."""
    credential = body.credential()
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        await credentials.set_credential(session, parts.settings, website, credential, at=now())
        said = {"kind": kind_of(credential).value}
        await trail.record(session, Action.CREDENTIAL_SET, _thing(website), said)
        return await _told(session, parts.settings, website)


@router.delete(
    "",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404),
    summary="Forget the log-in of a website",
)
async def remove_log_in(website_id: UUID, parts: PartsOf, trail: TrailOf) -> None:
    """Forget a log-in for good; the website stays. 404: it has none."""
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        if not await store.remove_credential(session, website.id):
            raise no_log_in(website)
        await trail.record(session, Action.CREDENTIAL_REMOVE, _thing(website))


@router.post("/test", responses=documented(404), summary="Test the log-in of a website")
async def test_log_in(website_id: UUID, parts: PartsOf, trail: TrailOf) -> LogInTrial:
    """Log in as a visit would, for at most 40 seconds, and say what the website shows then.

    A website that does not let us in is an answer, too: `error` says why. Where it does, and the last visit
    had failed, the next one goes into the queue at once. 404: it has no log-in. 503: two others are tested.
    """
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        settings = await settings_now(session, parts.settings)
    async with parts.places.trials.entered():
        try:
            trial = await try_stored(parts.database, settings, website, most_seconds=MOST_SECONDS)
        except NotFound:
            raise
        except HoistError as failure:
            return LogInTrial(
                is_let_in=False, url=None, title=None, remark=None, error=failure.message, job_id=None
            )
    job_id = await _go_on(parts, trail, website) if trial.remark is None else None
    return LogInTrial(
        is_let_in=True, url=trial.url, title=trial.title, remark=trial.remark, error=None, job_id=job_id
    )


async def _go_on(parts: PartsOf, trail: Trail, website: Website) -> UUID | None:
    async with parts.database.transaction() as session:
        if not await has_failed_last(session, website.id):
            return None
        [asked] = await line.ask(session, [website], trigger=Trigger.PERSON, at=now())
        said = {"job": asked.job_id, "is_new": asked.is_new}
        await trail.record(session, Action.JOB_ASK, Thing("website", website.id, website.url), said)
    return asked.job_id


async def _told(session: AsyncSession, settings: Settings, website: Website) -> LogIn:
    record = await store.find_credential(session, website.id)
    if record is None:
        return LogIn(
            kind=None,
            settings=None,
            changed_at=None,
            last_used_at=None,
            last_verified_at=None,
            failures=0,
            is_given_up=False,
            failed_reason=None,
        )
    reason, told = record.failed_reason, None
    try:
        told = settings_of(credentials.opened(record, settings, website))
    except VaultError as failure:
        reason = failure.message
    return LogIn(
        kind=Kind(record.kind),
        settings=told,
        changed_at=record.changed_at,
        last_used_at=record.last_used_at,
        last_verified_at=record.last_verified_at,
        failures=record.failures,
        is_given_up=record.failures >= MOST_FAILURES,
        failed_reason=reason,
    )


def _thing(website: Website) -> Thing:
    return Thing("credential", website.id, website.url)
