"""What holds on every page: access for all, both themes and languages, nothing from elsewhere, recovery."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.webapp.conftest import listen_to, violations

PAGES = [
    "/",
    "/?amount_min=900000000",
    "/opportunity/",
    "/marked/",
    "/websites/",
    "/jobs/",
    "/dashboard/",
    "/settings/",
    "/settings/switches/",
    "/settings/users/",
    "/settings/tokens/",
    "/settings/sessions/",
    "/settings/audit/",
    "/settings/about/",
    "/profile/",
    "/set-up/",
    "/sign-in/",
    "/invitation/#token=whatever",
    "/new-password/#token=whatever",
    "/forgotten-password/",
    "/no/",
]


async def settled(page: Page, path: str) -> None:
    """Open a page and wait until it has what it shows."""
    await page.goto("/opportunity/?id=" + await first_id(page) if path == "/opportunity/" else path)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await expect(page.get_by_text("Loading…")).to_have_count(0)


async def first_id(page: Page) -> str:
    return await id_of(page, "opportunities", "&q=quay")


async def id_of(page: Page, resource: str, narrowed: str = "") -> str:
    answer = await page.request.get(f"/api/{resource}?limit=1{narrowed}")
    found: dict[str, Any] = await answer.json()
    return str(found["items"][0]["id"])


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing(browser: Browser, origin: str, axe: str, theme: str) -> None:
    for width in (390, 1366):
        context = await browser.new_context(
            base_url=origin, viewport={"width": width, "height": 900}, locale="en-GB"
        )
        page = await context.new_page()
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for path in PAGES:
            await settled(page, path)
            await expect(page.locator("html")).to_have_attribute("data-theme", theme)
            proofs = page.get_by_role("button", expanded=False, name=re.compile("^Proof"))
            while await proofs.count():
                await proofs.first.click()
            assert await violations(page, axe) == [], (path, width)
        await context.close()


async def test_no_page_complains_or_asks_another_host(page: Page, origin: str) -> None:
    heard = listen_to(page)
    for path in PAGES:
        await settled(page, path)
    assert heard.hosts == {urlsplit(origin).netloc}
    # The last of them is not there, which the browser says, too.
    assert [text for text in heard.complaints if "status of 404" not in text] == []
    assert len(heard.complaints) == 1


_MOVED = """window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });"""
_MOST_MOVED = 0.1
"""The cumulative layout shift that a page may have, without unit."""


async def test_nothing_moves_while_a_page_loads(page: Page) -> None:
    await page.add_init_script(_MOVED)
    moved: dict[str, float] = {}
    for path in PAGES:
        await settled(page, path)
        moved[path] = await page.evaluate("window.moved")
    assert {path: shift for path, shift in moved.items() if shift > _MOST_MOVED} == {}


async def test_what_a_page_asks_for_before_its_scripts_is_what_they_need(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    website = await id_of(page, "websites")
    job = await id_of(page, "scrape-jobs")
    for path in (*PAGES, f"/website/?id={website}", f"/job/?id={job}"):
        asked.clear()
        await settled(page, path)
        await until_all_is_taken(page, path)
        assert sorted(asked) == sorted(set(asked)), path


async def until_all_is_taken(page: Page, path: str) -> None:
    """Wait until the scripts of a page took all that it had asked for."""
    for _ in range(300):
        left = await page.evaluate("Object.keys(window.hoistEarly)")
        if not left:
            return
        await page.wait_for_timeout(100)
    raise AssertionError(f"{path}: {left}")


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (390, 1), (768, 1), (1920, 1), (640, 2)])
async def test_nothing_is_wider_than_the_screen(browser: Browser, origin: str, width: int, zoom: int) -> None:
    context = await browser.new_context(
        base_url=origin, viewport={"width": width, "height": 800}, device_scale_factor=zoom
    )
    page = await context.new_page()
    for path in PAGES:
        await settled(page, path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
    await context.close()


_FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const isBeside = box.right > 0 && box.left < innerWidth;
  const isNew = element !== window.focusedBefore;
  window.focusedBefore = element;
  return {
    isNew,
    isShown: isBeside && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none",
    html: element.outerHTML.slice(0, 120),
  };
}"""


async def test_keys_alone_lead_through_a_page_and_show_where_one_is(page: Page) -> None:
    for path in ("/", "/opportunity/", "/websites/", "/jobs/", "/dashboard/", "/settings/", "/profile/"):
        await settled(page, path)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_be_focused()
        walked = 0
        for _ in range(12):
            await page.keyboard.press("Tab")
            focused: dict[str, Any] = await page.evaluate(_FOCUSED)
            if focused["html"].startswith("<body"):
                break
            assert focused["isNew"], (path, focused)
            assert focused["isShown"], (path, focused)
            assert focused["isMarked"], (path, focused)
            walked += 1
        assert walked > 2, path


async def test_a_theme_is_remembered_and_there_before_anything_is_painted(page: Page) -> None:
    await page.emulate_media(color_scheme="light")
    await page.goto("/")
    switch = page.get_by_role("button", name=re.compile("^Theme"))
    await switch.click()
    await switch.click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.route("**/*.js", lambda route: route.abort())
    await page.goto("/websites/", wait_until="commit")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_a_language_is_remembered(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("combobox", name="Language").select_option(label="Français")
    await expect(page.get_by_role("link", name="Tableau de bord")).to_be_visible()
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    await expect(page.get_by_text("60 opportunités")).to_be_visible()


async def test_a_browser_that_speaks_french_is_answered_in_french(browser: Browser, origin: str) -> None:
    context = await browser.new_context(base_url=origin, locale="fr-CA")
    page = await context.new_page()
    await page.goto("/")
    await expect(page.get_by_text("60 opportunités")).to_be_visible()
    await context.close()


async def test_a_server_that_is_away_is_told_of_and_loses_no_input(page: Page) -> None:
    await page.goto("/")
    await expect(page.get_by_text("60 opportunities")).to_be_visible()
    await page.context.set_offline(True)
    search = page.get_by_label("Search opportunities")
    await search.press_sequentially("library roof")
    await expect(page.get_by_text("HoistScraper does not answer. What you see may be old")).to_be_visible()
    await expect(search).to_have_value("library roof")
    await page.context.set_offline(False)
    await expect(page.locator("[data-row]")).to_have_text(["Library Roof Repairs"])
    await expect(page.get_by_text("What you see may be old")).to_have_count(0)


async def test_a_page_recovers_from_errors_by_itself(page: Page) -> None:
    failing = True

    async def answer(route: Route) -> None:
        if failing:
            await route.fulfill(
                status=500, content_type="application/problem+json", body='{"detail": "Broken."}'
            )
        else:
            await route.continue_()

    await page.route("**/api/opportunities?*", answer)
    await page.goto("/")
    await expect(page.get_by_role("alert").filter(has_text="Broken.")).to_be_visible()
    failing = False
    await expect(page.locator("[data-row]")).to_have_count(30)
    await expect(page.get_by_text("Broken.")).to_have_count(0)


async def test_a_server_that_is_slow_is_told_of(page: Page) -> None:
    is_told = asyncio.Event()

    async def late(route: Route) -> None:
        await is_told.wait()
        await route.continue_()

    await page.route("**/api/opportunities?*", late)
    await page.goto("/")
    await expect(page.get_by_text("HoistScraper takes long to answer")).to_be_visible()
    is_told.set()
    await expect(page.locator("[data-row]")).to_have_count(30)
    await expect(page.get_by_text("HoistScraper takes long to answer")).to_have_count(0)
