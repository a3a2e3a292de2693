"""Reading never raises, goes through huge pages, and holds for lists of any length."""

import json
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoistscraper.fetching.bounds import PAGE
from hoistscraper.reading.by_recipe import read_guided
from hoistscraper.reading.read import read_linked, read_page
from hoistscraper.reading.values import PageKind

TODAY = date(2027, 1, 15)
PIECES = st.sampled_from(
    "<div> </div> <table> <tr> <td> <th> </table> <li> <ul> </ul> <h2> </h2> <a/href='x'> <a/href='http://['>"
    " </a> <details> <summary> Deadline: 3-May-2027 Grant &#0; Next 1 <rss><item> <feed> <urlset> <![CDATA[ €"
    " <p <!-- colspan=-1 <td/colspan='9999999999'> <tr/><td/><b>Title</b>".split()
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_reading_fail(pieces: list[str]) -> None:
    reading = read_page("".join(pieces), url="https://lindenfels.example/", today=TODAY)

    assert reading.kind in PageKind


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_reading_fail(content: bytes) -> None:
    for head in (b"", b"%PDF-1.7\n", b"\xff\xfe", b"<rss>"):
        assert read_page(head + content, url=None, today=TODAY).kind in PageKind


@pytest.mark.parametrize("count", [2, 3, 5, 10, 21, 40, 60, 64, 80, 99, 100, 150, 300])
def test_a_list_is_a_list_however_long_it_is(count: int) -> None:
    rows = "".join(
        f"<tr><td><a href='/c/{n}'>Call number {n}</a></td><td>{1 + n % 28} May 2027</td></tr>"
        for n in range(count)
    )
    page = f"<h1>Open calls</h1><table><tr><th>Title</th><th>Deadline</th></tr>{rows}</table>"

    reading = read_page(page, url="https://lindenfels.example/", today=TODAY)

    assert reading.kind is PageKind.LISTING
    assert len(reading.items) == count


def _rows(count: int) -> str:
    row = "<tr><td><a href='/c/{0}'>Grant for the mills of Brae {0}</a></td><td>1 May 2027</td></tr>"
    return f"<table><tr><th>Title</th><th>Deadline</th></tr>{_each(row, count)}</table>"


def _cards(count: int) -> str:
    title = "<h3><a href='/c/{0}'>Grant for the mills of Brae {0}</a></h3>"
    return _each(f"<div class=card>{title}<p>Deadline: 1 May 2027</p></div>", count)


def _sections(count: int) -> str:
    title = "<h2><a href='/c/{0}'>Grant for the mills of Brae {0}</a></h2>"
    return _each(f"{title}<p>Charities of the region may apply.</p><p>Deadline: 1 May 2027</p>", count)


def _each(form: str, count: int) -> str:
    return "".join(form.format(number) for number in range(count))


@pytest.mark.parametrize(
    ("module", "page"), [("tables", _rows(30)), ("records", _cards(30)), ("headings", _sections(30))]
)
def test_entries_that_are_too_many_are_counted_and_told(
    module: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<title>Open calls</title><main><h1>Open calls</h1>{page}</main>"
    whole = read_page(page, url="https://lindenfels.example/", today=TODAY)
    monkeypatch.setattr(f"hoistscraper.discovery.{module}.MOST_ROWS", 20)
    cut = read_page(page, url="https://lindenfels.example/", today=TODAY)

    assert (len(whole.items), whole.left_out, whole.note) == (30, 0, None)
    assert (len(cut.items), cut.left_out) == (20, 10)
    assert "10 of them were left out" in str(cut.note)


def test_entries_of_a_feed_that_are_too_many_are_counted_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    items = _each("<item><title>Grant {0}</title><link>https://a.example/{0}</link></item>", 9)
    feed = f"<rss version='2.0'><channel><title>Grants</title>{items}</channel></rss>"
    monkeypatch.setattr("hoistscraper.discovery.feeds._MOST_ENTRIES", 5)

    reading = read_page(feed, url="https://a.example/feed", today=TODAY)

    assert (len(reading.items), reading.left_out) == (5, 4)
    assert reading.note


def test_records_that_are_too_many_are_counted_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"title": f"Grant {n}", "deadline": "2027-05-01", "url": f"/c/{n}"} for n in range(9)]
    monkeypatch.setattr("hoistscraper.discovery.record_lists._MOST_RECORDS", 5)

    reading = read_page(json.dumps({"grants": records}), url="https://a.example/grants", today=TODAY)

    assert (len(reading.items), reading.left_out) == (5, 4)
    assert reading.note


