"""Websites and jobs in a real browser: added, imported, changed, followed, stopped, removed."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Request, Route, expect

from tests.webapp.conftest import listen_to, serving, violations
from tests.webapp.watching import (
    GOOD_ROWS,
    list_of_244,
    remove,
    row_of,
    slow_website,
    until_status,
    watch,
)

MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def place() -> str:
    """Host and port where tests may serve a website."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture(scope="module")
def origin(server: str, template: str, place: str) -> Iterator[str]:
    """A HoistScraper of our own, for these tests leave other things behind than they found."""
    with serving(server, template, place, is_scraped=True) as served:
        yield served.origin


async def portal_of(page: Page) -> tuple[str, str]:
    """Return the id and the address of the sample portal."""
    answer = await page.request.get("/api/websites?q=calls&sort=newest&limit=200")
    websites = (await answer.json())["items"]
    [found] = [each for each in websites if each["url"].endswith("/calls/") and each["health"]]
    return found["id"], found["url"]


async def test_what_an_address_gives_is_shown_before_it_is_watched(page: Page) -> None:
    heard = listen_to(page)
    _, portal = await portal_of(page)
    await page.goto("/websites/")
    await page.get_by_role("button", name="Add a website").click()
    dialog = page.get_by_role("dialog", name="Add a website")
    address = dialog.get_by_role("textbox", name="Address")
    await expect(address).to_be_focused()

    await address.fill("ftp://example.org/")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("only http: and https: addresses")
    await expect(address).to_have_value("ftp://example.org/")

    await address.fill(f"{portal}?page=2")
    await page.keyboard.press("Enter")
    calls = dialog.get_by_role("list", name="What would be read").get_by_role("listitem")
    await expect(calls).to_have_count(10, timeout=30_000)
    await expect(dialog.get_by_text("A list of calls.")).to_be_visible()
    await expect(calls.first).to_contain_text(
        re.compile(r"Deadline \d{1,2} \w{3} \d{4} \d\d:\d\d Europe/London")
    )

    # What was typed is still there after a slip of the Escape key.
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Add a website").click()
    await expect(calls).to_have_count(10)
    await dialog.get_by_role("textbox", name="Name").fill("Second page")
    await dialog.get_by_role("textbox", name="When it is visited").fill("whenever")
    await dialog.get_by_role("button", name="Watch it").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("no schedule that can be understood")
    await expect(dialog.get_by_role("textbox", name="Name")).to_have_value("Second page")
    await dialog.get_by_role("button", name="Every 6 hours").click()
    await dialog.get_by_role("button", name="Watch it").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Second page")
    visits = page.get_by_role("list", name="Last visits")
    await expect(visits.get_by_text("Completed")).to_be_visible(timeout=60_000)
    await expect(page.get_by_text("Learned from 1 good visit.")).to_be_visible(timeout=30_000)
    statuses = re.compile(r"status of (409|422)")
    assert [text for text in heard.complaints if not statuses.search(text)] == []
    await remove(page, page.url.rpartition("=")[2])


