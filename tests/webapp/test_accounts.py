"""Who may do what, in a real browser: from the first start on."""

import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.webapp.conftest import Served, serving, violations
from tests.webapp.office import ANA, PASSWORD, VERA, ask, fill_sign_in, set_up, sign_in, window


@pytest.fixture(scope="module")
def office(server: str, template: str) -> Iterator[Served]:
    """A server whose administrator is made by the first test that needs one."""
    with serving(server, template) as served:
        yield served


@pytest.fixture
async def ana(browser: Browser, office: Served) -> AsyncIterator[Page]:
    """The window of the administrator, who has signed in."""
    async with window(browser, office.origin) as page:
        session = await (await page.request.get("/api/session")).json()
        if session["setup_needed"]:
            await set_up(page)
            added = await ask(page, "POST", "/api/users", VERA | {"role": "viewer", "password": PASSWORD})
            assert added.status == 201
        else:
            await sign_in(page, ANA)
        yield page


async def test_from_the_first_start_to_the_first_opportunity(
    browser: Browser, server: str, template: str
) -> None:
    with serving(server, template) as served:
        async with window(browser, served.origin) as page:
            await page.goto("/dashboard/")
            await expect(page.get_by_text("No website is watched yet")).to_be_visible()
            await (
                page.get_by_role("complementary").get_by_role("link", name="Create the administrator").click()
            )
            await set_up(page)
            await page.goto("/websites/")
            await page.get_by_role("main").get_by_role("button", name="Add a website").first.click()
            dialog = page.get_by_role("dialog", name="Add a website")
            await dialog.get_by_role("textbox", name="Address").fill(served.portal)
            await page.keyboard.press("Enter")
            seen = dialog.get_by_role("list", name="What would be read").get_by_role("listitem")
            await expect(seen).to_have_count(10, timeout=30_000)
            await dialog.get_by_role("button", name="Watch it").click()
            await expect(page).to_have_url(re.compile(r"/website/\?id="))
            await page.get_by_role("link", name="Dashboard").click()
            await expect(page.get_by_role("complementary")).to_have_count(0)
            done = page.get_by_role("region", name="Last jobs").get_by_text("60 listed, 60 new, 0 changed")
            await expect(done).to_be_visible(timeout=90_000)
            await page.reload()
            found = page.get_by_role("region", name="New this week").get_by_role("listitem")
            await expect(found).to_have_count(10)
            await found.first.get_by_role("link").click()
            await expect(page).to_have_url(re.compile(r"/opportunity/\?id="))


async def test_whoever_is_not_known_signs_in_and_is_led_back(
    browser: Browser, office: Served, ana: Page
) -> None:
    async with window(browser, office.origin) as page:
        await page.goto("/settings/?from=bookmark")
        await page.get_by_label("E-mail address").fill(ANA["email"])
        await page.get_by_label("Password", exact=True).fill("not the password")
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_role("alert").filter(has_text=re.compile("not right"))).to_be_visible()
        await expect(page.get_by_label("E-mail address")).to_have_value(ANA["email"])
        await fill_sign_in(page, ANA)
        await expect(page).to_have_url(f"{office.origin}/settings/?from=bookmark")
        await page.goto("/profile/")
        await page.get_by_role("button", name="Sign out").click()
        await expect(page).to_have_url(f"{office.origin}/sign-in/")
        await page.goto("/sign-in/?next=https://example.org/")
        await fill_sign_in(page, ANA)
        await expect(page).to_have_url(f"{office.origin}/")


