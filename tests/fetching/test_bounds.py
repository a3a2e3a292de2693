"""What is read of endless pages, and of those that are sent to take the reader's time."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import one_line
from hoistscraper.fetching import bounds
from hoistscraper.fetching.bounds import MOST_ATTRIBUTES, PAGE, json_within_bounds, within_bounds

_PIECES = st.sampled_from(
    "<p>|</p>|<a href='/x'>|<b title=\"a>b\">|<p a=|call |a<b |<!--|-->|<script>|</script>|<STYLE>|</style >"
    "|'|\"|>|<|=| x=1|é|\n|<script-x>".split("|")
)


_HOSTILE = st.sampled_from(
    '<!-->|--!>|<p a=b="|<p =a=\'|<div=x="|<\x01p|<p\xa0a="|<p/a=|<script"|<p a=\x0b"|\x0c|</|</p a=\'|<i>|<i'
    "|/>|\t|<!doctype|<?x|<![CDATA[|]]>|<textarea>|<title>|<svg>|<table>|<noscript>|<xmp>|<plaintext>".split(
        "|"
    )
)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_LARGE", 0)
    monkeypatch.setattr(bounds, "MOST_MARKS", 3)
    monkeypatch.setattr(bounds, "PAGE", replace(PAGE, elements=4, characters=20))


def test_a_page_of_too_many_elements_loses_its_end_and_says_how_much() -> None:
    page = "<p>Call</p>" * (2 * PAGE.elements)
    document = parse(page)

    assert document.left_out == pytest.approx(0.5)
    assert len(list(document.root.iter("p"))) == PAGE.elements
    assert parse("<p>Call</p>" * (PAGE.elements - 1)).left_out == 0


def test_a_page_of_too_much_text_loses_its_end() -> None:
    document = parse("<p>" + "call " * PAGE.characters)

    assert document.left_out == pytest.approx(0.8, abs=0.001)
    assert len(one_line(document.root)) == PAGE.characters - 1


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

    assert sum(1 for _ in document.root.iter(etree.Element)) == PAGE.elements + 2
    assert document.left_out == pytest.approx(1 - PAGE.elements / 3_000_000)


@pytest.mark.usefixtures("few")
@given(st.lists(_PIECES, max_size=60))
def test_whatever_is_sent_its_beginning_is_read(pieces: list[str]) -> None:
    page = "".join(pieces)
    read, left_out = within_bounds(page)

    assert page.startswith(read)
    assert left_out == pytest.approx(1 - len(read) / max(len(page), 1)) or not page


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('[1,2,3,4,5,6]', '[1,2,3,4]'),
        ('{"a":[1,{"b":",,,,"},2,3],"c":4}', '{"a":[1,{"b":",,,,"}]}'),
        ('[{"a":1},{"a":2},{"a":3}]', '[{"a":1},{"a":2}]'),
        ('{"v":1,"r":[{"a":[{},{}]},{"a":[{},{}]}]}', '{"v":1,"r":[{"a":[{}]}]}'),
        ('{"r":[{"a":1},{"a":[{},{},{}]}]}', '{"r":[{"a":1}]}'),
        ('["\\",,,,[[[[",1,2]', None),
        ('[[[[[[[[', None),
        ('["never ended ,,,,,,,,,,', None),
    ],
)  # fmt: skip
def test_the_beginning_of_json_is_whole_by_itself(
    source: str, kept: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_LARGE", 0)
    monkeypatch.setattr(bounds, "MOST_MARKS", 4)

    assert json_within_bounds(source)[0] == (source if kept is None else kept)


@pytest.mark.usefixtures("few")
@given(st.lists(st.sampled_from(["[", "{", "]", "}", ",", '"a":', "1", '"b"', "\\", '"']), max_size=40))
def test_the_beginning_of_what_is_no_json_is_cut_all_the_same(pieces: list[str]) -> None:
    source = "".join(pieces)
    read, left_out = json_within_bounds(source)

    assert 0 <= left_out <= 1
    assert read == source or read.startswith(source[: round(len(source) * (1 - left_out))])


@pytest.mark.usefixtures("few")
@settings(max_examples=2_000)
@given(st.lists(st.one_of(_PIECES, _HOSTILE), max_size=40))
def test_no_page_has_more_elements_for_the_parser_than_for_us(pieces: list[str]) -> None:
    root = parse("".join(pieces) + "<i>" * 60).root

    # The parser adds what every page has, and a paragraph where text needs one.
    assert sum(1 for _ in root.iter(etree.Element)) <= bounds.PAGE.elements + 6


@pytest.mark.parametrize(
    "trap",
    [
        "<!-->", "<!--->", "<!-- --!>", "</<script>", "<!x<style>", "<?x<script>", "<script\"> ", "<scriptx ",
        "<p a=b=\"", "<p =a='>' ", "<p =a=\">\" ", "<p a='>' ", "<p\xa0a=\">\" ", "<p/a=\">\"/",
        "<div=x=\"> ", "<\x01p ", "<p a=\x0b\"> ", "<p \"=\">\" ", "</p a='>' ",
    ],
)  # fmt: skip
def test_no_trap_hides_attributes_or_elements(trap: str) -> None:
    many = "".join(f" data-{number}=1" for number in range(20_000))
    document = parse(f"<h1>Calls</h1>{trap}{many}>{'<i>x</i>' * 2 * PAGE.elements}")

    assert sum(1 for _ in document.root.iter(etree.Element)) <= PAGE.elements + 6
    assert all(len(node.attrib) <= MOST_ATTRIBUTES + 2 for node in document.root.iter(etree.Element))
