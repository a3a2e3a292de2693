"""Files that are written while they are sent: memory does not grow with their length."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from types import MappingProxyType

from fastapi import Response
from fastapi.responses import StreamingResponse

from hoistscraper.api.parts import Parts
from hoistscraper.clock import now
from hoistscraper.exports.lines import json_lines
from hoistscraper.exports.table import csv_lines
from hoistscraper.exports.workbook import workbook_pieces
from hoistscraper.opportunities.browsing import OpportunityView
from hoistscraper.search.query import Search
from hoistscraper.search.streaming import all_found

Written = Callable[[AsyncIterator[OpportunityView]], AsyncGenerator[bytes]]

_FORMATS: Mapping[str, tuple[str, Written]] = MappingProxyType(
    {
        "csv": ("text/csv; charset=utf-8", csv_lines),
        "ndjson": ("application/x-ndjson", json_lines),
        "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_pieces),
    }
)


async def export_of(parts: Parts, asked: Search, file_format: str) -> Response:
    """Return the file of a search.

    :raises Unavailable: as many exports as may run are under way.
    """
    parts.places.exports.check()
    media_type, written = _FORMATS[file_format]
    name = f"opportunities-{now():%Y-%m-%d}.{file_format}"
    return StreamingResponse(
        _pieces(parts, asked, written),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


async def _pieces(parts: Parts, asked: Search, written: Written) -> AsyncIterator[bytes]:
    async with (
        parts.places.exports.entered(),
        parts.database.transaction() as session,
        aclosing(written(all_found(session, asked, now=now()))) as pieces,
    ):
        async for piece in pieces:
            yield piece
