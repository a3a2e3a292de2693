"""``/api/opportunities``: what was found."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from hoistscraper.api.asked import Asked
from hoistscraper.api.asked import documented as documented_query
from hoistscraper.api.downloads import export_of
from hoistscraper.api.lists import Total
from hoistscraper.api.opportunity_wire import (
    ExportParameters,
    Facets,
    History,
    ListParameters,
    OpportunityPage,
    SearchParameters,
    Similar,
    Suggestions,
    WholeOpportunity,
)
from hoistscraper.api.parts import PartsOf, parts_of
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.saved_page_wire import SavedPage, kept, not_kept
from hoistscraper.api.text import Words
from hoistscraper.clock import now
from hoistscraper.reading.saved_text import saved_text
from hoistscraper.search import one
from hoistscraper.search.counting import Count, count
from hoistscraper.search.facets import facets
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.proof import read_kept_page, read_proof
from hoistscraper.search.similar import similar
from hoistscraper.search.store import search
from hoistscraper.search.suggesting import suggest

router = resource("/opportunities", "opportunities")
_LISTED = Asked(ListParameters)


@router.get(
    "",
    response_model=OpportunityPage,
    openapi_extra=documented_query(ListParameters),
    summary="Search opportunities",
)
async def list_opportunities(request: Request) -> Response:
    """Return what a search finds, page by page: by default open calls first, soonest deadline first."""
    # Asked for here: the framework takes a tenth of a millisecond to fill in what a function wants.
    asked, parts = await _LISTED(request), await parts_of(request)
    wanted, at = asked.as_search(), now()
    async with parts.reads.connection() as connection:
        known = await parts.frequencies(connection)
        is_chosen = parts.settings.features_search_chooser.includes(request.url.query)
        page = await search(
            connection,
            wanted,
            now=at,
            # Who knows no frequencies looks all words up.
            frequencies=known if is_chosen else Frequencies(),
            limit=asked.limit,
            cursor=asked.cursor,
        )
        total = await count(connection, wanted, now=at, frequencies=known) if asked.total else None
    following = f'"{page.next_cursor}"' if page.next_cursor else "null"
    said = _total(total).model_dump_json() if total else "null"
    return _json(f'{{"items":{page.json},"next":{following},"total":{said}}}')


@router.get("/count", openapi_extra=documented_query(SearchParameters), summary="Count opportunities")
async def count_opportunities(
    asked: Annotated[SearchParameters, Depends(Asked(SearchParameters))], parts: PartsOf
) -> Total:
    """Say how many a search finds: exactly up to 10,000, beyond that about."""
    async with parts.reads.connection() as connection:
        known = await parts.frequencies(connection)
        return _total(await count(connection, asked.as_search(), now=now(), frequencies=known))


@router.get(
    "/facets",
    openapi_extra=documented_query(SearchParameters),
    summary="What a search's opportunities have in common",
)
async def read_facets(
    asked: Annotated[SearchParameters, Depends(Asked(SearchParameters))], parts: PartsOf
) -> Facets:
    """Count statuses, categories, organisations, websites, currencies and months of closing."""
    wanted, at = asked.as_search(), now()
    async with parts.reads.connection() as connection:
        known = await parts.frequencies(connection)
        found = await facets(connection, wanted, now=at, frequencies=known)
        total = await count(connection, wanted, now=at, frequencies=known)
    return Facets.model_validate({**found.values, "total": _total(total), "is_exact": not found.is_estimate})


@router.get("/suggestions", summary="Complete what is being typed")
async def suggest_opportunities(
    parts: PartsOf, q: Annotated[Words, Query(min_length=1, description="What was typed so far.")]
) -> Suggestions:
    """Return titles and organisations that begin with what was typed; nothing for less than two letters."""
    async with parts.reads.connection() as connection:
        found = await suggest(connection, q)
    return Suggestions(titles=list(found.titles), organisations=list(found.organisations))


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "A file with everything that the search finds, in its order.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/x-ndjson": {"schema": {"type": "string"}},
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "schema": {"type": "string", "format": "binary"}
                },
            },
        }
    },
    openapi_extra=documented_query(ExportParameters),
    summary="Export opportunities",
)
async def export_opportunities(
    asked: Annotated[ExportParameters, Depends(Asked(ExportParameters))], parts: PartsOf
) -> Response:
    """Write everything that a search finds into a file, which comes as it is written."""
    return await export_of(parts, asked.as_search(), asked.format)


@router.get(
    "/{opportunity_id}",
    response_model=WholeOpportunity,
    responses=documented(404),
    summary="Read an opportunity",
)
async def read_opportunity(opportunity_id: UUID, request: Request) -> Response:
    """Return one call with the proof of every value, what each website says of it, and what changed."""
    parts = await parts_of(request)
    async with parts.reads.connection() as connection:
        return _json(await one.read_one(connection, opportunity_id, now=now()))


@router.get(
    "/{opportunity_id}/history",
    response_model=History,
    responses=documented(404),
    summary="Read the history of an opportunity",
)
async def read_opportunity_history(
    opportunity_id: UUID,
    parts: PartsOf,
    field: Annotated[Words | None, Query(description="Only what changed in this field.")] = None,
) -> Response:
    """Return what changed on a call, field by field, the newest first, 500 at most."""
    async with parts.reads.connection() as connection:
        return _json(f'{{"items":{await one.read_history(connection, opportunity_id, field=field)}}}')


@router.get(
    "/{opportunity_id}/saved-page",
    responses=documented(404),
    summary="Show a value in the page that it was read from",
)
async def read_saved_page(
    opportunity_id: UUID,
    parts: PartsOf,
    field: Annotated[Words, Query(min_length=1, description="The name of the value, such as deadline.")],
) -> SavedPage:
    """Return the text of the page as it was kept, never its markup, with the place of the quote in it.

    Pages are kept for `HOIST_SNAPSHOT_DAYS`; `is_kept` is false where that is over. Where `marks` is empty,
    the page has changed since. 404: there is no such opportunity, or nothing proves this value.
    """
    async with parts.reads.connection() as connection:
        proof = await read_proof(connection, opportunity_id, field)
        page = await read_kept_page(connection, opportunity_id, proof.url)
    content = page.content if page else None
    if page is None or content is None:
        return not_kept(proof, page)
    # A large page takes a while to read, for which nobody else should wait.
    found = await asyncio.to_thread(
        saved_text, content, charset=page.charset, quote=proof.quote, near=proof.title
    )
    return kept(proof, page, found)


@router.get(
    "/{opportunity_id}/similar",
    response_model=Similar,
    responses=documented(404),
    summary="Find similar opportunities",
)
async def list_similar_opportunities(
    opportunity_id: UUID, parts: PartsOf, limit: Annotated[int, Query(ge=1, le=50)] = 10
) -> Response:
    """Return calls that share rare words of the title, or the organisation."""
    async with parts.reads.connection() as connection:
        known = await parts.frequencies(connection)
        found = await similar(connection, opportunity_id, now=now(), frequencies=known, most=limit)
    return _json(f'{{"items":[{",".join(found)}]}}')


def _total(counted: Count) -> Total:
    return Total(count=counted.number, is_exact=not counted.is_estimate)


def _json(body: str) -> Response:
    return Response(body, media_type="application/json")
