"""Taking the recorded steps of a log-in in the browser."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from yarl import URL

from hoistscraper.accounts.steps import Click, Fill, Step, Wait
from hoistscraper.errors import Unavailable
from hoistscraper.fetching.browsing.gestures import NotPossible
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.log_in import refuse_landing
from hoistscraper.fetching.site_session import Door, SiteSession
from hoistscraper.fetching.urls import origin_of, web_address
from hoistscraper.fetching.wording import shown, spell_seconds

if TYPE_CHECKING:
    from hoistscraper.fetching.browsing.tab import Tab

STEP_SECONDS = 15.0
LOG_IN_SECONDS = 180.0


class StepTaker:
    """Takes steps in the browser of the process; satisfies ``StepRunner``.

    What a log-in leaves in the browser besides cookies is there for the pages that are shown afterwards.
    """

    def __init__(self, browser: OneBrowser, *, page_seconds: float) -> None:
        self._browser = browser
        self._limits = RenderLimits(timeout_seconds=page_seconds)

    async def __call__(self, session: SiteSession, door: Door, url: str, steps: Sequence[Step]) -> None:
        """Open an address and take the steps; the cookies that the website sets stay in the session's jar."""
        address = web_address(url)
        try:
            async with (
                asyncio.timeout(LOG_IN_SECONDS),
                self._browser.log_in_tab(manners=door.manners, session=session) as tab,
            ):
                await tab.attended(address, self._log_in(tab, session, address, steps))
        except TimeoutError:
            raise session.failed(
                f"The recorded log-in took longer than {spell_seconds(LOG_IN_SECONDS)} and was given up; "
                f"look for a step that waits in vain, and {session.set_again}."
            ) from None

    async def _log_in(self, tab: "Tab", session: SiteSession, address: URL, steps: Sequence[Step]) -> None:
        try:
            await tab.open(address, self._limits)
        except FetchError as failure:
            if isinstance(failure, Unavailable):
                raise
            raise session.failed(f"The log-in page cannot be had: {failure.message}") from None
        for number, step in enumerate(steps, start=1):
            await self._take(tab, session, f"Step {number} of the recorded log-in ({_in_words(step)})", step)
        landing = await tab.rendered(address, self._limits)
        refuse_landing(landing.as_page(), session)

    async def _take(self, tab: "Tab", session: SiteSession, named: str, step: Step) -> None:
        why_not: str | None = None
        try:
            await self._do(tab, step)
        except NotPossible as reason:
            why_not = str(reason)
        _stop_if_kept(tab, session, named)
        if why_not:
            raise session.failed(f"{named}: {why_not}; correct the step, and {session.set_again}.")

    async def _do(self, tab: "Tab", step: Step) -> None:
        match step:
            case Fill():
                await tab.hands.type(step.selector, step.text, seconds=STEP_SECONDS)
            case Click():
                await tab.press(step.selector, self._limits, seconds=STEP_SECONDS)
            case Wait():
                await tab.hands.wait_for(step.selector, seconds=step.seconds)


def _stop_if_kept(tab: "Tab", session: SiteSession, named: str) -> None:
    """Stop where the page was kept from sending what was typed elsewhere."""
    if tab.sent_to is not None:
        raise session.failed(
            f"{named}: the log-in page of {session.name} sends what is typed to "
            f"{shown(origin_of(tab.sent_to))}, where it was not sent; if that is meant, set the log-in again "
            "with an address there (--log-in-url)."
        )
    if tab.refusal is not None:
        raise session.failed(f"{named}: {tab.refusal.message}")


def _in_words(step: Step) -> str:
    verb = type(step).__name__.lower()
    return f"{verb} {shown(step.selector)}"