async def test_a_viewer_sees_and_does_what_viewers_may(browser: Browser, office: Served, ana: Page) -> None:
    async with window(browser, office.origin) as page:
        await sign_in(page, VERA, at="/settings/")
        await expect(page.get_by_role("heading", name="This is for administrators")).to_be_visible()
        sections = page.get_by_role("navigation", name="Settings").get_by_role("link")
        await expect(sections).to_have_text(["API tokens", "Sessions", "About"])
        await page.goto("/settings/users/")
        await expect(page.get_by_role("heading", name="This is for administrators")).to_be_visible()
        await expect(page.get_by_role("button", name="Invite")).to_have_count(0)
        await page.goto("/settings/tokens/")
        await page.get_by_role("button", name="Make a token").click()
        await expect(page.get_by_label("Role").get_by_role("option")).to_have_text(["Viewer"])
        website = await (
            await ask(ana, "POST", "/api/websites", {"url": "https://looked-at.example/"})
        ).json()
        await page.goto(f"/website/?id={website['id']}")
        await expect(page.get_by_text("It was not visited yet.")).to_be_visible()
        await expect(page.get_by_role("region", name="Log-in")).to_have_count(0)
        await expect(
            page.get_by_role("main").get_by_role("button", name=re.compile("Scrape|Pause|Remove|Save"))
        ).to_have_count(0)
        login = f"/api/websites/{website['id']}/login"
        for method, path, body in (
            ("GET", login, None),
            ("PUT", login, {"kind": "basic", "user": "ada", "password": "x"}),
            ("POST", f"{login}/test", None),
            ("DELETE", login, None),
            ("PATCH", "/api/settings", {"max_pages": 3}),
            ("POST", "/api/websites", {"url": office.portal}),
            ("POST", "/api/users", VERA | {"role": "administrator", "password": PASSWORD}),
        ):
            assert (await ask(page, method, path, body)).status == 403, path


async def test_a_token_is_made_used_and_revoked(office: Served, ana: Page) -> None:
    await ana.goto("/settings/tokens/")
    await ana.get_by_role("button", name="Make a token").click()
    await ana.get_by_label("What is it for?").fill("Nightly report")
    await ana.get_by_role("dialog").get_by_role("button", name="Make a token").click()
    shown = ana.get_by_role("textbox", name="Secret")
    await expect(shown).to_have_value(re.compile(r"\S"))
    secret = await shown.input_value()
    await ana.get_by_role("button", name="I have copied it").click()
    await expect(ana.get_by_text(secret)).to_have_count(0)
    bearer = {"Authorization": f"Bearer {secret}"}
    async with httpx.AsyncClient(base_url=office.origin, headers=bearer) as program:
        assert (await program.get("/api/opportunities")).status_code == 200
        assert (await program.patch("/api/settings", json={"max_pages": 3})).status_code == 403
        await ana.reload()
        row = ana.get_by_role("row", name=re.compile("Nightly report"))
        await expect(row).not_to_contain_text("never")
        await row.get_by_role("button", name="Revoke Nightly report").click()
        await ana.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        await expect(row).to_contain_text("Revoked")
        assert (await program.get("/api/opportunities")).status_code == 401


async def test_settings_are_changed_and_workers_hear_of_it(office: Served, ana: Page) -> None:
    await ana.goto("/settings/")
    pages = ana.get_by_role("textbox", name="Listing pages")
    await pages.fill("0")
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_text("Input should be greater than or equal to 1.", exact=True)).to_be_visible()
    await expect(pages).to_have_value("0")
    await pages.fill("2")
    await expect(ana.get_by_text("1 change not saved yet")).to_be_visible()
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_text("Saved. Workers take it up with their next job.")).to_be_visible()
    await expect(ana.get_by_text("1 change not saved yet")).to_have_count(0)

    website = await (await ask(ana, "POST", "/api/websites", {"url": office.portal})).json()
    asked = await ask(ana, "POST", "/api/scrape-jobs", {"website_ids": [website["id"]]})
    job = (await asked.json())["jobs"][0]["job_id"]
    await ana.goto("/dashboard/")
    line = ana.get_by_role("region", name="Last jobs").get_by_role("listitem").first
    await expect(line).to_contain_text("Completed", timeout=90_000)
    log = await (await ana.request.get(f"/api/scrape-jobs/{job}/log")).json()
    assert any("Stopped after 2 listing pages" in each["text"] for each in log["items"])

    await ana.goto("/settings/")
    await ana.get_by_role("button", name="Use the default").click()
    await ana.get_by_role("button", name="Save").click()
    await expect(pages).to_have_value("50")


