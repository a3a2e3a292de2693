"""How fast the list of opportunities answers to who operates it: from the key or click to painted rows.

And how long those who page down wait at its end for the rows that follow.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from playwright.async_api import Browser, Page

from benchmarks.api.wording import COMMON, rare_words
from benchmarks.webapp.asking import ask

_RANKS = (0, 1, 3, 7, 15, 30, 60, 100, 150, 200, 250, 300, 350, 400, 500, 600, 700, 800)
WORDS = (*COMMON["en"][:22], *(rare_words()[rank] for rank in _RANKS))
"""From one that half of a filled database holds to one that a few in ten thousand do."""

_PATIENCE_SECONDS = 20
_WATCHING = """(() => {
  const list = () => document.querySelector("ul:has([data-row])");
  const rows = () => document.querySelectorAll("[data-row]").length;
  const begins = {
    answered: () => { const search = location.search;
      return () => location.search !== search && list() && !list().ariaBusy; },
    moved: () => { const focus = document.activeElement; return () => document.activeElement !== focus; },
    more: () => { const before = rows(); return () => rows() > before; },
  };
  const note = (event) => {
    const seen = window.__seen;
    if (!seen || seen.isBegun || event.type !== seen.by) return;
    seen.isBegun = true;
    const isDone = begins[seen.change]();
    const look = () => requestAnimationFrame(() => {
      if (!isDone()) look();
      // Painted once the frame after has begun.
      else requestAnimationFrame(() => seen.told(performance.now() - event.timeStamp));
    });
    look();
  };
  for (const kind of ["keydown", "click", "change"]) window.addEventListener(kind, note, true);
})()"""

_BEGIN = """([by, change]) => {
  const seen = (window.__seen = { by, change });
  seen.took = new Promise((resolve) => { seen.told = resolve; });
}"""

_NEARLY_THROUGH = """() => {
  const end = document.querySelector("ul:has([data-row])").getBoundingClientRect().bottom;
  window.scrollBy({ top: end - innerHeight - 1650, behavior: "instant" });
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}"""

_END = "the end in view while paging down"
_PAGE_DOWNS = 8  # through the first fifty rows and far into the next
_SECONDS_BETWEEN = 0.15
_WATCHING_END = """() => {
  const list = () => document.querySelector("ul:has([data-row])");
  const rows = () => document.querySelectorAll("[data-row]").length;
  const seen = (window.__end = { longest: 0, rows: rows(), end: () => (seen.isOver = true) });
  let since = null;
  const look = (now) => {
    since = list().getBoundingClientRect().bottom < innerHeight ? (since ?? now) : null;
    if (since !== null) seen.longest = Math.max(seen.longest, now - since);
    if (!seen.isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
_HAS_GONE_ON = """() => document.querySelectorAll("[data-row]").length > window.__end.rows"""
_LONGEST_END = """() => { window.__end.end(); return window.__end.longest; }"""

Change = Literal["answered", "moved", "more"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that one does, by which event it begins, and what it is to change."""

    take: Callable[[Page], Awaitable[None]]
    by: Literal["keydown", "click", "change"]
    change: Change


async def operated(browser: Browser, origin: str) -> Mapping[str, list[float]]:
    """Return the milliseconds of each kind of step, each once for each of the words.

    Each begins on a page that was opened anew, so that nothing was kept in it.

    :raises SystemExit: a word finds less than a page, as it does where others filled the folder.
    """
    _find_pages(origin)
    # What waits in the page is evaluated there, which the policy of ours forbids.
    context = await browser.new_context(
        viewport={"width": 1366, "height": 900}, locale="en-GB", bypass_csp=True
    )
    try:
        page = await context.new_page()
        page.set_default_timeout(_PATIENCE_SECONDS * 1_000)
        await page.add_init_script(_WATCHING)
        measured: dict[str, list[float]] = {name: [] for name in ("words and Enter", *_STEPS, _END)}
        for word in WORDS:
            await _open(page, f"{origin}/")
            await page.get_by_label("Search opportunities").focus()
            await page.wait_for_load_state("networkidle")
            measured["words and Enter"].append(await _timed(page, _entering(word)))
            for name, step in _STEPS.items():
                await _open(page, f"{origin}/?q={word}")
                measured[name].append(await _timed(page, step))
            await _open(page, f"{origin}/?q={word}")
            measured[_END].append(await _paged_down(page))
        return measured
    finally:
        await context.close()


def _find_pages(origin: str) -> None:
    for word in WORDS:
        if ask(origin, f"/api/opportunities?q={word}&limit=50")["next"] is None:
            raise SystemExit(f"{word} finds less than a page; fill a folder with benchmarks.api.dataset.")


async def _open(page: Page, address: str) -> None:
    # By way of nothing: an address that is opened again where it stands keeps how far it was scrolled.
    await page.goto("about:blank")
    await page.goto(address)
    await page.locator("[data-row]").first.wait_for()
    await page.wait_for_load_state("networkidle")


async def _timed(page: Page, step: Step) -> float:
    await page.evaluate(_BEGIN, [step.by, step.change])
    await step.take(page)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return float(await page.evaluate("window.__seen.took"))
    except TimeoutError:
        raise SystemExit(f"{page.url} painted nothing new within {_PATIENCE_SECONDS} s.") from None


def _entering(word: str) -> Step:
    async def enter(page: Page) -> None:
        # At once: a moment later the list narrows by itself.
        await page.get_by_label("Search opportunities").fill(word)
        await page.keyboard.press("Enter")

    return Step(enter, "keydown", "answered")


def _pressing(key: str, change: Change) -> Step:
    return Step(lambda page: page.keyboard.press(key), "keydown", change)


async def _filter(page: Page) -> None:
    await page.get_by_role("checkbox").first.click()


async def _sort(page: Page) -> None:
    await page.get_by_label("Order", exact=True).select_option("newest")


async def _page_down(page: Page) -> None:
    # The list goes on by itself before its end is reached.
    await page.evaluate(_NEARLY_THROUGH)
    await page.keyboard.press("PageDown")


async def _paged_down(page: Page) -> float:
    """Return the longest time, in milliseconds, that the list's end was in view while more was to come."""
    # Scrolling is the browser's own and takes its time; what is ours is that rows are there.
    await page.evaluate(_WATCHING_END)
    for _ in range(_PAGE_DOWNS):
        await page.keyboard.press("PageDown")
        await asyncio.sleep(_SECONDS_BETWEEN)
    await page.wait_for_function(_HAS_GONE_ON, timeout=_PATIENCE_SECONDS * 1_000)
    return float(await page.evaluate(_LONGEST_END))


_STEPS: Mapping[str, Step] = {
    "j to the next row": _pressing("j", "moved"),
    "a filter": Step(_filter, "click", "answered"),
    "another order": Step(_sort, "change", "answered"),
    "the next page": Step(_page_down, "keydown", "more"),
}
