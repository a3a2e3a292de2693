"""``/api/websites``: what is watched."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response, status

from hoistscraper.api.lists import Cursor, Limit, as_answer
from hoistscraper.api.parts import Parts, PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.scrape_job_wire import Waiting
from hoistscraper.api.text import Words
from hoistscraper.api.trail import TrailOf
from hoistscraper.api.website_wire import (
    BulkChange,
    BulkChanged,
    NewWebsite,
    Removal,
    Website,
    WebsiteChanges,
    WebsitePage,
)
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing, differences
from hoistscraper.clock import now
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.queue import line
from hoistscraper.scraping.report import Trigger
from hoistscraper.settings import Settings
from hoistscraper.websites import changing, listing, scheduling, store
from hoistscraper.websites.addresses import address_to_visit, name_of
from hoistscraper.websites.listing import WebsiteFilter, WebsiteSort
from hoistscraper.websites.model import Website as StoredWebsite
from hoistscraper.websites.recorded import recorded
from hoistscraper.websites.schedule_text import known_timezone

router = resource("/websites", "websites")


@router.get("", response_model=WebsitePage, summary="List websites")
async def list_websites(
    parts: PartsOf,
    q: Annotated[
        Words | None, Query(description="Words of its name or address, or their beginnings.")
    ] = None,
    category: Words | None = None,
    region: Words | None = None,
    tag: Words | None = None,
    health: Literal["green", "amber", "red", "unvisited"] | None = None,
    active: bool | None = None,
    paused: bool | None = None,
    sort: WebsiteSort = WebsiteSort.NAME,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return websites that match all that is given, page by page."""
    wanted = WebsiteFilter(
        words=q, category=category, region=region, tag=tag, health=health, active=active, paused=paused
    )
    async with parts.reads.connection() as connection:
        return as_answer(await listing.list_page(connection, wanted, sort=sort, limit=limit, cursor=cursor))


@router.post(
    "",
    response_model=Website,
    status_code=status.HTTP_201_CREATED,
    responses=documented(409),
    summary="Watch a website",
)
async def add_website(body: NewWebsite, parts: PartsOf, trail: TrailOf) -> Response:
    """Add a website to the list. 409: its address, normalised, is there already."""
    address = address_to_visit(body.url, parts.settings.allow_hosts)
    website = StoredWebsite(
        url=address,
        name=body.name or name_of(address),
        **body.model_dump(include={"description", "category", "region", "tags", "active", "render"}),
    )
    async with parts.database.transaction() as session:
        _give_times(website, body, await settings_now(session, parts.settings))
        await store.add_website(session, website)
        await trail.record(session, Action.WEBSITE_ADD, _thing(website), recorded(website))
    return await _answer(parts, website.id, status.HTTP_201_CREATED)


@router.post("/bulk", summary="Change many websites")
async def change_websites(body: BulkChange, parts: PartsOf, trail: TrailOf) -> BulkChanged:
    """Activate, deactivate, pause, resume, tag or untag many websites in one transaction."""
    async with parts.database.transaction() as session:
        changed = await changing.change_many(session, body.ids, body.action, tags=body.tags, at=now())
        said = {"action": body.action.value, "tags": body.tags, "websites": changed}
        thing = Thing.several("websites", len(changed), "website")
        await trail.record(session, Action.WEBSITES_CHANGE, thing, said)
    known = set(changed)
    return BulkChanged(changed=len(known), unknown=[each for each in body.ids if each not in known])


@router.get("/{website_id}", response_model=Website, responses=documented(404), summary="Read a website")
async def read_website(website_id: UUID, parts: PartsOf) -> Response:
    """Return one website."""
    return await _answer(parts, website_id)


@router.patch("/{website_id}", response_model=Website, responses=documented(404), summary="Change a website")
async def change_website(website_id: UUID, body: WebsiteChanges, parts: PartsOf, trail: TrailOf) -> Response:
    """Change what is given; the rest stays."""
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        before = recorded(website)
        _apply(website, body, await settings_now(session, parts.settings))
        if body.render is not None:
            await store.say_how_to_render(session, website, body.render)
        changes = differences(before, recorded(website))
        await trail.record(session, Action.WEBSITE_CHANGE, _thing(website), changes)
    return await _answer(parts, website_id)