async def test_a_list_of_244_is_imported_and_its_3_bad_rows_are_told(page: Page, tmp_path: Path) -> None:
    sizes: dict[str, int] = {}

    async def weigh(request: Request) -> None:
        response = await request.response()
        if response and "/api/" in response.url and "/events" not in response.url:
            sizes[response.url] = len(await response.body())

    # Not of each answer that begins: one that was called off, for there is a newer question, never ends.
    page.on("requestfinished", weigh)
    await page.goto("/websites/")
    await page.get_by_role("button", name="Import a list").click()
    dialog = page.get_by_role("dialog", name="Import a list of websites")
    async with page.expect_download() as coming:
        await dialog.get_by_role("button", name="Download a sample file").click()
    sample = tmp_path / "sample.csv"
    await (await coming.value).save_as(sample)
    assert sample.read_text(encoding="utf-8-sig").startswith("url,name,")

    await dialog.locator("input[type=file]").set_input_files(list_of_244(tmp_path))
    await expect(dialog.get_by_text(f"{GOOD_ROWS} websites would be added.")).to_be_visible()
    rows = dialog.get_by_role("row")
    await expect(rows).to_have_count(1 + 3)
    await expect(rows.nth(1)).to_contain_text(re.compile("51.*Wrong.*only http: and https: addresses"))
    await expect(rows.nth(2)).to_contain_text(re.compile("101.*Wrong.*The address is missing"))
    await expect(rows.nth(3)).to_contain_text(re.compile("151.*Wrong.*whenever it rains"))

    await dialog.get_by_role("button", name=f"Add {GOOD_ROWS} websites").click()
    await expect(dialog.get_by_text(f"{GOOD_ROWS} websites were added.")).to_be_visible()
    await dialog.get_by_role("button", name="Show them").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(f"{GOOD_ROWS + 1} websites", exact=True)).to_be_visible()
    await expect(row_of(page, "Funder 240")).to_be_visible()

    # The same file again adds nothing.
    await page.get_by_role("button", name="Import a list").click()
    await dialog.locator("input[type=file]").set_input_files(list_of_244(tmp_path))
    await expect(dialog.get_by_role("button", name=re.compile(f"^{GOOD_ROWS} Known"))).to_be_visible()
    await expect(dialog.get_by_role("button", name="Add 0 websites")).to_be_disabled()
    assert max(sizes.values()) < MOST_BYTES


async def test_many_websites_are_changed_at_once(page: Page, place: str) -> None:
    added = [await watch(page, f"https://bulk{each}.example/", name=f"Bulk {each}") for each in range(3)]
    await page.goto("/websites/?q=bulk")
    await expect(page.get_by_text("3 websites", exact=True)).to_be_visible()
    await page.get_by_role("checkbox", name="Choose all that are shown").check()
    await page.get_by_role("checkbox", name="Choose Bulk 2").uncheck()
    bar = page.get_by_role("region", name="With those that are chosen")
    await expect(bar.get_by_text("2 chosen")).to_be_visible()
    await bar.get_by_role("button", name="Tag…").click()
    dialog = page.get_by_role("dialog", name="Tag 2 websites")
    await dialog.get_by_role("textbox", name="Tags").fill("rivers, lakes")
    await page.keyboard.press("Enter")
    await expect(row_of(page, "Bulk 0").get_by_text("lakes")).to_be_visible()
    await expect(row_of(page, "Bulk 2").get_by_text("lakes")).to_have_count(0)
    await page.get_by_role("combobox", name="Tag").select_option("rivers")
    await expect(page).to_have_url(re.compile("tag=rivers"))
    await expect(page.get_by_text("2 websites", exact=True)).to_be_visible()
    await row_of(page, "Bulk 1").get_by_role("button", name="Pause Bulk 1").click()
    await expect(row_of(page, "Bulk 1").get_by_role("button", name="Resume Bulk 1")).to_be_visible()
    for website in added:
        await remove(page, website["id"])


async def test_a_job_is_watched_to_its_end(page: Page, place: str) -> None:
    async with slow_website(place, calls=30, seconds=0.2) as url:
        website = await watch(page, url, name="Slow trust")
        await page.goto(f"/website/?id={website['id']}")
        await page.get_by_role("button", name="Scrape now").click()
        visit = page.get_by_role("list", name="Last visits").get_by_role("link")
        await visit.first.click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Visit to Slow trust")
        lines = page.get_by_role("log").get_by_role("listitem")
        await expect(page.get_by_text("Live", exact=True)).to_be_visible()
        await expect(lines.filter(has_text="Read as a listing; calls: 30.")).to_be_visible(timeout=30_000)
        # What is counted at the end is not known yet, which is not the same as none.
        requests = page.get_by_role("main").locator("dl > div", has_text="Requests")
        await expect(requests).to_contain_text("–")
        before = await lines.count()
        await until_status(page, "Completed")
    await expect(lines.filter(has_text="Ended: 30 calls")).to_be_visible()
    await expect(lines.nth(before)).to_be_visible()
    await expect(requests).not_to_contain_text("–")
    await expect(page.get_by_text("30 found · 30 new")).to_be_visible()
    await page.reload()
    await expect(lines.filter(has_text="Ended: 30 calls")).to_be_visible()
    await remove(page, website["id"])


