import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.fetching.charsets import codec_for
from hoistscraper.fetching.decoding import decode

FRENCH = "<html><p>Clôture à midi, été 2026 – œuvres</p>"
JAPANESE = "<p>助成金の公募を開始しました。締切は三月です。</p>"
RUSSIAN = "<p>Приём заявок до конца марта</p>"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_wins_over_the_header(mark: bytes, codec: str) -> None:
    assert decode(mark + FRENCH.encode(codec), declared="windows-1251") == FRENCH


def test_the_header_wins_over_what_the_page_says() -> None:
    page = '<meta charset="iso-8859-1">' + RUSSIAN
    assert decode(page.encode("cp1251"), declared="windows-1251") == page


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_a_page_may_name_its_own_encoding(declaration: str) -> None:
    assert decode((declaration + RUSSIAN).encode("cp1251"), declared=None) == declaration + RUSSIAN


def test_a_declaration_in_a_comment_is_none() -> None:
    page = '<!-- <meta charset="windows-1251"> -->' + FRENCH
    assert decode(page.encode("cp1252"), declared=None) == page


def test_utf_8_is_known_by_its_bytes_whatever_is_declared() -> None:
    for wrong in ("iso-8859-1", "windows-1251", "shift_jis", "gb2312", "no-such-charset", None):
        assert decode(JAPANESE.encode(), declared=wrong) == JAPANESE


def test_bytes_that_are_not_the_utf_8_they_claim_to_be_are_western() -> None:
    assert decode(FRENCH.encode("cp1252"), declared="utf-8") == FRENCH


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("gb2312", "gb18030", "<p>联通</p>"),
        ("shift_jis", "cp932", JAPANESE),
        ("euc-jp", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("ks_c_5601-1987", "cp949", "<p>지원 사업 공고</p>"),
        ("iso-8859-9", "cp1254", "<p>Başvuru “çağrısı”</p>"),
        ("utf-16le", "utf-16-le", FRENCH),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), declared=label) == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_nul_bytes(codec: str) -> None:
    assert decode(FRENCH.encode(codec), declared=None) == FRENCH
    assert decode(FRENCH.encode(codec), declared="utf-8") == FRENCH


def test_nul_bytes_are_dropped() -> None:
    assert decode(b"<p>a\x00b</p>\x00", declared="utf-8") == "<p>ab</p>"


def test_a_letter_cut_in_half_does_not_spoil_the_others() -> None:
    page = FRENCH * 3
    assert decode(page.encode() + "é".encode()[:1], declared="utf-8") == page + "\ufffd"
    russian = RUSSIAN.encode("cp1251") + b"\x98"
    assert decode(russian, declared="windows-1251") == RUSSIAN + "\ufffd"


@pytest.mark.parametrize(
    "label", ["base64", "rot13", "idna", "utf-7", "unicode_escape", "hex", "", "a\x00b", "é"]
)
def test_codecs_that_are_no_charsets_are_not_taken(label: str) -> None:
    assert codec_for(label) is None


@given(st.binary(max_size=400), st.none() | st.text(max_size=20) | st.sampled_from(["utf-16", "gbk", "big5"]))
def test_decoding_never_raises_and_leaves_no_nul(content: bytes, declared: str | None) -> None:
    assert "\x00" not in decode(content, declared=declared)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=200))
def test_declared_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), declared="utf-8") == text


@given(st.binary(max_size=60))
def test_a_declaration_of_any_bytes_does_no_harm(label: bytes) -> None:
    decode(b'<meta charset="' + label + b'">\xe9', declared=None)
