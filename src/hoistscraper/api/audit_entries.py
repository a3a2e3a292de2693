"""``/api/audit-entries``: who did what, when."""

from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import Depends, Response
from fastapi.responses import StreamingResponse

from hoistscraper.api.access import AUDIT_TRAIL
from hoistscraper.api.asked import Asked
from hoistscraper.api.asked import documented as documented_query
from hoistscraper.api.audit_wire import AuditExportParameters, AuditListParameters, AuditPage
from hoistscraper.api.lists import as_answer
from hoistscraper.api.parts import Parts, PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.audit.listing import AuditFilter, all_entries, list_page
from hoistscraper.audit.writing import Entries, csv_lines, json_lines
from hoistscraper.clock import now

router = resource("/audit-entries", AUDIT_TRAIL)

_WRITERS: Mapping[str, tuple[str, Callable[[Entries], AsyncIterator[bytes]]]] = MappingProxyType(
    {"csv": ("text/csv; charset=utf-8", csv_lines), "ndjson": ("application/x-ndjson", json_lines)}
)
_FILES = {
    "description": "A file with every entry that is wanted, the newest first.",
    "content": {
        "text/csv": {"schema": {"type": "string"}},
        "application/x-ndjson": {"schema": {"type": "string"}},
    },
}


@router.get(
    "",
    response_model=AuditPage,
    openapi_extra=documented_query(AuditListParameters),
    summary="Read the audit trail",
)
async def list_audit_entries(
    asked: Annotated[AuditListParameters, Depends(Asked(AuditListParameters))], parts: PartsOf
) -> Response:
    """Return who did what to which thing, the newest first, page by page."""
    async with parts.reads.connection() as connection:
        page = await list_page(connection, asked.as_filter(), limit=asked.limit, cursor=asked.cursor)
    return as_answer(page)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: _FILES},
    openapi_extra=documented_query(AuditExportParameters),
    summary="Export the audit trail",
)
async def export_audit_entries(
    asked: Annotated[AuditExportParameters, Depends(Asked(AuditExportParameters))], parts: PartsOf
) -> StreamingResponse:
    """Write the entries that are wanted into a file, which comes as it is written."""
    parts.places.exports.check()
    media_type, write = _WRITERS[asked.format]
    name = f"audit-{now():%Y-%m-%d}.{asked.format}"
    return StreamingResponse(
        _pieces(parts, asked.as_filter(), write),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _pieces(
    parts: Parts, wanted: AuditFilter, write: Callable[[Entries], AsyncIterator[bytes]]
) -> AsyncIterator[bytes]:
    async with parts.places.exports.entered():
        async for piece in write(all_entries(parts.reads, wanted)):
            yield piece
