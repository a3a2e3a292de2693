import re

import pypdfium2

from hoistscraper.sample_portal.calls import load_calls
from hoistscraper.sample_portal.documents import call_pdf, conditions_pdf
from hoistscraper.sample_portal.pdf import write_pdf


def text_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def test_a_call_told_in_a_document_can_be_read_from_it() -> None:
    for call in load_calls(2026):
        if call.layout == "pdf":
            (text,) = text_of(call_pdf(call))
            assert call.title in text
            assert f"Reference number: {call.reference}" in text
            assert "Application deadline: " in text
            assert "invented sample content" in text


def test_the_conditions_are_a_document_too() -> None:
    assert "General conditions" in text_of(conditions_pdf())[0]


def test_long_text_goes_on_on_the_next_sheet() -> None:
    sheets = text_of(write_pdf("Long", [f"Paragraph {number}." for number in range(60)]))
    assert len(sheets) == 3
    assert "Paragraph 59." in sheets[-1]


def test_signs_with_a_meaning_in_pdf_are_kept() -> None:
    assert text_of(write_pdf("Title", ["A (b) c\\d £5 – é"])) == ["Title A (b) c\\d £5 – é"]


def test_the_table_of_objects_points_at_the_objects() -> None:
    content = write_pdf("Title", ["Text"])
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    offsets = [int(entry) for entry in re.findall(rb"(\d{10}) 00000 n", content[start:])]
    for number, offset in enumerate(offsets, start=1):
        assert content[offset:].startswith(b"%d 0 obj" % number)
