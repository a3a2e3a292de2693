"""A source that breaks says so: seen by a person who scrapes it and asks how it is doing.

Each trouble befalls a website that was read well before. `hoistscraper website health` must then name its
state, its reason and what to do; no call may be lost, closed or marked as no longer listed; and once the
trouble is over the next visit must find everything well again by itself.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from hoistscraper.database.urls import client_url, parse_url
from tests.cli.conftest import Run, run
from tests.queue.conftest import command, worker_process
from tests.sites.calls import Call, CallsWebsite, some_calls
from tests.sites.members import PASSWORD, USER, FormSite, Members
from tests.sites.thread import in_thread

__all__ = ["run"]

PAGE = "<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>"
CAPTCHA = PAGE.format(
    title="Just a moment...", body="<p>Verify you are human by completing the action below."
)
DENIED = PAGE.format(
    title="Access Denied", body="<h1>Access Denied</h1><p>You don't have permission to access this server."
)
REJECTED = PAGE.format(
    title="Request Rejected", body="The requested URL was rejected. Please consult with your administrator."
)
LOG_IN = PAGE.format(
    title="Log in",
    body="<h1>Log in</h1><form method=post><input name=user><input name=secret type=password></form>",
)
MAINTENANCE = PAGE.format(title="Maintenance", body="<p>Our website is currently under maintenance.")
CALLS = """
    SELECT o.title, o.status, o.deadline_date, o.organisation, o.amount_max, s.identity, s.stated,
        s.no_longer_listed_at
    FROM opportunity o JOIN opportunity_source s ON s.opportunity_id = o.id ORDER BY s.identity
"""
WAITS = """
    SELECT extract(epoch FROM next_attempt_at - now()) FROM scrape_job
    WHERE status = 'pending' AND next_attempt_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What befalls a website, and what a person reads of it."""

    befall: Callable[[CallsWebsite], object]
    state: str
    why: str
    what_to_do: str


def answering(body: str) -> Callable[[CallsWebsite], object]:
    """Show something else in the listing's place, as if nothing were wrong."""

    def befall(website: CallsWebsite) -> None:
        website.listing_body = body

    return befall


def refusing(status: int, body: str = "<p>No.") -> Callable[[CallsWebsite], object]:
    """Refuse the listing with a status."""

    def befall(website: CallsWebsite) -> None:
        website.listing_status, website.refusal = status, body

    return befall


def rebuild(website: CallsWebsite) -> None:
    """Lay out the pages of calls so that nothing but their titles can be read."""

    def rebuilt(call: Call) -> str:
        return PAGE.format(title=call.title, body=f"<h1>{call.title}</h1><div>{call.amount}</div>")

    website.detail = rebuilt  # type: ignore[method-assign]


def keep(number: int) -> Callable[[CallsWebsite], object]:
    """List so many calls only."""

    def befall(website: CallsWebsite) -> None:
        website.calls = website.calls[:number]

    return befall


def refuse_details(website: CallsWebsite) -> None:
    """Ask for a person before each page of a call."""
    website.refusal = CAPTCHA
    for call in website.calls:
        call.status = 403


