"""``/api/websites/import`` and ``/export``: the whole list from a file, and as one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import File, Query, Response, UploadFile
from fastapi.responses import StreamingResponse

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.api.trail import TrailOf
from hoistscraper.api.website_list_wire import FileFormat, ImportedRow, ImportReport, RowOutcome
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.clock import now
from hoistscraper.database.stored_settings import settings_now
from hoistscraper.exports.website_lists import Websites, as_csv, as_json, as_xlsx
from hoistscraper.websites.importing import ImportedRows, read_list, take
from hoistscraper.websites.listing import all_websites

router = resource("/websites", "websites")

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS: Mapping[FileFormat, tuple[str, Callable[[Websites], AsyncIterator[bytes]]]] = MappingProxyType(
    {
        FileFormat.CSV: ("text/csv; charset=utf-8", as_csv),
        FileFormat.XLSX: (_EXCEL, as_xlsx),
        FileFormat.JSON: ("application/json", as_json),
    }
)
_FILE = File(
    description="CSV with a header row, Excel (.xlsx), or JSON.",
    # Generators of clients know a file by this; the newer contentMediaType they take for a text.
    json_schema_extra={"format": "binary"},
)
_FILES = {
    "content": {
        "text/csv": {
            "schema": {"type": "string"},
            "example": "url,name\r\nhttps://example.org/grants,Grants",
        },
        _EXCEL: {"schema": {"type": "string", "format": "binary"}},
        "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
    },
    "description": "The file.",
}


@router.post(
    "/import",
    response_model=ImportReport,
    summary="Import websites",
)
async def import_websites(
    parts: PartsOf,
    file: Annotated[UploadFile, _FILE],
    trail: TrailOf,
    dry_run: Annotated[bool, Query(description="Only say what would become of each row.")] = False,
    most_rows: Annotated[
        int | None,
        Query(ge=0, le=1_000_000, description="Tell of so many rows, of those that are not added first."),
    ] = None,
) -> Response:
    """Add websites from a file; good rows are taken, and for every other one the report says why not.

    Columns: url, name, description, category, region, tags, active, paused, timezone, schedule, quiet_hours.
    Only url is needed, others are ignored; a plain list of addresses, one a line, works too.
    """
    content = await file.read()
    async with parts.database.transaction() as session:
        settings = await settings_now(session, parts.settings)
    async with parts.places.imports.entered():
        # Thousands of rows take a second, in which others want answers.
        rows = await asyncio.to_thread(
            read_list, content, timezone=settings.timezone, allow_hosts=settings.allow_hosts, at=now()
        )
    async with parts.database.transaction() as session:
        known = await take(session, rows, dry_run=dry_run)
        if not dry_run:
            added = [website.url for _, website in rows.websites if website.url not in known]
            said = {"file": file.filename, "websites": added}
            thing = Thing.several("websites", len(added), "website")
            await trail.record(session, Action.WEBSITES_IMPORT, thing, said)
    body = await asyncio.to_thread(_report, rows, known, is_dry_run=dry_run, most_rows=most_rows)
    return Response(body, media_type="application/json")


@router.get(
    "/export", response_class=StreamingResponse, responses={200: _FILES}, summary="Export all websites"
)
async def export_websites(
    parts: PartsOf,
    file_format: Annotated[
        FileFormat, Query(alias="format", description="The kind of file.")
    ] = FileFormat.CSV,
) -> StreamingResponse:
    """Return every website as a file that can be imported again, and how each is doing."""
    media_type, write = _WRITERS[file_format]
    return StreamingResponse(
        write(all_websites(parts.reads)),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="websites.{file_format.value}"'},
    )


def _report(rows: ImportedRows, known: set[str], *, is_dry_run: bool, most_rows: int | None) -> bytes:
    told = [
        _known(number, website.url)
        if website.url in known
        else ImportedRow(number=number, outcome=RowOutcome.ADDED, url=website.url, reason=None)
        for number, website in rows.websites
    ]
    for outcome, left in ((RowOutcome.REPEATED, rows.repeated), (RowOutcome.BAD, rows.bad)):
        told += [ImportedRow(number=row.number, outcome=outcome, url=None, reason=row.reason) for row in left]
    if most_rows is not None:
        told = sorted(told, key=lambda row: row.outcome is RowOutcome.ADDED)[:most_rows]
    report = ImportReport(
        is_dry_run=is_dry_run,
        added=len(rows.websites) - len(known),
        known=len(known),
        repeated=len(rows.repeated),
        bad=len(rows.bad),
        rows=sorted(told, key=lambda row: row.number),
    )
    return report.model_dump_json().encode()


def _known(number: int, url: str) -> ImportedRow:
    reason = f"{url} is in the list already; it stays as it is."
    return ImportedRow(number=number, outcome=RowOutcome.KNOWN, url=url, reason=reason)
