"""A website behind a log-in in a real browser: it fails, is mended on its page, tested, and goes on."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.members import PASSWORD, USER, FormSite, Members
from tests.webapp.conftest import serving, violations
from tests.webapp.watching import remove, watch


@pytest.fixture(scope="module")
def origin(server: str, template: str) -> Iterator[str]:
    """A HoistScraper of our own, that may ask websites of this machine."""
    with serving(server, template, "127.0.0.1") as served:
        yield served.origin


async def test_a_broken_log_in_is_mended_and_the_website_goes_on(page: Page) -> None:
    answers: list[str] = []
    members = Members()
    async with FormSite(CallsWebsite(some_calls(3)), members) as site:
        website = await watch(page, site.url(), name="Members only")
        await page.goto(f"/website/?id={website['id']}")
        login = page.get_by_role("region", name="Log-in")
        await expect(login).to_contain_text("No log-in is kept")
        await login.get_by_role("button", name="Set a log-in").click()
        dialog = page.get_by_role("dialog", name="Log-in of Members only")
        await dialog.get_by_role("textbox", name="Address of the log-in page").fill(site.url("/login"))
        await dialog.get_by_role("textbox", name="User name").fill(USER)
        await dialog.get_by_label("Password", exact=True).fill("out of date")
        # A slip of the Escape key costs nothing that was typed.
        await page.keyboard.press("Escape")
        await login.get_by_role("button", name="Set a log-in").click()
        await expect(dialog.get_by_role("textbox", name="User name")).to_have_value(USER)
        await dialog.get_by_role("button", name="Lock it away").click()
        await expect(login.get_by_text("Name and password on a page")).to_be_visible()

        await page.get_by_role("button", name="Scrape now").click()
        visits = page.get_by_role("list", name="Last visits")
        await expect(visits.get_by_text("Failed")).to_be_visible(timeout=60_000)
        condition = page.get_by_role("region", name="How it is doing")
        await expect(condition).to_contain_text("does not accept the user name and password")
        await expect(condition).to_contain_text("Renew the log-in")
        await expect(condition.get_by_text("Not working")).to_be_visible()

        await page.reload()
        await login.get_by_role("button", name="Test the log-in").click()
        await expect(login.get_by_role("status")).to_contain_text("did not let us in", timeout=60_000)

        page.on("response", lambda answer: answers.append(answer.url))
        await login.get_by_role("button", name="Change it").click()
        # All is there but what is secret.
        await expect(dialog.get_by_role("textbox", name="Address of the log-in page")).to_have_value(
            site.url("/login")
        )
        await expect(dialog.get_by_role("textbox", name="User name")).to_have_value("")
        await dialog.get_by_role("textbox", name="User name").fill(USER)
        await dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        await dialog.get_by_role("button", name="Lock it away").click()
        await expect(dialog).to_have_count(0)
        await login.get_by_role("button", name="Test the log-in").click()
        told = login.get_by_role("status")
        await expect(told).to_contain_text("The website let us in: Open calls", timeout=60_000)
        await expect(told.get_by_role("link", name="Watch it")).to_be_visible()
        await expect(visits.get_by_text("Completed")).to_be_visible(timeout=60_000)
        await page.get_by_role("link", name="3 opportunities", exact=True).click()
        await expect(page.locator("[data-row]")).to_have_count(3)

    place = f"/api/websites/{website['id']}/login"
    for path in (place, "/api/audit-entries", f"/api/websites/{website['id']}"):
        said = await (await page.request.get(path)).text()
        assert PASSWORD not in said
        assert USER not in said
    assert any(url.endswith("/login/test") for url in answers)

    await page.goto(f"/website/?id={website['id']}")
    await login.get_by_role("button", name="Forget it").click()
    await page.get_by_role("dialog").get_by_role("button", name="Forget it").click()
    await expect(login).to_contain_text("No log-in is kept")
    await remove(page, website["id"])


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_any_kind(browser: Browser, origin: str, axe: str, theme: str) -> None:
    for width in (390, 1366):
        context = await browser.new_context(
            base_url=origin, viewport={"width": width, "height": 900}, locale="en-GB"
        )
        page = await context.new_page()
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        website = await watch(page, f"https://members.example/{theme}{width}", name="Members")
        given = {"kind": "basic", "user": "ada", "password": "x"}
        assert (await page.request.put(f"/api/websites/{website['id']}/login", data=given)).ok
        await page.goto(f"/website/?id={website['id']}")
        await page.get_by_role("button", name="Change it", exact=True).click()
        dialog = page.get_by_role("dialog")
        kinds = dialog.get_by_role("combobox", name="How one logs in there")
        for kind in ("basic", "form", "cookie", "header", "recorded"):
            await kinds.select_option(kind)
            if kind == "form":
                await dialog.get_by_text("If the form is not found").click()
                await dialog.get_by_label("Further fields").fill("pin")
            if kind == "recorded":
                await dialog.get_by_label("Steps", exact=True).fill("fill #password (asked)\nclick button")
                await expect(dialog.get_by_label("Text for: fill #password (asked)")).to_be_visible()
            assert not await violations(page, axe), (kind, width)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, kind
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        assert not await violations(page, axe), width
        await context.close()


async def test_what_the_server_does_not_take_keeps_what_was_typed(page: Page) -> None:
    website = await watch(page, "https://steps.example/", name="Steps")
    await page.goto(f"/website/?id={website['id']}")
    await page.get_by_role("button", name="Set a log-in").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox").select_option("recorded")
    await dialog.get_by_label("Address of the log-in page").fill("https://steps.example/login")
    await dialog.get_by_label("Steps", exact=True).fill("shout #go")
    await dialog.get_by_role("button", name="Lock it away").click()
    await expect(
        dialog.get_by_role("alert").filter(has_text=re.compile("Line 1 of the steps"))
    ).to_be_visible()
    await expect(dialog.get_by_label("Steps", exact=True)).to_have_value("shout #go")
    await remove(page, website["id"])