A_CAPTCHA = (
    "asks whether a person is reading (a captcha) instead of showing its page. The last good values stay."
)
SEE_WHAT_IT_ASKS = "Open the website in a browser to see what it asks; scrape it less often"
TROUBLES = {
    "a changed layout": Trouble(
        rebuild,
        "red",
        "values of 40 known calls could not be read any more. The last good values stay.",
        "See what is read with `hoistscraper inspect URL`",
    ),
    "a captcha": Trouble(answering(CAPTCHA), "red", A_CAPTCHA, SEE_WHAT_IT_ASKS),
    "a captcha, forbidden": Trouble(refusing(403, CAPTCHA), "red", A_CAPTCHA, SEE_WHAT_IT_ASKS),
    "a captcha, too many requests": Trouble(refusing(429, CAPTCHA), "red", A_CAPTCHA, SEE_WHAT_IT_ASKS),
    "a captcha, unavailable": Trouble(refusing(503, CAPTCHA), "red", A_CAPTCHA, SEE_WHAT_IT_ASKS),
    "captchas before the pages of calls": Trouble(
        refuse_details,
        "red",
        f"Most pages behind the calls are not shown. The website {A_CAPTCHA}",
        SEE_WHAT_IT_ASKS,
    ),
    "access denied": Trouble(answering(DENIED), "red", "answered that access is denied", SEE_WHAT_IT_ASKS),
    "access denied, unavailable": Trouble(
        refusing(503, DENIED), "red", "answered that access is denied", SEE_WHAT_IT_ASKS
    ),
    "access denied, forbidden": Trouble(
        refusing(403, DENIED), "red", "does not let us read", "Open the website in a browser"
    ),
    "request rejected": Trouble(
        answering(REJECTED), "red", "answered that access is denied", SEE_WHAT_IT_ASKS
    ),
    "a log-in in the listing's place": Trouble(
        answering(LOG_IN), "red", "shows its log-in instead of the page: we are logged out", "credential test"
    ),
    "an empty listing": Trouble(
        keep(0),
        "red",
        "No call was found where about 40 are usual. The last good values stay.",
        "if its calls moved, add their new address",
    ),
    "a listing cut in half": Trouble(
        keep(20),
        "amber",
        "20 of 40 calls that are still open are not listed any more, all at once",
        "Nothing was marked as no longer listed. If it stays like this for three days, it is taken as it is",
    ),
    "too many requests": Trouble(
        refusing(429),
        "amber",
        "asks us to slow down",
        "Raise HOIST_PACE_SECONDS, or scrape this website less",
    ),
    "maintenance, unavailable": Trouble(
        refusing(503, MAINTENANCE), "amber", "is under maintenance", "Nothing has to be done unless it lasts."
    ),
    "a fault of the server": Trouble(
        refusing(500), "amber", "a fault of its own, status 500", "Nothing has to be done yet"
    ),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_is_told_loses_nothing_and_is_forgotten_when_it_is_over(
    run: Run, database_url: str, name: str
) -> None:
    trouble, website = TROUBLES[name], CallsWebsite(some_calls(40), page_size=40)
    well = website.calls, website.detail
    with in_thread(website.site()) as site:
        scrape(run, site.url())
        before = kept(database_url)
        trouble.befall(website)
        scrape(run, site.url())
        told = health(run)
        assert (told["health"], kept(database_url)) == (trouble.state, before)
        assert trouble.why in str(told["reason"])
        assert trouble.what_to_do in str(told["advice"])
        website.calls, website.detail = well  # type: ignore[method-assign]
        website.listing_body, website.listing_status = None, 200
        for call in website.calls:
            call.status = 200
        scrape(run, site.url())
        assert said(health(run)) == ("green", None, None)
    assert kept(database_url) == before


def test_a_website_that_is_down_for_three_visits_is_amber_then_red_and_green_again(
    run: Run, database_url: str
) -> None:
    website = CallsWebsite(some_calls(40), page_size=40)
    with in_thread(website.site()) as site:
        scrape(run, site.url())
        before = kept(database_url)
        website.listing_status = 503
        states = []
        for _ in range(3):
            scrape(run, site.url())
            states.append(health(run)["health"])
        assert states == ["amber", "amber", "red"]
        _, why, what_to_do = said(health(run))
        assert "status 503); try later. It failed 3 times in a row. The last good values stay." in str(why)
        assert what_to_do == "Open the website in a browser; if it has moved, add its new address."
        assert kept(database_url) == before
        website.listing_status = 200
        scrape(run, site.url())
        assert said(health(run)) == ("green", None, None)
    assert kept(database_url) == before


def test_a_session_that_ends_in_the_middle_and_cannot_be_renewed_is_told(
    run: Run, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIST_DATA_DIR", str(tmp_path / "data"))
    secrets = tmp_path / "secrets"
    secrets.write_text(f"{USER}\n{PASSWORD}")
    members = Members()
    with in_thread(FormSite(CallsWebsite(some_calls(40), page_size=40), members)) as site:
        run("website", "add", site.url())
        given = run(
            "credential", "set", site.url(), "--kind", "form",
            "--log-in-url", site.url("/login"), "--from-file", str(secrets),
        )  # fmt: skip
        assert given.code == 0, given.err
        scrape(run, site.url())
        before = kept(database_url)
        assert len(before) == 40
        members.requests_a_session = 2
        scrape(run, site.url())
        told = health(run)
        assert (told["health"], kept(database_url)) == ("red", before)
        assert "logged us out 10 times in one visit" in str(told["reason"])
        assert "Renew the log-in: `hoistscraper credential set URL`" in str(told["advice"])
        members.requests_a_session = 1_000_000
        scrape(run, site.url())
        assert said(health(run)) == ("green", None, None)
    assert kept(database_url) == before


def test_a_worker_tells_a_captcha_and_comes_back_when_the_website_says(database_url: str) -> None:
    website = CallsWebsite(some_calls(5))
    place = {"DATABASE_URL": database_url}
    with in_thread(website.site()) as site, worker_process(place):
        queued(place, site.url())
        before = kept(database_url)
        refusing(503, CAPTCHA)(website)
        website.retry_after = "3600"
        queued(place, site.url())
        [told] = json.loads(command(place, "website", "health", "--json").stdout)
        assert (told["health"], kept(database_url)) == ("red", before)
        assert A_CAPTCHA in told["reason"]
        asked = len(website.asked)
        command(place, "scrape", "--queue", site.url())
        while not (waits := rows(database_url, WAITS)):
            time.sleep(0.05)
        assert waits[0][0] > 3_000
        assert len(website.asked) == asked, "asked again within the hour that it wanted to be left alone"
    assert len(before) == 5


def queued(place: dict[str, str], url: str) -> None:
    """Have a worker scrape a website, and wait for the end."""
    printed = command(place, "scrape", "--queue", url)
    job = printed.stdout.split("job ", 1)[1].split()[0]
    command(place, "job", "follow", job)


def scrape(run: Run, url: str) -> None:
    """Scrape a website, with every page of a call confirmed anew."""
    run("scrape", url, HOIST_VERIFY_AFTER_HOURS="0", HOIST_RENDER="never")


def health(run: Run) -> dict[str, object]:
    """Return how the only website is doing, which the table says as well."""
    [told] = json.loads(run("website", "health", "--json").out)
    assert told["health"] in run("website", "health").out
    return dict(told)


def said(told: dict[str, object]) -> tuple[object, object, object]:
    """Return state, reason and advice."""
    return told["health"], told["reason"], told["advice"]


def kept(database_url: str) -> list[tuple[object, ...]]:
    """Return what is kept of all calls."""
    return rows(database_url, CALLS)


def rows(database_url: str, query: LiteralString) -> list[tuple[Any, ...]]:
    """Return what the database answers."""
    with psycopg.connect(client_url(parse_url(database_url))) as connection:
        return connection.execute(query).fetchall()
