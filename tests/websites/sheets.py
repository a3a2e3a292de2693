"""Excel files for tests: as openpyxl writes them, and as nobody should."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def excel(rows: Sequence[Sequence[object]]) -> bytes:
    """Return an Excel file of these rows."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(list(row))
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def packed(parts: Mapping[str, str | bytes] | None = None, *, sheet: str = "", strings: str = "") -> bytes:
    """Return an Excel file of these parts, whatever they hold."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        whole: dict[str, str | bytes] = {
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": RELATIONS,
            "xl/sharedStrings.xml": STRINGS.format(strings),
            "xl/worksheets/sheet1.xml": SHEET.format(sheet),
        }
        for name, content in (whole | dict(parts or {})).items():
            archive.writestr(name, content)
    return written.getvalue()
