"""The whole reader on pages that are not pages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import lines

TODAY = date(2027, 1, 12)
TAGS = """<p> </p> <div> <table><tr><td> <td> </table> <h1> </h1> <dl><dt>Deadline <dd> <ul><li> <b> </b> <br>
<main> <nav> <a\thref=x> <script> </script> <style> &nbsp; <!-- --> &#0; Deadline: 3/4/2027 $5,000"""
TEXTS = ["1 March 2027 ", "up to EUR 5 million ", "Closing date ", "a@b.example "]
PIECES = st.sampled_from([*TAGS.split(), *TEXTS])


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_no_markup_breaks_the_reader(pieces: list[str]) -> None:
    read_detail(parse(" ".join(pieces)), today=TODAY)


@pytest.mark.parametrize("text", ["", " ", "\x00", "<", "<html", "plain words", "<p>" * 3000])
def test_what_is_hardly_a_page_states_nothing(text: str) -> None:
    assert read_detail(parse(text), today=TODAY).deadline is None


def test_panels_that_open_on_a_click_are_content_and_pop_ups_are_not() -> None:
    words = "Applicants must live in the valley and play an instrument that is older than they are. " * 3
    page = f"""<body><div style="display:none">{words}</div>
    <div class="modal" style="display:none">{words}</div><p hidden>short</p><p>Shown</p></body>"""
    assert lines(parse(page).root) == [words.strip(), "Shown"]


def test_a_value_that_is_only_in_a_menu_is_left_out() -> None:
    page = """<body><nav><p>Deadline: 3 May 2027</p></nav><main><h1>Reed fund</h1>
    <p>The fund helps people who weave reeds, and those who want to learn it, with tools, time and a shed.</p>
    </main></body>"""
    assert read_detail(parse(page), today=TODAY).deadline is None
