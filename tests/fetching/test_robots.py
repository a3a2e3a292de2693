from datetime import UTC, datetime, timedelta

import pytest
from yarl import URL

from hoistscraper.fetching.errors import AddressRefused, RobotsForbidden, RobotsUnavailable, TimedOut
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.robots import Robots, RobotsRules, RobotsText, product_of
from tests.fetching.conftest import fetcher_for, settings_for
from tests.sites import Route, Site
from tests.sites.answers import body, failing, page, redirect, silent
from tests.sites.routes import (
    FAULTY,
    FORBIDDING,
    FORBIDDING_US,
    LOCKED,
    MOVED,
    VERY_SLOW,
    with_robots,
)

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
DISALLOW_ALL = "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("robots", [FORBIDDING, MOVED])
async def test_a_forbidden_part_is_not_asked_for(robots: Route) -> None:
    async with Site(with_robots(robots)) as site, fetcher_for(site) as fetcher:
        with pytest.raises(RobotsForbidden, match=r"robots\.txt"):
            await fetcher.fetch(site.url("/forbidden-by-robots"))
        assert (await fetcher.fetch(site.url("/"))).status == 200
        assert site.visits("/forbidden-by-robots") == 0
        assert site.visits("/robots.txt") == 1


async def test_a_redirect_into_a_forbidden_part_is_not_followed() -> None:
    routes = with_robots(FORBIDDING) | {"/in": Route("leads in", redirect("/forbidden-by-robots"))}
    async with Site(routes) as site, fetcher_for(site) as fetcher:
        with pytest.raises(RobotsForbidden):
            await fetcher.fetch(site.url("/in"))
        assert site.visits("/forbidden-by-robots") == 0


async def test_rules_for_us_by_name_are_kept() -> None:
    async with Site(with_robots(FORBIDDING_US)) as site, fetcher_for(site) as fetcher:
        with pytest.raises(RobotsForbidden):
            await fetcher.fetch(site.url())


async def test_robots_can_be_disregarded_by_a_setting() -> None:
    async with Site(with_robots(FORBIDDING_US)) as site, fetcher_for(site, respect_robots=False) as fetcher:
        assert (await fetcher.fetch(site.url())).status == 200
        assert site.visits("/robots.txt") == 0


async def test_a_robots_txt_with_a_fault_forbids_everything_for_now() -> None:
    async with Site(with_robots(FAULTY)) as site, fetcher_for(site) as fetcher:
        for _ in range(2):
            with pytest.raises(RobotsUnavailable, match="status 503"):
                await fetcher.fetch(site.url())
        assert site.visits("/robots.txt") == 4
        assert site.visits("/") == 0


async def test_a_robots_txt_whose_fault_passes_is_asked_for_again() -> None:
    recovering = Route("recovers", failing(2, body("", status=500), body("", status=404)))
    async with Site(with_robots(recovering)) as site, fetcher_for(site) as fetcher:
        assert (await fetcher.fetch(site.url())).status == 200


@pytest.mark.parametrize(
    "robots",
    [
        LOCKED,
        Route("a loop", redirect("/robots.txt")),
        Route("a picture", body(b"\x89PNG", kind="image/png")),
    ],
)
async def test_a_robots_txt_that_is_not_to_be_had_forbids_nothing(robots: Route) -> None:
    async with Site(with_robots(robots)) as site, fetcher_for(site) as fetcher:
        assert (await fetcher.fetch(site.url("/forbidden-by-robots"))).status == 200


async def test_a_page_in_place_of_a_robots_txt_forbids_nothing() -> None:
    async with (
        Site(with_robots(Route("a page", body(page("Not found"))))) as site,
        fetcher_for(site) as fetcher,
    ):
        assert (await fetcher.fetch(site.url())).status == 200


async def test_only_the_first_half_megabyte_counts() -> None:
    long = DISALLOW_ALL + "# padding\n" * 100_000
    robots = Route("long", body(long, kind="text/plain"))
    async with Site(with_robots(robots)) as site, fetcher_for(site) as fetcher:
        with pytest.raises(RobotsForbidden):
            await fetcher.fetch(site.url())
        (kept,) = fetcher.robots_texts.values()
        assert len(kept.text) == 500 * 1024