def test_a_page_nested_thousands_deep_is_read() -> None:
    page = "<div>" * 20_000 + "Grant" + "<ul><li>" * 5_000

    assert read_page(page, url=None, today=TODAY).kind is PageKind.OTHER


def test_a_page_of_a_hundred_thousand_nodes_is_read() -> None:
    block = "<div class='x'><h3>Word</h3><span><b>Word</b> text</span><p>Some <i>text</i></p></div>"

    assert read_page("<h1>News</h1>" + block * 16_000, url=None, today=TODAY).kind is PageKind.OTHER


def test_an_address_that_runs_a_script_is_no_address() -> None:
    page = "<h1>Tenders</h1><ul>" + "".join(
        f"<li><a href='javascript:open({n})'>Tender for {name}</a> Closing date: 4 March 2027</li>"
        for n, name in enumerate(("road salt", "two ferries", "new lamps"))
    )

    reading = read_page(page, url="https://lindenfels.example/", today=TODAY)

    assert [item.url for item in reading.items] == [None, None, None]


def test_a_pdf_without_text_is_no_call() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.close()

    assert read_page(b"%PDF-1.4\nbroken", url=None, today=TODAY).kind is PageKind.OTHER


def test_what_was_read_is_proven_by_words_of_the_page() -> None:
    page = (
        "<h1>Tenders</h1><table><tr><th>Title</th><th>Buyer</th><th>Closing date</th></tr>"
        "<tr><td>Supply of road salt</td><td>City of Lindenfels</td><td>4 March 2027</td></tr>"
        "<tr><td>Repair of two ferries</td><td>Port of Lindenfels</td><td>5 March 2027</td></tr></table>"
    )

    reading = read_page(page, url="https://lindenfels.example/", today=TODAY)

    for item in reading.items:
        assert {"title", "deadline", "organisation"} <= set(item.evidence)
        assert all(proof.quote in page for proof in item.evidence.values())


LAST_PAGE = """<title>Open calls</title><body><main><h1>Open calls</h1><table>
<tr><th>Call</th><th>Reference</th><th>Closing date</th></tr>{rows}</table></main>"""
ROW = "<tr><td><a href='/c/{n}'>Repair of mill {n}</a></td><td>RM-{n:03}</td><td>{n} May 2027</td></tr>"


@pytest.mark.parametrize("count", [1, 2])
def test_where_a_listing_goes_on_its_last_rows_are_a_list(count: int) -> None:
    page = LAST_PAGE.format(rows="".join(ROW.format(n=n) for n in range(1, count + 1)))

    reading = read_page(page, url="https://lindenfels.example/calls/?page=3", goes_on=True, today=TODAY)

    assert reading.kind is PageKind.LISTING
    assert [item.title for item in reading.items] == [f"Repair of mill {n}" for n in range(1, count + 1)]


def test_where_a_listing_goes_on_a_page_without_calls_is_none() -> None:
    page = "<title>Open calls</title><body><main><h1>Open calls</h1><p>There are no more results.</p></main>"

    reading = read_page(page, url="https://lindenfels.example/calls/?page=4", goes_on=True, today=TODAY)

    assert (reading.kind, reading.items) == (PageKind.OTHER, ())


NAMES = st.sampled_from(
    """title name deadline closingDate endDate status amount currency funder url grants releases ocid tender
    records tenderPeriod value buyer items paginationInfo keyDates closeDate date oppHits data synopsis tag
    next""".split()
)
VALUES = st.one_of(
    st.sampled_from(
        ["2027-03-01", "2027-03-01T17:00:00Z", "03/04/2027", "Grant for mills", "open", "EUR", "/x"]
    ),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
)
RECORDS = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=30,
)


@given(RECORDS)
@settings(max_examples=300, deadline=None)
def test_no_records_make_reading_fail_and_every_value_is_proven(document: object) -> None:
    text = json.dumps({"grants": document})
    reading = read_page(text, url="https://lindenfels.example/api/grants?page=2", today=TODAY)

    for call in (*reading.items, *filter(None, [reading.opportunity])):
        for proof in call.evidence.values():
            assert proof.quote
            assert "#/" in str(proof.source_url)
        if call.deadline:
            assert str(call.deadline.date.year) in call.evidence["deadline"].quote


def test_records_nested_thousands_deep_are_read() -> None:
    for text in ('{"grants":' * 900 + "1" + "}" * 900, "[" * 50_000 + "]" * 50_000):
        assert read_page(text, url=None, today=TODAY).kind is PageKind.OTHER