async def test_a_job_is_cancelled_and_tried_again(page: Page, place: str) -> None:
    async with slow_website(place, calls=300, seconds=0.3) as url:
        website = await watch(page, url, name="Endless trust")
        await page.goto("/jobs/")
        await expect(page.get_by_text("Live", exact=True)).to_be_visible()
        await page.request.post(f"/api/websites/{website['id']}/scrape")
        # It comes into the list by itself.
        jobs = page.get_by_role("list", name="Jobs").get_by_role("listitem")
        job = jobs.filter(has_text="Endless trust")
        await expect(job.get_by_text("Running")).to_be_visible(timeout=30_000)
        cancel = job.get_by_role("button", name="Cancel: Endless trust")
        await cancel.focus()
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Cancel the job of Endless trust?")
        await expect(dialog).to_contain_text("what was found is kept")
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(cancel).to_be_focused()
        await page.keyboard.press("Enter")
        await dialog.get_by_role("button", name="Cancel the job").click()
        await expect(job.get_by_text("Cancelled")).to_be_visible(timeout=30_000)
        await page.get_by_role("button", name="Cancelled", exact=True).click()
        await expect(page).to_have_url(re.compile("status=cancelled"))
        await expect(jobs).to_have_count(1)
        await job.get_by_role("link").click()
        await page.get_by_role("button", name="Try again: Endless trust").click()
        await until_status(page, "Running")
        await page.get_by_role("button", name="Cancel: Endless trust").click()
        await page.get_by_role("dialog").get_by_role("button", name="Cancel the job").click()
        await until_status(page, "Cancelled")
    await remove(page, website["id"])


