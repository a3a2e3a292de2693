"""Every reading that was possible is told, with the reason why it was taken or lost."""

from datetime import date

import pytest

from hoistscraper.reading.read import read_linked, read_page
from hoistscraper.reading.values import PageKind
from hoistscraper.reading.why import Explanation, explain

TODAY = date(2027, 1, 15)
URL = "https://reeds.example/fund"
ONE = """<html lang="en"><title>Reed fund | Reeds Council</title><body>
<nav><a href="/about.pdf">About us (PDF)</a></nav>
<main><h1>Reed fund</h1><p>The fund pays for reeds along the river and in the lake beside it, each year.</p>
<dl><dt>Status</dt><dd>Open</dd><dt>Contact</dt><dd>Office of the fund</dd>
<dt>Contact person</dt><dd>Ada Quill, +49 30 1234567</dd><dt>Deadline</dt><dd>3 May 2027</dd></dl>
<p>Applications are closed for boats.</p>
<p>For questions about the call write to reeds@reeds.example.</p>
<p>Our press: news@reeds.example or webmaster@reeds.example.</p>
<p><a href="/terms.pdf">Terms</a></p></main></body></html>"""
LIST = """<html lang="en"><title>Grants</title><body><h1>Open grants</h1>
<table><tr><th>Title<th>Closing date<th>Status<th>More
<tr><td><a href="/1">Grant for reeds</a><td>3 May 2027<td>open<td>Status: closed
<tr><td><a href="/2">Grant for boats</a><td>4 May 2027<td>open<td>x
<tr><td><a href="/2">Grant for boats</a><td>4 May 2027<td>open<td>x
<tr><td><a href="/3">Which grants were there before?</a><td>4 May 2026<td>closed<td>y
<tr><td><a href="/4">Grant for mills</a><td>4 May 2027, 2 June 2027<td>open<td>z</table></body></html>"""


def told(explained: Explanation, field: str) -> list[tuple[str, str]]:
    """Return the values that were considered for a field, each with the verdict on it."""
    return [(each.value, each.verdict) for each in explained.fields if each.field == field]


@pytest.fixture(scope="module")
def one() -> Explanation:
    """The page of one call, explained."""
    assert read_page(ONE, url=URL, today=TODAY).kind is PageKind.DETAIL
    return explain(ONE.encode(), url=URL, today=TODAY)


@pytest.fixture(scope="module")
def listing() -> Explanation:
    """A list of calls, explained."""
    return explain(LIST.encode(), url=URL, today=TODAY)


def test_a_label_says_how_it_stands_before_sentences_do(one: Explanation) -> None:
    assert told(one, "status") == [
        ("open", "taken: a label says so"),
        ("closed", "not taken: a label goes before it"),
        ("open", "same as what was taken"),  # the word alone
    ]


def test_a_page_that_says_both_says_nothing() -> None:
    page = ONE.replace("<dt>Status</dt><dd>Open</dd>", "").replace(
        "<dl>", "<p>Applications are now open.</p><dl>"
    )
    explained = explain(page.encode(), url=URL, today=TODAY)
    both = "not taken: the page says both"
    assert told(explained, "status") == [("open", both), ("closed", both)]
    call = read_linked(page, url=URL, today=TODAY).opportunity
    assert call is not None
    assert "status" not in call.evidence


def test_the_address_that_more_speaks_for_is_taken(one: Explanation) -> None:
    verdicts = dict(told(one, "contact_email"))
    assert verdicts["reeds@reeds.example"].startswith("taken: the words around it speak +2 for it")
    assert verdicts["news@reeds.example"] == "not taken: the words around it speak +0 for it, against +2"
    assert verdicts["webmaster@reeds.example"] == "left out: nobody who knows of calls answers there"


def test_a_name_that_is_no_persons_is_left_out(one: Explanation) -> None:
    assert told(one, "contact_name") == [
        ("Ada Quill", "taken: the first rule that found something"),
        ("Office of the fund", "left out: it does not read as a person's name"),
    ]
    assert told(one, "contact_phone")[0][0] == "+49 30 1234567"


def test_files_beside_the_content_are_left_out(one: Explanation) -> None:
    verdicts = dict(told(one, "documents"))
    assert verdicts["https://reeds.example/terms.pdf"].startswith("taken")
    assert verdicts["https://reeds.example/about.pdf"].startswith("left out: it stands beside")


@pytest.mark.parametrize("page", [ONE, LIST])
def test_what_is_told_as_taken_is_what_is_read(page: str) -> None:
    explained = explain(page.encode(), url=URL, today=TODAY)
    reading = read_page(page, url=URL, today=TODAY)
    if reading.opportunity is not None:
        call = reading.opportunity
        taken = {(each.field, each.value) for each in explained.fields if each.is_taken}
        assert ("status", str(call.status)) in taken
        assert {("contact_email", call.contact_email), ("contact_name", call.contact_name)} <= taken
        assert {("documents", file.url) for file in call.documents} == {
            each for each in taken if each[0] == "documents"
        }
    else:
        assert [item.title for item in reading.items] == [
            each.name for each in explained.rows if each.is_taken
        ]


def test_of_the_groups_of_rows_one_is_the_list(listing: Explanation) -> None:
    [taken] = [each for each in listing.lists if each.is_taken]
    assert taken.name.startswith("5 rows (table): Grant for reeds, ")
    assert "for no other more" in taken.verdict
    others = [each for each in listing.lists if not each.is_taken]
    assert others
    assert all("for the one that was taken" in each.verdict for each in others)


def test_of_each_row_it_is_told_why_it_is_a_call_or_not(listing: Explanation) -> None:
    assert [(each.name, each.verdict) for each in listing.rows] == [
        ("Grant for reeds", "taken: nothing says that it is no call"),
        ("Grant for boats", "taken: nothing says that it is no call"),
        ("Grant for boats", "left out: it is shown twice"),
        ("Which grants were there before?", "left out: its name is that of something else"),
        ("Grant for mills", "taken: nothing says that it is no call"),
    ]


def test_of_a_row_only_fields_with_several_values_are_told(listing: Explanation) -> None:
    reeds, boats, *_, mills = listing.rows
    assert [(each.field, each.value, each.is_taken) for each in reeds.fields] == [
        ("status", "open", True),
        ("status", "closed", False),
    ]
    assert reeds.fields[1].verdict == "not taken: a text before it had said another"
    assert boats.fields == ()
    assert [(each.value, each.is_taken) for each in mills.fields] == [
        ("2027-05-04 (Closing date)", True),
        ("2027-06-02 (Closing date)", False),
    ]