def test_a_list_of_thousands_of_records_is_read() -> None:
    records = [{"title": f"Grant for mill {n}", "deadline": "2027-05-01"} for n in range(3_000)]
    reading = read_page(json.dumps({"results": records}), url="https://lindenfels.example/api", today=TODAY)

    assert (reading.kind, len(reading.items)) == (PageKind.LISTING, 3_000)


def test_json_without_a_call_and_broken_json_are_told_apart() -> None:
    whole = read_page('{"ok": true}', url=None, media_type="application/json", today=TODAY)
    broken = read_page('{"ok": tr', url=None, media_type="application/json", today=TODAY)

    assert (whole.kind, broken.kind) == (PageKind.OTHER, PageKind.OTHER)
    assert "no call" in str(whole.note)
    assert "broken" in str(broken.note)


def test_a_page_that_is_larger_than_what_is_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoistscraper.fetching.bounds._LARGE", 0)
    page = f"<title>Open calls</title><main><h1>Open calls</h1>{_cards(30)}</main>"
    whole = read_page(page, url="https://lindenfels.example/", today=TODAY)
    half = page.count("<", 0, len(page) // 2) // 2
    monkeypatch.setattr("hoistscraper.fetching.bounds.PAGE", replace(PAGE, elements=half))
    cut = read_page(page, url="https://lindenfels.example/", today=TODAY)
    guided = read_guided(page, url="https://lindenfels.example/", today=TODAY, recipe=None).reading
    linked = read_linked(page, url="https://lindenfels.example/", today=TODAY)

    assert (len(whole.items), whole.is_partial, whole.note) == (30, False, None)
    assert cut.items == whole.items[: len(cut.items)]
    assert 10 < len(cut.items) < 20
    for reading in (cut, guided, linked):
        assert reading.is_partial
        assert "larger" in str(reading.note)
        assert " % were left out" in str(reading.note)
    assert guided.items == cut.items


def test_data_that_is_too_long_to_be_read_is_told() -> None:
    data = json.dumps([{"name": f"Grant {number}", "about": "mills " * 20} for number in range(20_000)])
    page = f"<h1>Grants</h1><script type=application/json>{data}</script>"

    reading = read_page(page, url="https://a.example/", today=TODAY)

    assert reading.kind is PageKind.OTHER
    assert "more than 2 MB" in str(reading.note)


@pytest.mark.parametrize("entry", ["<item/>", "<i/>", "<item><title>Grant</title><link>/g</link></item>"])
def test_a_feed_without_end_is_read_as_far_as_it_is_read(entry: str) -> None:
    feed = f"<rss version='2.0'><channel><title>Grants</title>{entry * 400_000}</channel></rss>"
    reading = read_page(feed, url="https://a.example/feed", today=TODAY)

    assert (reading.kind, reading.is_partial) == (PageKind.FEED, True)
    assert "larger" in str(reading.note)


def test_a_long_feed_of_long_texts_is_read_whole() -> None:
    text = f"<![CDATA[{'<p>One of many words about mills.</p>' * 2_000}]]>"
    entry = "<item><title>Grant {0}</title><link>https://a.example/{0}</link><description>{1}</description></item>"
    items = "".join(entry.format(number, text) for number in range(60))
    feed = f"<rss version='2.0'><channel><title>Grants</title>{items}</channel></rss>"
    reading = read_page(feed, url="https://a.example/feed", today=TODAY)

    assert (len(reading.items), reading.is_partial, reading.note) == (60, False, None)


def test_of_json_of_too_many_values_the_beginning_is_read() -> None:
    record = {"title": "Grant, for [mills] {and} \\", "deadline": "2027-05-01", "places": [1, 2, 3]}
    records = [record | {"url": f"/{number}"} for number in range(300_000)]
    reading = read_page(json.dumps({"grants": records}), url="https://a.example/grants", today=TODAY)

    assert (reading.kind, len(reading.items), reading.is_cut) == (PageKind.LISTING, 5_000, True)
    assert 50_000 < reading.left_out < 295_000
    assert "larger" in str(reading.note)


def test_json_that_a_row_links_to_is_not_told_to_be_a_page_that_is_too_long() -> None:
    record = {"title": "Grant for mills", "deadline": "2027-05-01", "about": "mills " * 600_000}
    reading = read_linked(json.dumps({"data": record}), url="https://a.example/grants/1", today=TODAY)

    assert reading.opportunity is not None
    assert (reading.opportunity.title, reading.note) == ("Grant for mills", None)
