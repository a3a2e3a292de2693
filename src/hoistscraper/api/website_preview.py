"""``/api/websites/preview``: what would be read from a website, before it is watched."""

import asyncio

from fastapi import Response

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.api.website_preview_wire import Look, Preview
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.reading.contract import opportunity_as_json
from hoistscraper.scraping.first_look import FirstLook, first_look
from hoistscraper.websites.addresses import address_to_visit

router = resource("/websites", "websites")


@router.post("/preview", response_model=Preview, summary="Preview a website")
async def preview_website(body: Look, parts: PartsOf) -> Response:
    """Look at a website for at most 20 seconds and show its first ten calls; nothing is kept.

    A website that cannot be had is an answer, too: `error` says why. 503: four others are being looked at.
    """
    address = address_to_visit(body.url, parts.settings.allow_hosts)
    async with parts.database.transaction() as session:
        settings = await settings_now(session, parts.settings)
    async with parts.places.previews.entered():
        # In a loop of its own, because reading a large page would keep everybody else waiting.
        look = await asyncio.to_thread(asyncio.run, first_look(address, settings=settings))
    return Response(_told(look).model_dump_json(), media_type="application/json")


def _told(look: FirstLook) -> Preview:
    return Preview.model_validate(
        {
            "url": look.url,
            "kind": look.kind,
            "calls": [opportunity_as_json(call) for call in look.calls],
            "next_page": look.next_page,
            "problems": look.problems,
            "error_kind": look.error_kind,
            "error": look.error,
            "requests": look.requests,
            "elapsed_seconds": round(look.elapsed_seconds, 3),
        }
    )