@router.delete("/{website_id}", responses=documented(404), summary="Stop watching a website")
async def remove_website(
    website_id: UUID,
    parts: PartsOf,
    trail: TrailOf,
    opportunities: Annotated[
        Literal["keep", "remove"], Query(description="What happens to calls that it alone told of.")
    ] = "keep",
    dry_run: Annotated[bool, Query(description="Only say what would be taken along.")] = False,
) -> Removal:
    """Remove a website with its saved pages and jobs; its opportunities are kept unless asked otherwise."""
    with_opportunities = opportunities == "remove"
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        along = await changing.taken_along(session, website)
        if not dry_run:
            said = {"opportunities": opportunities, "was": recorded(website)}
            await trail.record(session, Action.WEBSITE_REMOVE, _thing(website), said)
            await changing.drop_website(session, website, with_opportunities=with_opportunities)
    removed = along.opportunities_only_here if with_opportunities else 0
    return Removal(
        is_removed=not dry_run,
        pages=along.pages,
        scrape_jobs=along.scrape_jobs,
        opportunities_removed=removed,
        opportunities_kept=along.opportunities_only_here + along.opportunities_elsewhere_too - removed,
    )


@router.post(
    "/{website_id}/scrape",
    status_code=status.HTTP_202_ACCEPTED,
    responses=documented(404),
    summary="Scrape a website",
)
async def scrape_website(website_id: UUID, parts: PartsOf, trail: TrailOf) -> Waiting:
    """Put a website into the queue; if it waits there already, the job that waits is returned."""
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        [asked] = await line.ask(session, [website], trigger=Trigger.PERSON, at=now())
        said = {"job": asked.job_id, "is_new": asked.is_new}
        await trail.record(session, Action.JOB_ASK, _thing(website), said)
    return Waiting(website_id=website_id, url=asked.url, job_id=asked.job_id, is_new=asked.is_new)


@router.post(
    "/{website_id}/accept", response_model=Website, responses=documented(404), summary="Take it as it is"
)
async def accept_website(website_id: UUID, parts: PartsOf, trail: TrailOf) -> Response:
    """Have the next visit take a website as it finds it: what it usually gives is learned anew."""
    async with parts.database.transaction() as session:
        website = await changing.website_by_id(session, website_id)
        await store.learn_anew(session, website.id, since=now())
        await trail.record(session, Action.WEBSITE_ACCEPT, _thing(website))
    return await _answer(parts, website_id)


def _thing(website: StoredWebsite) -> Thing:
    return Thing("website", website.id, website.url)


def _apply(website: StoredWebsite, body: WebsiteChanges, settings: Settings) -> None:
    given = body.model_dump(exclude_unset=True)
    if "name" in given:
        website.name = body.name or name_of(website.url)
    for field in ("description", "category", "region"):
        if field in given:
            setattr(website, field, given[field])
    if body.tags is not None:
        website.tags = body.tags
    if body.active is not None:
        website.active = body.active
    if body.paused is not None:
        if body.paused:
            scheduling.pause(website)
        else:
            scheduling.resume(website, now=now())
    _give_times(website, body, settings)


def _give_times(website: StoredWebsite, body: NewWebsite | WebsiteChanges, settings: Settings) -> None:
    given = body.model_fields_set
    if "timezone" in given:
        website.timezone = known_timezone(body.timezone) if body.timezone else None
    if "quiet_hours" in given:
        scheduling.give_quiet_hours(website, body.quiet_hours, now=now())
    if "schedule" in given:
        zone = website.timezone or settings.timezone
        scheduling.give_schedule(website, body.schedule, timezone=zone, now=now())


async def _answer(parts: Parts, website_id: UUID, status_code: int = status.HTTP_200_OK) -> Response:
    async with parts.reads.connection() as connection:
        body = await listing.read_website(connection, website_id)
    return Response(body, status_code, media_type="application/json")
