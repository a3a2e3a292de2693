"""Pages as large as they may be: lists of calls, and what nobody would write but somebody may send."""

import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from itertools import count
from types import MappingProxyType

from docx import Document
from docx.document import Document as WordDocument

from benchmarks.recipes.pages import Style, invent, page, randomness
from hoistscraper.sample_portal.pdf import assemble, write_pdf

_SENTENCE = (
    "The deadline for tender {} is 3 May 2031 at 5 pm and the budget is EUR 5,000 to EUR 12,000; write to"
    " desk{}@council.example. "
)
_PDF_LINE = b"BT /F1 9 Tf 60 700 Td (The deadline is 3 May 2031 at 5 pm.) Tj ET\n"
_OF_WORDS = "Call for proposals number {} closes on 3 May 2031. "

# A piece is repeated until the page is full; its number is put in wherever it has braces.
_PIECES: Mapping[str, str] = MappingProxyType(
    {
        "text without a tag": _OF_WORDS,
        "facts without a tag": _SENTENCE,
        "one long word": "a",
        "figures": "1. ",
        "entities": "&amp;&nbsp;",
        "Greek": "Προθεσμία υποβολής προτάσεων {}: 3 May 2031. ",
        "emoji": "\U0001f600 Call {} closes 3 May 2031. ",
        "paragraphs": f"<p>{_SENTENCE}</p>",
        "lines": f"{_OF_WORDS}<br>",
        "short paragraphs": "<p>a",
        "bold letters": "<b>x</b> ",
        "line breaks": "x<br>",
        "empty elements": "<i></i>",
        "form fields": "<input name=a>",
        "links": "<a href=/t{}>Tender for works {}</a>",
        "list entries": "<li><a href=/t{}>Tender for road works {}</a> 3 May 2031",
        "short list entries": "<li>Call {}",
        "blocks of classes": "<div class=c{}>Call {}</div>",
        "headings": "<h3>Call for proposals {}</h3><p>Deadline: 3 May 2031 5 pm</p>",
        "headings alone": "<h2>Call {}",
        "labels": "<div>Deadline: 3 May 2031</div>",
        "panels": "<details><summary>Call for mills {}</summary><p>Deadline: 3 May 2031</p></details>",
        "hidden blocks": "<div style=display:none>Call {}</div>",
        "menus": "<nav><a href=/{}>Calls</a></nav>",
        "e-mail links": "<a href=mailto:a{}@b.example>write</a> ",
        "documents": '<a href="/files/{}.pdf">Terms of call {}</a><br>',
        "tables": "<table><tr><td>Tender {}<td>3 May 2031</table>",
        "comments": "<!-- call {} -->",
        "nested": "<div>",
        "nested lists": "<ul><li>Call {}",
    }
)
_WITHIN: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "attributes": ("<p", " data-a{}=1", ">Call</p>"),
        "options": ("<select>", "<option>Call {}", "</select>"),
        "terms": ("<dl>", "<dt>Deadline {}<dd>3 May 2031", "</dl>"),
        "rows": ("<table><tr><th>Tender<th>Deadline", "<tr><td>Tender {}<td>3 May 2031", "</table>"),
        "cells": ("<table><tr>", "<td>{}", "</table>"),
        "spanning cells": ("<table>", "<tr><td colspan=900 rowspan=900>Tender {}", "</table>"),
        "script": ("<script>", "if (a<b) call({});", "</script>"),
    }
)


def _written(size: int, piece: str, before: str = "", after: str = "") -> bytes:
    parts = [f"<!doctype html><html lang=en><body><h1>Current tenders</h1>{before}"]
    length = 0
    for number in count(1):
        part = piece.replace("{}", str(number))
        parts.append(part)
        length += len(part.encode())
        if length >= size:
            break
    return "".join((*parts, after, "</body></html>")).encode()


