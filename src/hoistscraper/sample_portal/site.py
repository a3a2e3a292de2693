"""The whole portal as a map from address to content, made once when it starts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from hoistscraper.sample_portal.calls import Call, load_calls
from hoistscraper.sample_portal.documents import call_pdf, conditions_pdf
from hoistscraper.sample_portal.machine import feed, robots, sitemap
from hoistscraper.sample_portal.pages import around
from hoistscraper.sample_portal.pages.cards import cards_page
from hoistscraper.sample_portal.pages.definitions import definitions_page
from hoistscraper.sample_portal.pages.listing import CALLS_PER_PAGE, listing_page, listing_path
from hoistscraper.sample_portal.pages.prose import prose_page
from hoistscraper.sample_portal.pages.script import facts_json, facts_path, script_page
from hoistscraper.sample_portal.pages.table import CONDITIONS_PATH, table_page

HTML = "text/html; charset=utf-8"
_LAYOUTS: Mapping[str, Callable[[Call], str]] = {
    "definitions": definitions_page,
    "table": table_page,
    "prose": prose_page,
    "cards": cards_page,
    "script": script_page,
}


@dataclass(frozen=True, slots=True)
class Resource:
    """What one address answers. ``etag`` is the opaque part, without quotes."""

    content: bytes
    content_type: str
    etag: str


def build_site(year: int, origin: str) -> Mapping[str, Resource]:
    """Return every resource by its path and query; ``origin`` is scheme, host and port."""
    calls = load_calls(year)
    site = {path: _resource(text.encode(), HTML) for path, text in _pages(calls, year)}
    paths = [*site, *(call.path for call in calls if call.layout == "pdf")]
    site["/sitemap.xml"] = _resource(sitemap(paths, origin).encode(), "application/xml; charset=utf-8")
    site["/feed.xml"] = _resource(feed(calls, origin, year).encode(), "application/rss+xml; charset=utf-8")
    site["/robots.txt"] = _resource(robots(origin).encode(), "text/plain; charset=utf-8")
    site[CONDITIONS_PATH] = _resource(conditions_pdf(), "application/pdf")
    for call in calls:
        if call.layout == "pdf":
            site[call.path] = _resource(call_pdf(call), "application/pdf")
        if call.layout == "script":
            site[facts_path(call)] = _resource(facts_json(call).encode(), "application/json")
    return site


def not_found() -> Resource:
    """Return what an address answers where there is nothing."""
    return _resource(around.not_found_page().encode(), HTML)


def _pages(calls: Sequence[Call], year: int) -> Iterator[tuple[str, str]]:
    yield "/", around.home_page()
    for number in range(1, len(calls) // CALLS_PER_PAGE + 1):
        yield listing_path(number), listing_page(number, calls, year)
    for call in calls:
        if call.layout != "pdf":
            yield call.path, _LAYOUTS[call.layout](call)
    yield "/news/", around.news_index()
    for item in around.NEWS:
        yield f"/news/{item.slug}/", around.news_page(item)
    yield "/winners/", around.winners_page(calls, year)
    yield "/guide/", around.guide_page()
    yield "/alerts/", around.alerts_page()
    yield "/about/", around.about_page()
    yield "/privacy/", around.privacy_page()


def _resource(content: bytes, content_type: str) -> Resource:
    return Resource(content, content_type, sha256(content).hexdigest()[:24])
