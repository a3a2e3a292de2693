"""How fast the list of opportunities answers to who operates it: from the key or click to painted rows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from playwright.async_api import Browser, Page

WORDS = (
    *("water", "energy", "school", "bridge", "research", "health", "road", "museum", "youth", "harbour"),
    *(
        "repair",
        "service",
        "supply",
        "study",
        "training",
        "library",
        "forest",
        "transport",
        "housing",
        "software",
    ),
)

_SINCE = """(() => {
  const note = () => { window.__since = performance.now(); window.__search = location.search;
    window.__rows = document.querySelectorAll("[data-row]").length;
    window.__focus = document.activeElement; };
  for (const kind of ["keydown", "pointerdown", "change"]) window.addEventListener(kind, note, true);
})()"""

_UNTIL = """(what) => new Promise((resolve) => {
  const list = () => document.querySelector("ul:has([data-row])");
  const tests = {
    answered: () => location.search !== window.__search && list() && !list().ariaBusy,
    moved: () => document.activeElement !== window.__focus,
    more: () => document.querySelectorAll("[data-row]").length > window.__rows,
  };
  const look = () => {
    if (!tests[what]()) requestAnimationFrame(look);
    // Painted once the frame after has begun.
    else requestAnimationFrame(() => resolve(performance.now() - window.__since));
  };
  look();
})"""

Change = Literal["answered", "moved", "more"]
Step = Callable[[Page], Awaitable[None]]


async def operated(browser: Browser, origin: str) -> Mapping[str, list[float]]:
    """Return the milliseconds of each kind of step, each once for each of the words.

    Each begins on a page that was opened anew, so that nothing was kept in it.
    """
    context = await browser.new_context(viewport={"width": 1366, "height": 900}, locale="en-GB")
    try:
        page = await context.new_page()
        await page.add_init_script(_SINCE)
        measured: dict[str, list[float]] = {name: [] for name in ("words and Enter", *_STEPS)}
        for word in WORDS:
            await _open(page, f"{origin}/")
            await page.get_by_label("Search opportunities").fill(word)
            measured["words and Enter"].append(await _timed(page, _enter, "answered"))
            for name, (step, change) in _STEPS.items():
                await _open(page, f"{origin}/?q={word}")
                measured[name].append(await _timed(page, step, change))
        return measured
    finally:
        await context.close()


async def _open(page: Page, address: str) -> None:
    await page.goto(address)
    await page.locator("[data-row]").first.wait_for(timeout=60_000)
    await page.wait_for_load_state("networkidle")


async def _timed(page: Page, step: Step, change: Change) -> float:
    await step(page)
    return float(await page.evaluate(_UNTIL, change))


async def _enter(page: Page) -> None:
    await page.keyboard.press("Enter")


async def _move(page: Page) -> None:
    await page.keyboard.press("j")


async def _filter(page: Page) -> None:
    await page.get_by_role("checkbox").first.click()


async def _sort(page: Page) -> None:
    await page.get_by_label("Order", exact=True).select_option("newest")


async def _more(page: Page) -> None:
    await page.get_by_role("button", name="Show more").click()


_STEPS: Mapping[str, tuple[Step, Change]] = {
    "j to the next row": (_move, "moved"),
    "a filter": (_filter, "answered"),
    "another order": (_sort, "answered"),
    "the next page": (_more, "more"),
}
