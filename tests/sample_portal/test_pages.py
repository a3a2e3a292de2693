import json
from html.parser import HTMLParser

import pytest
from lxml import etree, html

from hoistscraper.sample_portal.calls import load_calls
from hoistscraper.sample_portal.pages.frame import INVENTED
from hoistscraper.sample_portal.pages.listing import listing_path
from hoistscraper.sample_portal.site import HTML, build_site, not_found

YEAR = 2026
ORIGIN = "http://127.0.0.1:8642"
SITE = build_site(YEAR, ORIGIN)
PAGES = {path: page.content.decode() for path, page in SITE.items() if page.content_type == HTML}
VOID = {"meta", "link", "br"}


def found(text: str | bytes, path: str) -> list[str]:
    """Return what an XPath finds in a page or an XML document, as text."""
    root = html.document_fromstring(text) if isinstance(text, str) else etree.fromstring(text)
    results = root.xpath(path)
    assert isinstance(results, list)
    return [str(result) for result in results]


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if len(attrs) != len({name for name, _ in attrs}):
            self.wrong.append(f"{tag} repeats an attribute")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_page_is_well_formed_and_says_that_it_is_invented(path: str) -> None:
    nesting = _Nesting()
    nesting.feed(PAGES[path])
    assert (nesting.wrong, nesting.open) == ([], [])
    assert INVENTED in PAGES[path]


def test_the_page_for_lost_visitors_says_that_it_is_invented_too() -> None:
    assert INVENTED in not_found().content.decode()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_listing_page_has_its_twenty_calls_in_order(number: int) -> None:
    rows = found(PAGES[listing_path(number)], "//li[@class='call']//a/@href")
    calls = load_calls(YEAR)[(number - 1) * 20 : number * 20]
    assert rows == [call.path for call in calls]


def test_the_pager_leads_through_all_pages_and_ends() -> None:
    following = {
        path: found(PAGES[path], "//nav[@class='pager']//a[text()='Next']/@href")
        for path in map(listing_path, (1, 2, 3))
    }
    assert following == {
        "/calls/": ["/calls/?page=2"],
        "/calls/?page=2": ["/calls/?page=3"],
        "/calls/?page=3": [],
    }


def test_no_link_of_the_portal_leads_nowhere() -> None:
    for path, text in PAGES.items():
        for href in found(text, "//a/@href | //link[@rel!='icon']/@href"):
            assert href in SITE, f"{path} links to {href}"


def test_a_past_call_shows_it_by_its_mark_or_only_by_its_date() -> None:
    def marks_of(title: str) -> list[str]:
        row = f"//li[@class='call'][h2/a='{title}']"
        return found(PAGES["/calls/"], f"{row}//*[contains(@class, 'mark')]/text()")

    assert marks_of("Winter Field School Grants") == ["Closed"]
    assert marks_of("Methane Monitoring on Small Farms") == ["Awarded"]
    assert marks_of("Playground Safety Surfaces") == []


def test_declared_facts_agree_with_the_true_answers() -> None:
    for call in load_calls(YEAR):
        if call.layout == "cards":
            (text,) = found(PAGES[call.path], "//script/text()")
            declared = json.loads(text)
            assert (declared["name"], declared["identifier"]) == (call.title, call.reference)
            assert call.deadline
            assert declared["validThrough"].startswith(call.deadline.day.isoformat())


def test_the_page_that_needs_a_browser_has_nothing_to_read_without_one() -> None:
    call = next(call for call in load_calls(YEAR) if call.layout == "script")
    page = PAGES[call.path]
    assert call.title not in page
    assert call.reference not in page
    assert json.loads(SITE[f"{call.path}facts.json"].content)["title"] == call.title


def test_feed_and_sitemap_are_xml_with_whole_addresses() -> None:
    titles = found(SITE["/feed.xml"].content, "//item/title/text()")
    current = [call.title for call in load_calls(YEAR) if not call.outcome.is_past]
    assert titles == current[: len(titles)]
    addresses = found(SITE["/sitemap.xml"].content, "//*[local-name()='loc']/text()")
    assert {f"{ORIGIN}{call.path}" for call in load_calls(YEAR)} <= set(addresses)


def test_the_same_year_makes_the_same_portal_and_the_next_year_another() -> None:
    assert build_site(YEAR, ORIGIN) == SITE
    assert build_site(YEAR + 1, ORIGIN)["/calls/"].etag != SITE["/calls/"].etag
