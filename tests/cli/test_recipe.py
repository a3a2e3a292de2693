"""``hoistscraper website recipe`` as a person meets it."""

import json

import pytest

from tests.cli.conftest import Run
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.thread import in_thread


@pytest.mark.proves("recipes")
def test_what_was_learned_is_told_in_words_and_forgotten_on_request(run: Run) -> None:
    website = CallsWebsite(some_calls(12), page_size=4)
    with in_thread(website.site()) as site:
        run("website", "add", site.url("/"))
        before = run("website", "recipe", site.url("/"))
        run("scrape", site.url("/"))
        told = run("website", "recipe", site.url("/"))
        kept = json.loads(run("website", "recipe", site.url("/"), "--json").out)
        forgotten = run("website", "recipe", site.url("/"), "--forget")
        after = run("website", "recipe", site.url("/"))
        trail = run("audit", "list", "--json")
    assert "Nothing is learned" in before.out
    words = " ".join(told.out.split())
    assert "rows of a table, up to 4 on a page, at body > main > table > tbody > tr" in words
    assert "The columns are: Call, Reference, Closing date." in words
    assert "It is in use." in words
    assert "100% of 12 pages state their deadline: labelled \u201cdeadline\u201d (12)." in words
    assert kept["is_in_use"]
    assert "is forgotten" in forgotten.out
    assert "Nothing is learned" in after.out
    assert "website.forget-recipe" in trail.out


def test_a_website_that_is_not_watched_is_a_sentence(run: Run) -> None:
    printed = run("website", "recipe", "https://example.org/")
    assert printed.code == 1
    assert "is not in the list" in printed.err + printed.out
