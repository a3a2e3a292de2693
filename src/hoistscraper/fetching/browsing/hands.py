"""The hands at a page of the browser: typing, pressing, waiting."""

from collections.abc import Awaitable, Callable

from playwright.async_api import CDPSession, Locator
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import TimeoutError as PlaywrightTimeout

from hoistscraper.fetching.browsing.gestures import NotPossible
from hoistscraper.fetching.wording import spell_seconds

_NO_SELECTOR = ("parsing css selector", "not a valid selector", "Unsupported token", "Unexpected token")


class Hands:
    """Hands at one page; satisfies ``Gestures``. ``begin_typing`` is called before the first letter."""

    def __init__(self, page: BrowserPage, session: CDPSession, begin_typing: Callable[[], None]) -> None:
        self._page = page
        self._session = session
        self._begin_typing = begin_typing

    async def type(self, selector: str, text: str, *, seconds: float) -> None:
        """Type a text into a field, in the place of what stands there."""
        self._begin_typing()
        emptied = self._at(selector).fill("", timeout=seconds * 1000)
        await _done(emptied, f"no such field could be filled in within {spell_seconds(seconds)}")
        # As if by keyboard: Playwright notes what it is told to fill in, and tells it when that fails.
        await _done(self._session.send("Input.insertText", {"text": text}), "the page was left meanwhile")

    async def press(self, selector: str, *, seconds: float) -> None:
        """Click."""
        clicked = self._at(selector).click(timeout=seconds * 1000)
        await _done(clicked, f"nothing there could be clicked within {spell_seconds(seconds)}")

    async def wait_for(self, selector: str, *, seconds: float) -> None:
        """Wait until something shows."""
        seen = self._at(selector).wait_for(state="visible", timeout=seconds * 1000)
        await _done(seen, f"it did not show within {spell_seconds(seconds)}")

    def _at(self, selector: str) -> Locator:
        return self._page.locator(f"css={selector}").first


async def _done(gesture: Awaitable[object], if_late: str) -> None:
    try:
        await gesture
    except PlaywrightTimeout:
        why_not = if_late
    except PlaywrightError as error:
        is_no_selector = any(words in error.message for words in _NO_SELECTOR)
        why_not = "it is no CSS selector" if is_no_selector else "the page did not let it be done"
    else:
        return
    # Not from within: the error of the browser may quote the page.
    raise NotPossible(why_not)
