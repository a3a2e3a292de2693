"""What is read of endless pages, and of those that are sent to take the reader's time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hoistscraper.extraction import bounds
from hoistscraper.extraction.bounds import MOST_ATTRIBUTES, MOST_CHARACTERS, MOST_ELEMENTS, within_bounds
from hoistscraper.extraction.document import one_line, parse

_PIECES = st.sampled_from(
    "<p>|</p>|<a href='/x'>|<b title=\"a>b\">|<p a=|call |a<b |<!--|-->|<script>|</script>|<STYLE>|</style >"
    "|'|\"|>|<|=| x=1|é|\n|<script-x>".split("|")
)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_LARGE", 0)
    monkeypatch.setattr(bounds, "MOST_ELEMENTS", 4)
    monkeypatch.setattr(bounds, "MOST_CHARACTERS", 20)


def test_a_page_of_too_many_elements_loses_its_end_and_says_how_much() -> None:
    page = "<p>Call</p>" * (2 * MOST_ELEMENTS)
    document = parse(page)

    assert document.left_out == pytest.approx(0.5)
    assert len(list(document.root.iter("p"))) == MOST_ELEMENTS
    assert parse("<p>Call</p>" * (MOST_ELEMENTS - 1)).left_out == 0


def test_a_page_of_too_much_text_loses_its_end() -> None:
    document = parse("<p>" + "call " * MOST_CHARACTERS)

    assert document.left_out == pytest.approx(0.8, abs=0.001)
    assert len(one_line(document.root)) == MOST_CHARACTERS - 1


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<p>1<p>2<p>3<p>4", None),
        ("<p>1<p>2<p>3<p>4<p>5<p>6", "<p>1<p>2<p>3<p>4"),
        ("<p>1</p><!-- <p><p><p><p> --><p>2</p>", None),
        ("<p>1<script>if (a<b) '<p><p><p><p><p><p>'; a string of more than twenty</script><p>2", None),
        ("<style>p{content:'<b><b><b><b><b>'}</style><p>1", None),
        ("<p title='<b><b><b><b><b> of more than twenty'>1", None),
        ("<script>never <b> ended <b><b><b><b><b>", None),
        ("<!-- never ended <b><b><b><b><b>", None),
        ("<p never=\"ended <b><b><b><b><b>", "<p never=\"ended <b><b><b><b>"),
        ("twenty characters of it and more", "twenty characters of"),
        ("<p>twenty <b>characters</b> and more", "<p>twenty <b>characters</b> an"),
    ],
)  # fmt: skip
def test_only_what_a_reader_sees_counts(page: str, kept: str | None) -> None:
    read, left_out = within_bounds(page)

    assert read == (page if kept is None else kept)
    assert left_out == pytest.approx(1 - len(read) / len(page))


def test_an_element_keeps_its_first_attributes_and_all_that_follows() -> None:
    many = "".join(f" data-{number}='{number}>'" for number in range(30_000))
    document = parse(f"<p>before<p class=call{many}>Call</p><p id=after>after")
    _, call, after = document.root.iter("p")

    assert len(call.attrib) == MOST_ATTRIBUTES
    assert (call.get("class"), call.get("data-7"), call.text, after.get("id")) == (
        "call",
        "7>",
        "Call",
        "after",
    )
    assert document.left_out == 0


def test_one_long_attribute_is_kept() -> None:
    page = f"<img src='data:image/png;base64,{'A' * 400_000}' alt=logo><p>Call"

    assert within_bounds(page) == (page, 0)


@pytest.mark.parametrize("piece", ["<div>Call {}", "<ul><li>Call {}", "<b>Call {}", "<table><tr><td>Call {}"])
def test_what_stands_too_deep_to_be_parsed_is_told(piece: str) -> None:
    document = parse("".join(piece.format(number) for number in range(5_000)) + "<p>The end</p>")

    assert "The end" not in one_line(document.root)
    assert 0.5 < document.left_out < 1


def test_a_page_of_millions_of_elements_is_parsed() -> None:
    document = parse("<p>a" * 3_000_000)

    assert sum(1 for _ in document.root.iter(etree.Element)) == MOST_ELEMENTS + 2
    assert document.left_out == pytest.approx(1 - MOST_ELEMENTS / 3_000_000)


@pytest.mark.usefixtures("few")
@given(st.lists(_PIECES, max_size=60))
def test_whatever_is_sent_its_beginning_is_read(pieces: list[str]) -> None:
    page = "".join(pieces)
    read, left_out = within_bounds(page)

    assert page.startswith(read)
    assert left_out == pytest.approx(1 - len(read) / max(len(page), 1)) or not page