async def test_a_website_that_fails_says_why_and_what_to_do(page: Page, place: str) -> None:
    async with slow_website(place, calls=1, seconds=0) as url:
        website = await watch(page, url.replace("/calls/", "/moved-away"), name="Moved away")
        await page.goto("/websites/?q=moved")
        row = row_of(page, "Moved away")
        await row.get_by_role("button", name="Scrape Moved away now").click()
        await expect(row.get_by_text("Needs a look")).to_be_visible(timeout=60_000)
    await expect(row).to_contain_text("There is no page")
    await expect(row).to_contain_text("Look up where the calls are listed now")
    await expect(row.get_by_role("img", name="Last visits: 1, of which failed: 1")).to_be_visible()
    await row.get_by_role("link", name="Moved away", exact=True).click()
    await expect(page.get_by_text("What to do:")).to_be_visible()
    # Nothing was ever found there that could have changed.
    await expect(page.get_by_role("link", name="0 opportunities", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Take it as it is")).to_have_count(0)
    await page.get_by_role("list", name="Last visits").get_by_role("link").click()
    await expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("There is no page")
    await expect(page.get_by_role("button", name="Try again: Moved away")).to_be_visible()
    await remove(page, website["id"])


async def test_a_website_is_changed_and_what_is_wrong_keeps_what_was_typed(page: Page) -> None:
    website = await watch(page, "https://settings.example/grants", name="Settings trust")
    await page.goto(f"/website/?id={website['id']}")
    settings = page.get_by_role("region", name="Settings")
    save = settings.get_by_role("button", name="Save")
    await expect(save).to_be_disabled()
    schedule = settings.get_by_role("textbox", name="When it is visited")
    await schedule.fill("whenever it rains")
    await settings.get_by_role("textbox", name="Tags").fill("one; two")
    await save.click()
    await expect(settings.get_by_role("alert")).to_contain_text("no schedule that can be understood")
    await expect(schedule).to_have_value("whenever it rains")
    await schedule.fill("weekdays 06:00-08:00 Europe/Paris")
    await save.click()
    await expect(save).to_be_disabled()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    kept = await (await page.request.get(f"/api/websites/{website['id']}")).json()
    assert (kept["schedule"], kept["tags"]) == ("weekdays 06:00-08:00 Europe/Paris", ["one", "two"])
    await remove(page, website["id"])


async def test_a_removal_says_first_what_goes_along(page: Page) -> None:
    _, portal = await portal_of(page)
    website = await watch(page, f"{portal}?page=3", name="Third page")
    await page.goto(f"/website/?id={website['id']}")
    await page.get_by_role("button", name="Scrape now").click()
    await expect(page.get_by_role("list", name="Last visits").get_by_text("Completed")).to_be_visible(
        timeout=60_000
    )
    await page.get_by_role("button", name="Remove", exact=True).click()
    dialog = page.get_by_role("dialog", name="Stop watching Third page?")
    await expect(dialog).to_contain_text("1 job with its log")
    await expect(dialog).to_contain_text("opportunities are kept")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Remove", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Remove it").click()
    await expect(page).to_have_url(re.compile("/websites/$"))
    assert (await page.request.get(f"/api/websites/{website['id']}")).status == 404


async def test_a_server_that_is_away_costs_no_input(page: Page) -> None:
    _, portal = await portal_of(page)
    await page.goto("/websites/")
    await page.get_by_role("button", name="Add a website").click()
    dialog = page.get_by_role("dialog", name="Add a website")
    address = dialog.get_by_role("textbox", name="Address")
    await address.fill(portal)
    await page.context.set_offline(True)
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("HoistScraper does not answer.")
    await expect(address).to_have_value(portal)
    await page.context.set_offline(False)
    await dialog.get_by_role("button", name="Look at it").click()
    await expect(dialog.get_by_role("list", name="What would be read")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing(browser: Browser, origin: str, axe: str, theme: str) -> None:
    for width in (390, 1366):
        context = await browser.new_context(
            base_url=origin, viewport={"width": width, "height": 900}, locale="en-GB"
        )
        page = await context.new_page()
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        website, portal = await portal_of(page)
        jobs = await (await page.request.get(f"/api/scrape-jobs?website={website}")).json()

        async def look(what: str, page: Page = page, width: int = width) -> None:
            await expect(page.get_by_text("Loading…")).to_have_count(0)
            assert not await violations(page, axe), (what, width)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, what

        for path in (f"/website/?id={website}", f"/job/?id={jobs['items'][0]['id']}", "/website/?id=0"):
            await page.goto(path)
            await expect(page.get_by_role("heading", level=1)).to_have_count(1)
            await look(path)
        await page.goto("/websites/")
        await page.get_by_role("checkbox", name=re.compile("^Choose ")).nth(1).check()
        await look("chosen")
        await page.get_by_role("button", name="Import a list").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await look("import")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Add a website").click()
        await page.get_by_role("dialog").get_by_role("textbox", name="Address").fill(portal)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("list", name="What would be read")).to_be_visible(timeout=30_000)
        await look("preview")
        await context.close()


async def test_pages_speak_french(browser: Browser, origin: str) -> None:
    context = await browser.new_context(base_url=origin, locale="fr-FR")
    page = await context.new_page()
    heard = listen_to(page)
    website, _ = await portal_of(page)
    await page.goto(f"/website/?id={website}")
    await expect(page.get_by_text("La dernière visite s’est passée comme d’habitude.")).to_be_visible()
    await page.goto("/jobs/")
    await expect(page.get_by_text("En direct")).to_be_visible()
    await page.goto("/websites/")
    await page.get_by_role("button", name="Ajouter un site").click()
    await expect(page.get_by_role("dialog", name="Ajouter un site")).to_be_visible()
    assert heard.complaints == []
    await context.close()


async def test_who_may_only_look_is_offered_nothing_to_change(page: Page) -> None:
    website, _ = await portal_of(page)

    async def viewing(route: Route) -> None:
        session = await (await route.fetch()).json()
        user = {"id": website, "name": "Vera", "email": "vera@example.org", "role": "viewer"}
        await route.fulfill(json=session | {"actor": "user", "user": user})

    # What the server refuses a viewer is tried with the gate; here it is what is shown.
    await page.route("**/api/session", viewing)
    await page.goto("/websites/?health=green")
    await expect(row_of(page, "calls").get_by_text("Working").first).to_be_visible()
    await expect(page.get_by_role("button", name=re.compile("Add|Import|Scrape|Pause"))).to_have_count(0)
    await expect(page.get_by_role("checkbox")).to_have_count(0)
    await page.goto(f"/website/?id={website}")
    await expect(page.get_by_text("Learned from")).to_be_visible()
    await expect(page.get_by_role("button", name=re.compile("Scrape|Pause|Remove|Save"))).to_have_count(0)
