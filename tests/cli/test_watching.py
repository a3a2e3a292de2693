"""How websites do and when they are due: the commands as a person meets them."""

import json

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from hoistscraper.clock import now
from tests.cli.conftest import Run
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.thread import in_thread


def test_health_shows_the_worst_first_with_reason_and_remedy(run: Run) -> None:
    good, bad = CallsWebsite(some_calls(2)), CallsWebsite([], listing_status=403)
    with in_thread(good.site()) as one, in_thread(bad.site()) as other:
        run("website", "add", "example.org")
        run("scrape", one.url())
        printed = run("scrape", other.url())
        assert printed.code == 1
        shown = json.loads(run("website", "health", "--json").out)
        table = run("website", "health").out
        listed = run("website", "list").out
    assert [(w["health"], w["url"]) for w in shown] == [
        ("red", other.url("/")),
        (None, "https://example.org/"),
        ("green", one.url("/")),
    ]
    assert "403" in shown[0]["reason"]
    assert shown[0]["advice"]
    assert shown[0]["failures_in_a_row"] == 1
    assert "Not visited yet." in table
    assert "green" in listed


def test_a_website_that_really_changed_is_taken_as_it_is(run: Run) -> None:
    website = CallsWebsite(some_calls(30), page_size=30)
    with in_thread(website.site()) as site:
        run("scrape", site.url())
        website.calls = website.calls[:10]
        held = run("scrape", site.url())
        assert "This website is amber." in held.out
        assert "website accept" in held.out
        assert run("website", "accept", site.url()).code == 0
        report = json.loads(run("scrape", site.url(), "--json").out)
    assert (report["health"]["state"], report["no_longer_listed"]) == ("green", 20)


def test_accepting_what_is_not_watched_is_a_sentence(run: Run) -> None:
    printed = run("website", "accept", "example.org")
    assert (printed.code, "not in the list" in printed.err) == (1, True)


def test_a_schedule_is_set_shown_and_taken_away(run: Run) -> None:
    run("website", "add", "example.org")
    printed = run("website", "schedule", "example.org", "Daily 07:00", "--timezone", "Europe/Paris")
    assert "is visited daily at 07:00 Europe/Paris, next at" in printed.out
    run("website", "schedule", "example.org", "every 6 hours", "--quiet", "22:00-06:00")
    [website] = json.loads(run("website", "list", "--json").out)
    assert (website["schedule"], website["quiet_hours"]) == ("every 6 hours UTC", "22:00-06:00")
    assert website["next_due_at"]
    assert "every 6 hours" in run("website", "list").out
    assert "no schedule any more" in run("website", "schedule", "example.org", "never").out
    assert json.loads(run("website", "list", "--json").out)[0]["next_due_at"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("now and then",), "write it like"),
        (("daily at 07:00", "--timezone", "Mars"), "no time zone"),
        (("daily", "--quiet", "always"), "like 22:00-06:00"),
    ],
)
def test_a_schedule_that_cannot_be_understood_is_a_sentence(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    run("website", "add", "example.org")
    printed = run("website", "schedule", "example.org", *arguments)
    assert printed.code == 1
    assert said in " ".join(printed.err.split())


def test_what_is_due_is_scraped_and_due_again_later(run: Run, database_url: str) -> None:
    website, other = CallsWebsite(some_calls(2)), CallsWebsite(some_calls(2))
    with in_thread(website.site()) as site, in_thread(other.site()) as second:
        run("website", "add", second.url())
        run("website", "add", site.url())
        assert "No active website has a schedule" in run("scrape", "--due").err
        run("website", "schedule", site.url(), "every 6 hours")
        let_time_come(database_url)
        printed = run("scrape", "--due")
        assert printed.code == 0
        assert site.url("/") in printed.out
        assert second.url("/") not in printed.out
        again = run("scrape", "--due")
        assert (again.code, "Nothing is due; next is" in again.out) == (0, True)
        assert json.loads(run("scrape", "--due", "--json").out) == []
        run("website", "pause", site.url())
        let_time_come(database_url)
        assert "No active website has a schedule" in run("scrape", "--due").err


def test_nothing_is_scraped_in_quiet_hours(run: Run, database_url: str) -> None:
    website = CallsWebsite(some_calls(2))
    with in_thread(website.site()) as site:
        run("website", "add", site.url())
        hour = now().hour
        quiet = f"{hour:02}:00-{(hour + 2) % 24:02}:00"
        run("website", "schedule", site.url(), "every 6 hours", "--timezone", "UTC", "--quiet", quiet)
        let_time_come(database_url)
        assert "Nothing is due" in run("scrape", "--due").out
        assert website.asked == []


def let_time_come(database_url: str) -> None:
    """Have every schedule's time come."""
    with create_engine(database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE website SET next_due_at = now() WHERE schedule IS NOT NULL"))


def test_a_paused_website_is_left_alone_until_it_is_resumed(run: Run) -> None:
    website = CallsWebsite(some_calls(2))
    with in_thread(website.site()) as site:
        run("website", "add", site.url())
        assert run("website", "pause", site.url()).code == 0
        assert "paused" in run("website", "list").out
        assert run("scrape", "--all").code == 1
        assert run("scrape", site.url()).code == 0  # who names it means it
        assert "Resumed" in run("website", "resume", site.url()).out
        assert run("scrape", "--all").code == 0


@pytest.mark.parametrize("arguments", [("--due", "--all"), ("example.org", "--due"), ("--due", "--no-save")])
def test_due_goes_alone(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("scrape", *arguments).code == 2
