"""The dashboard, in a real browser."""

import re
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, Request, Route, expect

from tests.webapp.office import window
from tests.webapp.test_everywhere import PAGES, settled

LARGEST_BYTES = 300_000


async def test_figures_lead_to_what_they_count(page: Page) -> None:
    await page.goto("/dashboard/")
    await page.get_by_role("link", name=re.compile(r"New in 7 days\s*60")).click()
    await expect(page).to_have_url(re.compile(r"/\?posted_within_days=7&sort=newest$"))
    await expect(page.get_by_text("60 opportunities")).to_be_visible()


async def test_the_system_says_how_it_is(page: Page) -> None:
    await page.goto("/dashboard/")
    system = page.get_by_role("region", name="System")
    await expect(system).to_contain_text("Answers")
    await expect(system).to_contain_text("1 at work")
    await expect(system).to_contain_text("0 waiting, 0 running")


async def test_charts_load_when_somebody_gets_there_and_are_tables_too(browser: Browser, origin: str) -> None:
    asked: list[str] = []
    async with window(browser, origin, viewport={"width": 390, "height": 600}) as page:
        page.on("request", lambda request: asked.append(request.url))
        await page.goto("/dashboard/")
        await expect(page.get_by_role("region", name="New this week").get_by_role("listitem")).to_have_count(
            10
        )
        assert not [url for url in asked if "/facets" in url]
        await page.get_by_role("region", name="System").scroll_into_view_if_needed()
        await page.mouse.wheel(0, 5_000)
        weeks = page.get_by_role("region", name="New opportunities per week")
        await expect(weeks.get_by_role("img")).to_have_accessible_name(re.compile("The most: Week of .*, 60"))
        await weeks.get_by_role("button", name=re.compile("^Show as a table")).click()
        await expect(weeks.get_by_role("row").last).to_contain_text("60")
        await expect(page.get_by_role("region", name="Opportunities by source")).to_contain_text("45")


async def test_what_fails_says_so_and_recovers_while_the_rest_goes_on(page: Page) -> None:
    failing = True

    async def answer(route: Route) -> None:
        if failing:
            problem = '{"detail": "Broken."}'
            await route.fulfill(status=500, content_type="application/problem+json", body=problem)
        else:
            await route.continue_()

    await page.route("**/api/stats?*", answer)
    await page.goto("/dashboard/")
    await expect(page.get_by_role("alert").filter(has_text="Broken.")).to_be_visible()
    await expect(page.get_by_role("region", name="New this week").get_by_role("listitem")).to_have_count(10)
    failing = False
    await expect(page.get_by_role("link", name=re.compile("Open calls"))).to_be_visible()
    await expect(page.get_by_text("Broken.")).to_have_count(0)


async def test_no_page_asks_for_much_at_once(page: Page) -> None:
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", keep)
    sizes: dict[str, int] = {}
    for path in PAGES:
        await settled(page, path)
        await page.mouse.wheel(0, 5_000)
        # Not until the network is idle: a stream of what happens never ends.
        await page.wait_for_timeout(1_000)
        # What they hold is gone with their page.
        for request in requests:
            answer = await request.response()
            if answer and "/api/" in answer.url and not urlsplit(answer.url).path.endswith("/events"):
                sizes[answer.url] = len(await answer.body())
        requests.clear()
    assert len(sizes) > 10
    assert {url: size for url, size in sizes.items() if size > LARGEST_BYTES} == {}