async def test_a_robots_txt_in_a_private_network_is_not_read() -> None:
    inward = Route("inward", redirect("http://127.0.0.2/robots.txt"))
    async with Site(with_robots(inward)) as site, fetcher_for(site) as fetcher:
        with pytest.raises(AddressRefused):
            await fetcher.fetch(site.url())


async def test_a_website_that_hangs_is_waited_for_once() -> None:
    hanging = Route("hangs", silent)
    async with Site(with_robots(hanging)) as site, fetcher_for(site, timeout_seconds=0.1) as fetcher:
        with pytest.raises(TimedOut):
            await fetcher.fetch(site.url())
        asked = len(site.requests)
        with pytest.raises(RobotsUnavailable, match="in time"):
            await fetcher.fetch(site.url())
        assert len(site.requests) == asked


async def test_an_excessive_crawl_delay_is_capped_with_a_note() -> None:
    async with Site(with_robots(VERY_SLOW)) as site, fetcher_for(site) as fetcher:
        await fetcher.fetch(site.url())
        assert fetcher.notes == ("127.0.0.1 asks for 24 hours between two pages; 60 seconds are kept.",)


async def test_what_was_kept_of_an_earlier_run_is_not_asked_for_again() -> None:
    async with Site(with_robots(FORBIDDING)) as site:
        async with fetcher_for(site) as first:
            await first.fetch(site.url())
            kept = first.robots_texts
        async with Fetcher(settings_for(site), robots=kept) as second:
            await second.fetch(site.url())
            assert second.statistics.requests == 1
        assert list(kept) == [site.url("")]


class _Asked:
    def __init__(self, *answers: RobotsText) -> None:
        self.answers = list(answers)
        self.urls: list[str] = []

    async def __call__(self, url: URL) -> RobotsText:
        self.urls.append(str(url))
        return self.answers.pop(0)


def _robots(asked: _Asked, kept: RobotsText | None = None) -> Robots:
    known = {"https://example.org": kept} if kept else {}
    return Robots("HoistScraper/1", ask=asked, now=lambda: NOW, kept=known)


def _text(text: str, *, status: int = 200, age: timedelta = timedelta()) -> RobotsText:
    return RobotsText("https://example.org/robots.txt", text, status, NOW - age)


async def test_a_text_of_yesterday_is_asked_for_again() -> None:
    asked = _Asked(_text(""))
    robots = _robots(asked, _text(DISALLOW_ALL, age=timedelta(hours=24)))
    (await robots.rules_for(URL("https://example.org/a"))).check(URL("https://example.org/a"))
    assert asked.urls == ["https://example.org/robots.txt"]


async def test_while_a_website_cannot_say_what_it_said_last_holds() -> None:
    asked = _Asked(_text("", status=503))
    robots = _robots(asked, _text("User-agent: *\nDisallow: /a\n", age=timedelta(days=2)))
    for _ in range(2):
        rules = await robots.rules_for(URL("https://example.org/b"))
        rules.check(URL("https://example.org/b"))
        with pytest.raises(RobotsForbidden):
            rules.check(URL("https://example.org/a"))
    assert len(asked.urls) == 1


async def test_each_scheme_and_port_has_its_own_rules() -> None:
    asked = _Asked(_text(""), _text(""), _text(""))
    robots = _robots(asked)
    for url in (
        "https://example.org/",
        "https://EXAMPLE.org:443/x",
        "http://example.org/",
        "https://example.org:8443/",
    ):
        await robots.rules_for(URL(url))
    assert [url.removesuffix("/robots.txt") for url in asked.urls] == [
        "https://example.org",
        "http://example.org",
        "https://example.org:8443",
    ]


def test_the_product_is_the_first_word_of_the_user_agent() -> None:
    assert product_of("HoistScraper/0.1 (+https://example.org)") == "HoistScraper"
    assert product_of("Our Reader") == "Our"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 2\n", 2),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: hoistscraper\nCrawl-delay: 0.5\n", 0.5),
        ("User-agent: *\nCrawl-delay: soon\n", None),
        ("", None),
    ],
)
def test_the_pace_that_a_website_asks_for_is_read(text: str, seconds: float | None) -> None:
    assert RobotsRules(_text(text), "HoistScraper").crawl_delay_seconds == seconds
