"""What one keeps for oneself in a real browser: stars, what is ignored, views; proof in the kept page."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.async_api import Browser, Error, Locator, Page, Route, expect

from tests.webapp.conftest import serving, violations


@pytest.fixture(scope="module")
def origin(server: str, template: str) -> Iterator[str]:
    """A HoistScraper of our own, for these tests leave marks behind."""
    with serving(server, template, is_scraped=True) as served:
        yield served.origin


def rows(page: Page) -> Locator:
    return page.locator("[data-row]")


async def test_the_keyboard_stars_ignores_and_takes_back(page: Page) -> None:
    await page.goto("/?q=roof")
    await expect(rows(page).first).to_be_visible()
    count = await rows(page).count()
    first = await rows(page).first.inner_text()
    assert count > 1
    await page.keyboard.press("j")
    await page.keyboard.press("s")
    star = page.get_by_role("button", name=f"Star for later: {first}")
    await expect(star).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text(f"Starred: {first}").first).to_be_visible()
    await page.keyboard.press("i")
    await expect(rows(page)).to_have_count(count - 1)
    await expect(page.get_by_text("1 ignored is hidden.")).to_be_visible()
    # The focus went on to the next one.
    await expect(rows(page).first).to_be_focused()
    await page.keyboard.press("u")
    await expect(rows(page)).to_have_count(count)
    await expect(star).to_have_attribute("aria-pressed", "true")

    await page.get_by_role("button", name=f"Ignore: {first}").click()
    await expect(rows(page)).to_have_count(count - 1)
    await page.reload()
    await expect(page.get_by_text("1 ignored is hidden.")).to_be_visible()
    await expect(rows(page)).to_have_count(count - 1)
    await page.get_by_role("button", name="Show ignored").click()
    await expect(page).to_have_url(re.compile("ignored=shown"))
    await expect(rows(page)).to_have_count(count)
    await page.get_by_role("button", name=f"Ignore: {first}").click()
    await expect(page.get_by_text("No mark any more").first).to_be_visible()
    await expect(page.get_by_text("is shown.")).to_have_count(0)


async def test_a_mark_shows_that_is_made_before_it_is_known_what_is_marked(page: Page) -> None:
    async def slow(route: Route) -> None:
        await asyncio.sleep(2)
        # Who asked may have given up by now.
        with suppress(Error):
            await route.continue_()

    await page.route("**/api/triage?*", slow)
    await page.goto("/?q=quay")
    await expect(rows(page).first).to_be_visible()
    first = await rows(page).first.inner_text()
    await page.keyboard.press("j")
    await page.keyboard.press("s")
    star = page.get_by_role("button", name=f"Star for later: {first}")
    await expect(star).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("u")
    await expect(star).to_have_attribute("aria-pressed", "false")


async def test_a_list_that_comes_before_a_mark_is_kept_shows_it_all_the_same(page: Page) -> None:
    kept = asyncio.Event()

    async def slow(route: Route) -> None:
        if route.request.method == "PUT":
            await kept.wait()
        await route.continue_()

    await page.route("**/api/triage/*", slow)
    await page.goto("/?q=roof")
    await expect(rows(page).first).to_be_visible()
    first = await rows(page).first.inner_text()
    star = page.get_by_role("button", name=f"Star for later: {first}")
    await star.click()
    await expect(star).to_have_attribute("aria-pressed", "true")
    # Another list with the same call in it asks what is marked while nothing is kept yet.
    async with page.expect_response(lambda answer: "/api/triage?" in answer.url):
        await page.get_by_label("Search opportunities").fill(first)
        await page.keyboard.press("Enter")
    kept.set()
    await expect(star).to_have_attribute("aria-pressed", "true")
    await star.click()
    await expect(star).to_have_attribute("aria-pressed", "false")


async def test_the_same_keys_mark_on_the_page_of_one(page: Page) -> None:
    await page.goto("/?q=quay+lighting")
    await rows(page).first.click()
    title = "Replacement of Quay Lighting, Berths 4 to 9"
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)
    star = page.get_by_role("button", name=f"Star for later: {title}")
    ignore = page.get_by_role("button", name=f"Ignore: {title}")
    await expect(star).to_have_attribute("aria-pressed", "false")
    await page.keyboard.press("s")
    await expect(star).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("i")
    await expect(ignore).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text("Ignored", exact=True)).to_be_visible()
    await page.keyboard.press("u")
    await expect(star).to_have_attribute("aria-pressed", "true")
    await page.reload()
    await expect(star).to_have_attribute("aria-pressed", "true")
    await star.click()
    await expect(star).to_have_attribute("aria-pressed", "false")
    await page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    await expect(keys.locator("kbd")).to_have_text(["/", "s", "i", "u", "?"])
    # While it is open, keys mark nothing.
    await page.keyboard.press("s")
    await page.keyboard.press("Escape")
    await expect(keys).to_have_count(0)
    await expect(star).to_have_attribute("aria-pressed", "false")


async def test_what_is_starred_is_a_list_of_its_own(page: Page) -> None:
    await page.goto("/")
    await expect(rows(page)).to_have_count(30)
    second = await rows(page).nth(1).inner_text()
    await page.get_by_role("button", name=f"Star for later: {second}").click()
    await page.get_by_role("link", name="Starred").click()
    await expect(page.get_by_role("heading", name="Marked opportunities")).to_be_visible()
    await expect(rows(page)).to_have_text([second])
    here = page.get_by_role("navigation").locator("[aria-current=page]")
    await expect(here).to_have_text("Opportunities")
    await page.get_by_role("button", name=f"Star for later: {second}").click()
    await expect(page.get_by_role("heading", name="Nothing is starred")).to_be_visible()
    await page.get_by_role("button", name="Undo").first.click()
    await expect(rows(page)).to_have_text([second])
    await page.get_by_label("Which marks").select_option("ignored")
    await expect(page.get_by_role("heading", name="Nothing is ignored")).to_be_visible()
    await page.go_back()
    await rows(page).first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(second)


async def test_a_mark_that_the_server_does_not_take_is_taken_back(page: Page) -> None:
    await page.goto("/?q=roof")
    star = page.get_by_role("button", name=re.compile("Star for later: Library Roof"))
    await expect(star).to_have_attribute("aria-pressed", "false")
    await page.context.set_offline(True)
    await star.click()
    await expect(page.get_by_text("HoistScraper does not answer. What you see may be old")).to_be_visible()
    await expect(star).to_have_attribute("aria-pressed", "false")
    await page.context.set_offline(False)
    # What says so in a corner comes with the server, where it was not needed before.
    await expect(page.get_by_text("HoistScraper does not answer.", exact=True).first).to_be_visible()


async def test_views_are_saved_opened_renamed_and_deleted(page: Page) -> None:
    await page.goto("/?q=library&currency=GBP")
    views = page.locator("summary", has_text="Saved views")
    await views.click()
    await page.get_by_role("button", name="Save this view…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("British libraries")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Saved: British libraries").first).to_be_visible()
    await expect(page.locator("summary", has_text="British libraries")).to_be_visible()

    # It is there in another browser, too.
    await page.goto("/")
    await views.click()
    await page.get_by_role("button", name="British libraries").click()
    await expect(page).to_have_url(re.compile(r"/\?q=library&currency=GBP$"))
    await expect(page.get_by_label("Search opportunities")).to_have_value("library")

    await page.locator("summary", has_text="British libraries").click()
    await page.get_by_role("button", name="Rename or delete…").click()
    name = dialog.get_by_label("Name of British libraries")
    await name.fill("Libraries")
    await dialog.get_by_role("button", name="Rename").click()
    await dialog.get_by_role("button", name="Delete Libraries").click()
    await expect(dialog.get_by_text("No view is saved.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(views).to_be_visible()


async def test_a_value_is_shown_in_the_page_that_it_was_read_from(page: Page) -> None:
    await page.goto("/?q=quay+lighting")
    await rows(page).first.click()
    await page.get_by_role("button", name="Proof: Deadline").click()
    await page.get_by_role("button", name="Show in the saved page").click()
    dialog = page.get_by_role("dialog", name="The page as it was saved")
    text = dialog.get_by_role("region", name="Text of the page")
    await expect(text.locator("mark")).to_have_text(re.compile(r"9 Feb \d{4} 14:00 CET"))
    await expect(text.locator("mark")).to_be_in_viewport()
    await expect(text).to_contain_text("Replacement of Quay Lighting")


async def test_a_page_that_is_gone_or_has_changed_says_so(page: Page) -> None:
    await page.goto("/?q=quay+lighting")
    await rows(page).first.click()
    await page.get_by_role("button", name="Proof: Deadline").click()
    told = {"is_kept": True, "marks": []}

    async def other(route: object) -> None:
        answer = await route.fetch()  # type: ignore[attr-defined]
        await route.fulfill(json=await answer.json() | told)  # type: ignore[attr-defined]

    await page.route("**/saved-page?*", other)
    show = page.get_by_role("button", name="Show in the saved page")
    await show.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("status")).to_contain_text("The page has changed since")
    await expect(dialog.locator("mark")).to_have_count(0)
    told |= {"is_kept": False, "blocks": []}
    await page.reload()
    await page.get_by_role("button", name="Proof: Deadline").click()
    await show.click()
    await expect(dialog.get_by_role("status")).to_contain_text("The page is not kept any more")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing(browser: Browser, origin: str, axe: str, theme: str) -> None:
    for width in (390, 1366):
        context = await browser.new_context(
            base_url=origin, viewport={"width": width, "height": 900}, locale="en-GB"
        )
        page = await context.new_page()
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        await page.request.post("/api/saved-views", data={"name": f"{theme} {width}", "query": "q=roof"})

        async def look(what: str, page: Page = page, width: int = width) -> None:
            await expect(page.get_by_text("Loading…")).to_have_count(0)
            assert not await violations(page, axe), (what, width)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, what

        await page.goto("/?ignored=shown")
        await page.get_by_role("button", name=re.compile("^Ignore: ")).nth(2).click()
        await expect(page.get_by_role("button", name="Undo")).to_be_visible()
        await look("marks")
        await page.get_by_role("button", name=re.compile("^Ignore: "), pressed=True).click()
        await page.locator("summary", has_text="Saved views").click()
        await look("menu")
        await page.get_by_role("button", name="Rename or delete…").click()
        await expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
        await look("views")
        for path in ("/marked/", "/marked/?state=ignored"):
            await page.goto(path)
            await expect(page.get_by_role("heading", level=1)).to_have_count(1)
            await look(path)
        await page.goto("/?q=quay+lighting")
        await rows(page).first.click()
        await page.get_by_role("button", name="Proof: Deadline").click()
        await page.get_by_role("button", name="Show in the saved page").click()
        await expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
        await look("saved page")
        await context.close()


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
async def test_no_name_of_a_room_is_cut_off(browser: Browser, origin: str, locale: str) -> None:
    for width in (768, 1024, 1280, 1366):
        context = await browser.new_context(
            base_url=origin, viewport={"width": width, "height": 900}, locale=locale
        )
        page = await context.new_page()
        await page.goto("/")
        names = page.get_by_role("navigation").first.get_by_role("link")
        await expect(names).to_have_count(5)
        cut = await names.evaluate_all(
            "links => links.map(link => link.querySelector('span'))"
            ".filter(name => name.scrollWidth > name.clientWidth).map(name => name.textContent)"
        )
        assert cut == [], width
        await context.close()
