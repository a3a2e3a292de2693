"""``hoistscraper scrape`` as a person meets it."""

import json

import pytest

from tests.cli.conftest import Run
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.certificates import self_signed
from tests.sites.routes import FORBIDDING, ROUTES, with_robots
from tests.sites.server import Site
from tests.sites.thread import in_thread


def test_a_scrape_prints_what_was_found_and_ends_well(run: Run) -> None:
    website = CallsWebsite(some_calls(3))
    with in_thread(website.site()) as site:
        printed = run("scrape", site.url())
        again = run("scrape", site.url())
    assert printed.code == 0
    assert website.calls[0].title in printed.out
    assert "3 calls, 3 new" in printed.out
    assert "3 calls, 0 new, 0 changed, 3 unchanged" in again.out


def test_json_is_for_programs(run: Run) -> None:
    website = CallsWebsite(some_calls(3))
    with in_thread(website.site()) as site:
        report = json.loads(run("scrape", site.url(), "--json").out)
    assert (report["found"], report["new"], report["status"]) == (3, 3, "completed")
    call = report["opportunities"][0]
    assert call["deadline"] == "2031-03-02"
    assert call["evidence"]["deadline"]["quote"]


def test_without_saving_nothing_is_kept(run: Run) -> None:
    website = CallsWebsite(some_calls(3))
    with in_thread(website.site()) as site:
        assert "3 calls" in run("scrape", site.url(), "--no-save").out
    assert "Nothing was found" in run("opportunity", "list").out
    assert "No website is in the list" in run("website", "list").out


def test_all_websites_are_scraped_though_one_fails(run: Run) -> None:
    good, bad = CallsWebsite(some_calls(2)), CallsWebsite([], listing_status=403)
    with in_thread(good.site()) as one, in_thread(bad.site()) as other:
        run("website", "add", one.url())
        run("website", "add", other.url())
        printed = run("scrape", "--all")
    assert printed.code == 1
    assert "completed" in printed.out
    assert "403" in printed.out


def test_all_without_any_website_says_how_to_add_one(run: Run) -> None:
    printed = run("scrape", "--all")
    assert (printed.code, printed.out) == (1, "")
    assert "website add" in printed.err


@pytest.mark.parametrize(
    "arguments", [("scrape",), ("scrape", "example.org", "--all"), ("scrape", "--nonsense")]
)
def test_wrong_usage_exits_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/403", "403"),
        ("/404", "404"),
        ("/429-for-an-hour", "60 minutes"),
        ("/500", "500"),
        ("/redirect-loop", "circle"),
        ("/redirect-to-private", "not a public address"),
        ("/redirect-to-file", "file:"),
        ("/huge", "MB"),
        ("/huge-unannounced", "MB"),
        ("/gzip-bomb", "MB"),
        ("/endless", "MB"),
        ("/drip", "second"),
        ("/binary", "page"),
        ("/empty", "empty"),
        ("/cut", "broke"),
        ("/silent", "second"),
    ],
)
def test_a_website_that_misbehaves_is_a_sentence_and_exit_code_1(run: Run, path: str, said: str) -> None:
    with in_thread(Site(ROUTES)) as site:
        patience = "1" if said == "second" else "30"
        printed = run("scrape", site.url(path), HOIST_TIMEOUT_SECONDS=patience, HOIST_MAX_PAGE_MEGABYTES="1")
    assert printed.code == 1
    assert said in printed.err
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize("path", ["/wrong-charset", "/utf-16", "/nul-bytes", "/500-three-times"])
def test_what_can_be_healed_is_no_failure(run: Run, path: str) -> None:
    with in_thread(Site(ROUTES)) as site:
        printed = run("scrape", site.url(path), HOIST_ATTEMPTS="4")
    assert printed.code == 0
    assert "No call was found on this page" in printed.out


def test_a_certificate_that_nobody_signed_is_told(run: Run) -> None:
    with in_thread(Site(ROUTES, tls=self_signed())) as site:
        printed = run("scrape", site.url())
    assert printed.code == 1
    assert "certificate" in printed.err


def test_robots_txt_that_forbids_is_told(run: Run) -> None:
    with in_thread(Site(with_robots(FORBIDDING))) as site:
        printed = run("scrape", site.url("/forbidden-by-robots"))
    assert printed.code == 1
    assert "robots.txt" in printed.err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:1/", "refuses connections"),
        ("http://127.0.0.2:1/", "not a public address"),
        ("http://169.254.169.254/latest", "not a public address"),
        ("http://[::ffff:127.0.0.2]/", "not a public address"),
    ],
)
def test_an_address_that_cannot_be_visited_is_a_sentence(run: Run, address: str, said: str) -> None:
    printed = run("scrape", address)
    assert printed.code == 1
    assert said in printed.err


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "  "])
def test_what_is_no_web_address_is_refused_before_anything_starts(run: Run, address: str) -> None:
    printed = run("scrape", address)
    assert (printed.code, printed.out) == (1, "")
    assert len(printed.err.strip().splitlines()) == 1