async def test_a_session_that_ends_under_way_loses_no_input(
    browser: Browser, office: Served, ana: Page
) -> None:
    await ana.goto("/settings/")
    wait = ana.get_by_role("textbox", name="Wait before the second attempt")
    await wait.fill("90")
    async with window(browser, office.origin) as elsewhere:
        await sign_in(elsewhere, ANA, at="/settings/sessions/")
        await elsewhere.get_by_role("button", name="Sign out everywhere").click()
        dialog = elsewhere.get_by_role("dialog")
        await dialog.get_by_role("button", name="Sign out everywhere").click()
        await expect(elsewhere).to_have_url(f"{office.origin}/sign-in/")
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_role("dialog", name="Sign in again")).to_be_visible()
    await fill_sign_in(ana, ANA)
    await expect(ana.get_by_role("dialog")).to_have_count(0)
    await expect(wait).to_have_value("90")
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_text("Saved. Workers take it up with their next job.")).to_be_visible()


async def test_somebody_is_invited_by_a_link_that_works_once(
    browser: Browser, office: Served, ana: Page
) -> None:
    await ana.goto("/settings/users/")
    await ana.get_by_role("button", name="Invite").click()
    dialog = ana.get_by_role("dialog")
    await dialog.get_by_label("E-mail address").fill("ines@example.org")
    await dialog.get_by_label("Role").select_option(label="Editor")
    await dialog.get_by_role("button", name="Invite").click()
    shown = dialog.get_by_role("textbox", name="Link")
    await expect(shown).to_have_value(re.compile("#"))
    link = await shown.input_value()
    fragment = link.partition("#")[2]
    for is_first in (True, False):
        async with window(browser, office.origin) as page:
            await page.goto(f"/invitation/#{fragment}")
            await page.get_by_label("Name").fill("Ines Roth")
            await page.get_by_label("Password", exact=True).fill(PASSWORD)
            await page.get_by_role("button", name="Accept and sign in").click()
            if is_first:
                await expect(page.get_by_role("link", name="Signed in as Ines Roth")).to_be_visible()
            else:
                await expect(
                    page.get_by_role("alert").filter(has_text="This invitation is not valid")
                ).to_be_visible()


async def test_a_forgotten_password_is_replaced_by_a_link_that_is_shown_once_and_works_once(
    browser: Browser, office: Served, ana: Page
) -> None:
    nora = {"name": "Nora Falk", "email": "nora@example.org"}
    forgotten = {"role": "viewer", "password": "forgotten since last summer"}
    assert (await ask(ana, "POST", "/api/users", nora | forgotten)).status == 201
    await ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ana.goto("/settings/users/")
    await ana.get_by_role("button", name=f"Reset link for {nora['name']}").click()
    dialog = ana.get_by_role("dialog", name=f"Reset link for {nora['name']}")
    await expect(dialog).to_contain_text(nora["email"])
    await dialog.get_by_role("button", name="Make the link").click()
    link = await dialog.get_by_role("textbox", name="Link").input_value()
    await dialog.get_by_role("button", name="Copy").click()
    await expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert await ana.evaluate("navigator.clipboard.readText()") == link
    await ana.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    # It is not shown again; whoever lost it makes another.
    await ana.get_by_role("button", name=f"Reset link for {nora['name']}").click()
    await expect(dialog.get_by_role("button", name="Make the link")).to_be_visible()
    await expect(dialog.get_by_role("textbox")).to_have_count(0)
    for is_first in (True, False):
        async with window(browser, office.origin) as page:
            await page.goto(f"/new-password/#{link.partition('#')[2]}")
            await page.get_by_label("New password", exact=True).fill(PASSWORD)
            await page.get_by_role("button", name="Change the password").click()
            if is_first:
                await expect(page.get_by_text("The password is changed.")).to_be_visible()
                await sign_in(page, nora)
            else:
                refused = page.get_by_role("alert").filter(has_text="This link is not valid")
                await expect(refused).to_be_visible()


