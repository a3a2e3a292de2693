"""The morning read of a grant officer, in a real browser."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page, expect

SAMPLE_CALLS = 60


def rows(page: Page) -> Locator:
    return page.locator("[data-row]")


def results(page: Page) -> Locator:
    return page.get_by_role("list", name="Opportunities", exact=True)


async def test_the_start_page_shows_what_was_found_and_how_to_go_on(page: Page) -> None:
    await page.goto("/")
    await expect(page.get_by_text(f"{SAMPLE_CALLS} opportunities")).to_be_visible()
    await expect(page.get_by_text("Add the websites that you want to have watched")).to_be_visible()
    first = results(page).get_by_role("listitem").first
    await expect(first).to_contain_text("Who may apply:")
    await expect(first).to_contain_text(re.compile(r"Closes in \d+ days"))
    await expect(first).to_contain_text("Checked")
    await expect(page).to_have_title("Opportunities · HoistScraper")


async def test_words_narrow_the_list_while_one_types(page: Page) -> None:
    await page.goto("/")
    await expect(rows(page)).to_have_count(30)
    await page.keyboard.press("/")
    await page.keyboard.type("library roof")
    await expect(page).to_have_url(re.compile(r"\?q=library(\+|%20)roof$"))
    await expect(rows(page)).to_have_count(1)
    await expect(page.get_by_text("1 opportunity", exact=True)).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Search opportunities")).to_have_value("library roof")
    await expect(rows(page)).to_have_text(["Library Roof Repairs"])


async def test_a_beginning_is_completed(page: Page) -> None:
    await page.goto("/websites/")
    search = page.get_by_label("Search opportunities")
    await search.press_sequentially("repl")
    suggestion = page.get_by_role("option", name="Replacement of Quay Lighting, Berths 4 to 9")
    await expect(suggestion).to_be_visible()
    await suggestion.click()
    await expect(page).to_have_url(re.compile(r"/\?q=Replacement"))
    await expect(rows(page)).to_have_text(["Replacement of Quay Lighting, Berths 4 to 9"])


async def test_a_word_that_is_not_whole_yet_finds_and_suggests(page: Page) -> None:
    await page.goto("/")
    await page.get_by_label("Search opportunities").press_sequentially("librar roo")
    await expect(rows(page)).to_have_count(0)
    await page.get_by_label("Search opportunities").fill("library roo")
    await expect(rows(page)).to_have_text(["Library Roof Repairs"])
    await expect(page.get_by_role("option", name="Library Roof Repairs")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("q=Library(%20|[+])Roof(%20|[+])Repairs"))
    await expect(page.get_by_role("option", name="Library Roof Repairs")).to_have_count(0)


async def test_the_address_holds_every_filter(page: Page) -> None:
    await page.goto("/")
    filters = page.get_by_role("region", name="Filters")
    await filters.get_by_role("checkbox", name=re.compile("^Open")).check()
    await filters.get_by_role("checkbox", name=re.compile("^GBP")).check()
    await filters.get_by_role("spinbutton", name="At least").fill("100000")
    await filters.get_by_role("combobox", name="Deadline").select_option(label="Closes within 90 days")
    await expect(page).to_have_url(re.compile("amount_min=100000"))
    await expect(page).to_have_url(re.compile("closing_within_days=90"))
    answer = await page.request.get(f"/api/opportunities/count?{urlsplit(page.url).query}")
    count = (await answer.json())["count"]
    assert 0 < count < SAMPLE_CALLS
    for _ in range(2):
        await expect(rows(page)).to_have_count(count)
        await expect(page.get_by_text(f"{count} opportunities")).to_be_visible()
        await page.reload()
    shown = results(page).get_by_role("listitem")
    for text in await shown.all_inner_texts():
        assert "£" in text, text
    await page.get_by_role("button", name="Remove the filter Open").click()
    await expect(page).not_to_have_url(re.compile("status=open"))
    await page.get_by_role("button", name="Clear filters").click()
    await expect(page.get_by_text(f"{SAMPLE_CALLS} opportunities")).to_be_visible()
    await expect(page).to_have_url(re.compile("/$"))


async def test_rows_are_there_before_they_are_counted(page: Page) -> None:
    await page.goto("/?q=grant")
    await expect(page.get_by_role("checkbox", name=re.compile("^Open"))).to_be_visible()
    passed: list[str] = []
    page.on("request", lambda request: passed.append(f"asked {urlsplit(request.url).path}"))
    page.on("requestfinished", lambda request: passed.append(f"answered {urlsplit(request.url).path}"))
    async with page.expect_request_finished(lambda request: "/facets" in request.url):
        await page.get_by_role("checkbox", name=re.compile("^Open")).check()
    found, counted = (
        passed.index("answered /api/opportunities"),
        passed.index("asked /api/opportunities/facets"),
    )
    assert found < counted


async def test_what_passes_no_filter_says_what_to_do(page: Page) -> None:
    await page.goto("/?amount_min=900000000")
    await expect(page.get_by_role("heading", name="Nothing passes these filters")).to_be_visible()
    await page.locator("main").get_by_role("button", name="Clear filters").last.click()
    await expect(rows(page)).to_have_count(30)


async def test_the_list_goes_on_as_one_scrolls(page: Page) -> None:
    await page.goto("/")
    await expect(rows(page)).to_have_count(30)
    await page.mouse.wheel(0, 20_000)
    await expect(rows(page)).to_have_count(SAMPLE_CALLS)


async def test_the_page_that_follows_is_asked_for_once_and_before_it_is_shown(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "cursor=" in request.url else None)
    await page.goto("/")
    await expect(rows(page)).to_have_count(30)
    await page.wait_for_load_state("networkidle")
    assert not asked
    async with page.expect_response(lambda answer: "cursor=" in answer.url):
        await page.evaluate(
            "scrollBy(0, document.querySelector('ul:has([data-row])').getBoundingClientRect().bottom"
            " - innerHeight - 2000)"
        )
    await expect(rows(page)).to_have_count(30)
    await page.keyboard.press("PageDown")
    await expect(rows(page)).to_have_count(SAMPLE_CALLS)
    assert len(asked) == 1


async def test_the_keyboard_is_enough(page: Page) -> None:
    await page.goto("/")
    await expect(rows(page)).to_have_count(30)
    second = await rows(page).nth(1).inner_text()
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await expect(rows(page).nth(1)).to_be_focused()
    await page.keyboard.press("o")
    await expect(page.get_by_role("heading", level=1)).to_have_text(second)
    await page.go_back()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_what_is_shown_is_exported(page: Page, tmp_path: Path) -> None:
    await page.goto("/?status=open&currency=EUR")
    shown = page.get_by_role("status").filter(has_text="opportunit")
    await expect(shown).to_be_visible()
    count = int((await shown.inner_text()).split()[0])
    await page.locator("summary", has_text="Export").click()
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="CSV").click()
    file = tmp_path / "export.csv"
    await (await coming.value).save_as(file)
    with file.open(encoding="utf-8-sig") as text:
        written = list(csv.DictReader(text))
    assert 0 < count < SAMPLE_CALLS
    assert len(written) == count


async def test_every_value_has_its_proof_one_click_away(page: Page) -> None:
    await page.goto("/?q=quay+lighting")
    await rows(page).first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Replacement of Quay Lighting, Berths 4 to 9"
    )
    await expect(page.get_by_text("(Europe/Brussels, as the page states)")).to_be_visible()
    await expect(page.get_by_text("On your clock:")).to_contain_text("(Europe/Berlin)")
    await page.get_by_role("button", name="Proof: Deadline").click()
    await expect(page.locator("mark")).to_have_text(re.compile(r"9 Feb \d{4} 14:00 CET"))
    await expect(page.get_by_text(re.compile(r"\d+% sure"))).to_be_visible()
    shown = page.get_by_role("link", name=re.compile("Show it on the page"))
    await expect(shown).to_have_attribute("href", re.compile("#:~:text=9%20Feb"))
    original = page.get_by_role("link", name=re.compile("Open the original"))
    await expect(original).to_have_attribute(
        "href", re.compile("/replacement-of-quay-lighting-berths-4-to-9/$")
    )


async def test_a_call_is_checked_when_one_asks_for_it(page: Page) -> None:
    await page.goto("/?q=quay+lighting")
    await rows(page).first.click()
    await page.get_by_role("button", name="Check now").click()
    await expect(page.get_by_text("The website was visited")).to_be_visible(timeout=60_000)
    await expect(page.get_by_role("button", name="Check now")).to_be_enabled()


async def test_an_opportunity_that_is_not_there_says_so(page: Page) -> None:
    for identity in ("?id=0198c5f4-2b13-7c8d-8f21-6d0a8e4c3f51", "?id=rubbish", ""):
        await page.goto(f"/opportunity/{identity}")
        await expect(page.get_by_role("heading", name="There is no such opportunity")).to_be_visible()
