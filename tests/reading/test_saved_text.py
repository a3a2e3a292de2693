"""Proof is shown in the text of the page, at the right place."""

import pytest

from hoistscraper.reading import saved_text as module
from hoistscraper.reading.saved_text import SavedText, saved_text

PAGE = """<html><head><title>Calls | City</title><script>alert("Deadline: 1 May 2031")</script></head><body>
<nav>Home</nav><h2>Roof repairs</h2><p>Deadline: <b>9 February 2031</b></p>
<h2>Quay lighting</h2><dl><dt>Deadline</dt><dd>9 February 2031</dd></dl>
<p>&lt;img src=x onerror=alert(1)&gt;</p>
</body></html>"""


def marked(found: SavedText) -> list[str]:
    return [found.blocks[span.block][span.start : span.end] for span in found.spans]


def shown(page: str, quote: str, near: str = "") -> SavedText:
    return saved_text(page.encode(), charset=None, quote=quote, near=near)


def test_the_quote_nearest_to_the_title_is_marked() -> None:
    found = shown(PAGE, "9 February 2031", "Quay lighting")
    assert found.blocks == (
        "Calls | City",
        "Home",
        "Roof repairs",
        "Deadline: 9 February 2031",
        "Quay lighting",
        "Deadline",
        "9 February 2031",
        "<img src=x onerror=alert(1)>",
    )
    assert (marked(found), found.spans[0].block) == (["9 February 2031"], 6)
    assert shown(PAGE, "9 February 2031", "Roof repairs").spans[0].block == 3
    assert shown(PAGE, "9 February 2031").spans[0].block == 3


def test_a_quote_over_several_blocks_is_marked_in_each() -> None:
    assert marked(shown(PAGE, "Deadline\n 9 February 2031", "Quay")) == ["Deadline", "9 February 2031"]
    assert marked(shown(PAGE, "Quay ligh…")) == ["Quay ligh"]


def test_what_is_not_there_is_not_marked() -> None:
    found = shown(PAGE, "10 February 2031")
    assert (found.spans, found.is_in_data, len(found.blocks)) == ((), False, 8)
    assert shown("", "x") == SavedText((), ())
    assert shown(PAGE, "").spans == ()


@pytest.mark.parametrize(
    "page",
    [
        '<body><p>Hi</p><script >{"name":"Caf\\u00e9 \\"Quay\\"","n":"<b>x</b>"}</script>',
        '<body><p>Hi</p><meta content="Caf&eacute; &quot;Quay&quot;"><b>x</b>',
    ],
)
def test_what_is_declared_for_programs_is_shown_without_markup(page: str) -> None:
    found = shown(page, 'Café "Quay"')
    assert (marked(found), found.is_in_data) == (['Café "Quay"'], True)
    assert "<b>" not in found.blocks[0]


def test_a_feed_is_read_with_what_its_entries_say() -> None:
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>Calls</title><item><title>Quay</title>
    <description>&lt;p&gt;Closes &lt;b&gt;9 May&lt;/b&gt;&lt;/p&gt;</description></item></channel></rss>"""
    found = shown(feed, "Closes 9 May", "Quay")
    assert found.blocks == ("Calls", "Quay", "Closes 9 May")
    assert marked(found) == ["Closes 9 May"]


def test_of_a_long_page_the_part_around_the_quote_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BLOCKS", 10)
    page = "".join(f"<p>Line {number}.</p>" for number in range(100))
    found = shown(page, "Line 50.")
    assert (found.blocks[0], found.blocks[-1], found.left_out) == ("Line 45.", "Line 54.", (45, 45))
    assert marked(found) == ["Line 50."]
    assert shown(page, "Line 99.").left_out == (90, 0)
    assert shown(page, "no such").left_out == (0, 90)