def _invented(size: int, layout: str) -> bytes:
    random_ = randomness(1)
    some = page(Style(layout), invent(random_, 100), random_)
    return page(Style(layout), invent(random_, 100 * size // len(some)), random_).encode()


def _records(size: int) -> list[dict[str, object]]:
    made = [
        {
            "title": f"Tender for road works {number}",
            "url": f"https://council.example/t{number}",
            "deadline": "2031-05-03T17:00:00+02:00",
            "description": "Works on the roads of the county, in two lots, for firms of any size.",
            "amount": 5000 + number,
        }
        for number in range(200)
    ]
    return made * (size // len(json.dumps(made)))


def _json(size: int) -> bytes:
    return json.dumps({"tenders": _records(size)}).encode()


def _state(size: int) -> bytes:
    told = json.dumps({"props": {"tenders": _records(size)}})
    return (
        f"<html><body><h1>Current tenders</h1><script id=__DATA__ type=application/json>{told}</script>"
    ).encode()


def _json_ld(size: int) -> bytes:
    told = json.dumps(
        [
            {"@type": "Grant", "name": each["title"], "url": each["url"], "validThrough": each["deadline"]}
            for each in _records(size)
        ]
    )
    return f"<html><body><h1>Current grants</h1><script type=application/ld+json>{told}</script>".encode()


def _releases(size: int) -> bytes:
    release = {
        "ocid": "ocds-1",
        "id": "1",
        "tag": ["tender"],
        "buyer": {"name": "County council"},
        "tender": {
            "id": "T-1",
            "title": "Tender for road works",
            "description": "Works on the roads of the county.",
            "status": "active",
            "value": {"amount": 5000, "currency": "EUR"},
            "tenderPeriod": {"startDate": "2031-01-01T00:00:00Z", "endDate": "2031-05-03T17:00:00Z"},
        },
    }
    many = size // len(json.dumps(release))
    return json.dumps({"version": "1.1", "releases": [release] * many}).encode()


def _repeated(size: int, before: str, piece: str, after: str) -> bytes:
    written = [piece.replace("{}", str(number)) for number in range(1, size // len(piece))]
    return "".join((before, *written, after)).encode()


def _extract(size: int) -> bytes:
    return _repeated(
        size,
        "<Grants>",
        "<OpportunitySynopsisDetail_1_0><OpportunityID>{}</OpportunityID><OpportunityTitle>Grant for mills {}"
        "</OpportunityTitle><OpportunityNumber>M-{}</OpportunityNumber><AgencyName>Mill agency</AgencyName>"
        "<PostDate>01022031</PostDate><CloseDate>05032031</CloseDate><AwardCeiling>5000</AwardCeiling>"
        "<Description>For those who keep a mill, or mend one.</Description></OpportunitySynopsisDetail_1_0>",
        "</Grants>",
    )


def _feed(size: int) -> bytes:
    return _repeated(
        size,
        "<rss version='2.0'><channel><title>Tenders</title>",
        "<item><title>Tender for road works {}</title><link>https://council.example/{}</link><description>"
        "Deadline: 3 May 2031. Works on the roads of the county.</description></item>",
        "</channel></rss>",
    )


def _sitemap(size: int) -> bytes:
    return _repeated(
        size,
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
        "<url><loc>https://council.example/tenders/{}</loc></url>",
        "</urlset>",
    )


def _pdf(size: int) -> bytes:
    sentence = _SENTENCE.replace("{}", "17")
    return write_pdf("Call for proposals", [sentence * 4] * (size // len(sentence * 4)))


def _pdf_of_one_page(size: int, line: bytes, *, packed: bool = False) -> bytes:
    """Return a PDF whose only page has so many bytes, of which ``packed`` leaves a hundredth in the file."""
    lines = line * (size // len(line))
    content, filters = (zlib.compress(lines, 9), b"/Filter /FlateDecode") if packed else (lines, b"")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>"
        ),
        b"<< /Title (Call for proposals) >>",
        b"<< %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(content), content),
    )
    return assemble(objects)


def _word(size: int) -> bytes:
    document = Document()
    document.add_heading("Call for proposals")
    for number in range(size // 10_000):
        document.add_paragraph(_SENTENCE.replace("{}", str(number)) * 2)
    return _saved(document)


def _word_of(size: int, piece: str, before: str = "", after: str = "") -> bytes:
    """Return a Word document, small as a file, whose body has nearly three times so many bytes."""
    document = BytesIO(_saved(Document()))
    written = BytesIO()
    body = before + piece * (28 * size // (10 * len(piece))) + after
    with zipfile.ZipFile(document) as empty, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as full:
        for part in empty.infolist():
            told = empty.read(part)
            if part.filename == "word/document.xml":
                told = told.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            full.writestr(part.filename, told)
    return written.getvalue()


def _saved(document: WordDocument) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


PAGES: Mapping[str, Callable[[int], bytes]] = MappingProxyType(
    {
        **{
            f"list: {layout}": partial(_invented, layout=layout)
            for layout in ("table", "cards", "headings", "list", "accordion")
        },
        **{name: partial(_written, piece=piece) for name, piece in _PIECES.items()},
        **{
            name: partial(_written, piece=piece, before=before, after=after)
            for name, (before, piece, after) in _WITHIN.items()
        },
        "noise": lambda size: randomness(1).randbytes(size),
        "undeclared Latin": lambda size: (
            "<p>Frist für Anträge – 5 € bis 3. Mai 2031".encode("cp1252") * (size // 41)
        ),
        "state of a script": _state,
        "JSON-LD": _json_ld,
        "JSON": _json,
        "JSON of numbers": partial(_repeated, before="[", piece="0,", after="0]"),
        "JSON of objects": partial(_repeated, before="[", piece="{},", after="0]"),
        "JSON of lists": partial(_repeated, before="", piece="[", after=""),
        "JSON of keys": partial(_repeated, before='{"a":1', piece=',"a{}":1', after="}"),
        "OCDS releases": _releases,
        "extract": _extract,
        "extract of empty elements": partial(
            _repeated, before="<Grants><OpportunitySynopsisDetail_1_0>", piece="<a/>", after=""
        ),
        "feed": _feed,
        "feed of empty entries": partial(_repeated, before="<rss><channel>", piece="<item/>", after=""),
        "feed of attributes": partial(
            _repeated, before="<rss><channel", piece=" a{}='1'", after="></channel></rss>"
        ),
        "sitemap": _sitemap,
        "sitemap of empty elements": partial(_repeated, before="<urlset>", piece="<url/>", after="</urlset>"),
        "PDF": _pdf,
        "PDF of one page": partial(_pdf_of_one_page, line=_PDF_LINE),
        "PDF of lines": partial(_pdf_of_one_page, line=b"0 0 m 100 100 l S\n"),
        "PDF that unpacks to fifty times": lambda size: _pdf_of_one_page(50 * size, _PDF_LINE, packed=True),
        "Word document": _word,
        "Word paragraphs": partial(_word_of, piece=f"<w:p><w:r><w:t>{_OF_WORDS}</w:t></w:r></w:p>"),
        "Word without text": partial(_word_of, piece="<w:p/>"),
        "Word table": partial(
            _word_of,
            piece=f"<w:tr>{'<w:tc><w:p><w:r><w:t>3 May 2031</w:t></w:r></w:p></w:tc>' * 5}</w:tr>",
            before="<w:tbl><w:tblPr/><w:tblGrid/>",
            after="</w:tbl><w:p/>",
        ),
    }
)