async def test_the_last_administrator_stays(ana: Page) -> None:
    await ana.goto("/settings/users/")
    row = ana.get_by_role("row", name=re.compile(ANA["email"]))
    await row.get_by_role("button", name=f"Edit {ANA['name']}").click()
    dialog = ana.get_by_role("dialog")
    await expect(dialog.get_by_label("Role")).to_be_disabled()
    await expect(dialog.get_by_text("This is the only administrator")).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    other = ana.get_by_role("row", name=re.compile(VERA["email"]))
    await other.get_by_role("button", name=f"Edit {VERA['name']}").click()
    await ana.get_by_role("dialog").get_by_label("May sign in").uncheck()
    await ana.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(other).to_contain_text("Disabled")
    changed = await ask(ana, "GET", "/api/users")
    states = {each["email"]: each["active"] for each in (await changed.json())["items"]}
    assert states[VERA["email"]] is False


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_where_somebody_has_signed_in(ana: Page, axe: str, theme: str) -> None:
    await ana.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for path, opened in (
        ("/dashboard/", None),
        ("/settings/", None),
        ("/settings/users/", "Invite"),
        ("/settings/users/", "Add with a password"),
        ("/settings/users/", f"Edit {ANA['name']}"),
        ("/settings/users/", f"Reset link for {ANA['name']}"),
        ("/settings/tokens/", "Make a token"),
        ("/settings/sessions/", "Sign out everywhere"),
        ("/settings/audit/", None),
        ("/profile/", None),
    ):
        await ana.goto(path)
        await expect(ana.get_by_role("heading", level=1)).to_have_count(1)
        if opened:
            await ana.get_by_role("button", name=opened).click()
            await expect(ana.get_by_role("dialog")).to_be_visible()
        await expect(ana.get_by_text("Loading…")).to_have_count(0)
        assert await violations(ana, axe) == [], (path, opened)


async def test_dialogs_are_used_by_keyboard_alone(ana: Page) -> None:
    await ana.goto("/settings/users/")
    invite = ana.get_by_role("button", name="Invite", exact=True)
    await invite.focus()
    await ana.keyboard.press("Enter")
    dialog = ana.get_by_role("dialog")
    focused = dialog.locator(":focus")
    await expect(focused).to_have_count(1)
    for _ in range(8):
        await ana.keyboard.press("Tab")
        # At its end a guard is focused for a moment, which sends the focus back in.
        await expect(focused).to_have_count(1)
    await ana.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(invite).to_be_focused()


async def test_the_audit_trail_tells_who_did_what(ana: Page) -> None:
    changed = await ask(ana, "PATCH", "/api/settings", {"log_days": 45})
    assert changed.status == 200
    await ana.goto("/settings/audit/")
    newest = ana.get_by_role("row").nth(1)
    await expect(newest).to_contain_text(ANA["name"])
    await expect(newest).to_contain_text("Settings changed")
    await expect(newest).to_contain_text("→ 45")
    await ana.get_by_role("combobox", name="Action").select_option(label="User added")
    await expect(ana).to_have_url(re.compile(r"action=user\.add$"))
    await expect(ana.get_by_role("row").filter(has_text=VERA["email"])).to_have_count(1)
    await expect(ana.get_by_role("row").filter(has_text="Settings changed")).to_have_count(0)
    async with ana.expect_download() as download:
        await ana.get_by_role("link", name="Export (CSV)").click()
    assert (await download.value).suggested_filename.endswith(".csv")
