"""Waiting until a page is complete: nothing is loaded any more, and nothing changes any more."""

import asyncio

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage

from hoistscraper.fetching.browsing.traffic import Traffic

_UNCHANGED = """([quiet, longest]) => new Promise(done => {
  let timer = setTimeout(end, quiet);
  const watcher = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, quiet); });
  function end() { watcher.disconnect(); done(true); }
  watcher.observe(document, {childList: true, subtree: true, characterData: true});
  setTimeout(end, longest);
})"""
_WENT_ELSEWHERE = ("Execution context was destroyed", "Cannot find context", "navigat")


async def settle(
    page: BrowserPage, traffic: Traffic, *, quiet_seconds: float, longest_seconds: float
) -> bool:
    """Wait until the page is complete; return false if the time was up before."""
    try:
        async with asyncio.timeout(longest_seconds):
            while True:
                unchanged_since, _ = await asyncio.gather(
                    _unchanged(page, quiet_seconds, longest_seconds), traffic.quiet(quiet_seconds)
                )
                # What came last must have had the time to show.
                if unchanged_since >= traffic.last_activity:
                    return True
    except TimeoutError:
        return False


async def _unchanged(page: BrowserPage, quiet_seconds: float, longest_seconds: float) -> float:
    """Wait until the page did not change for a moment; return since when."""
    while True:
        try:
            await page.evaluate(_UNCHANGED, [round(quiet_seconds * 1000), round(longest_seconds * 1000)])
        except PlaywrightError as error:
            if not any(words in error.message for words in _WENT_ELSEWHERE):
                raise
            await page.wait_for_load_state("domcontentloaded")
        else:
            return asyncio.get_running_loop().time() - quiet_seconds
