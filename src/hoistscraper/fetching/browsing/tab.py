"""One tab of the browser: opened once, shown many pages of one website."""

import asyncio
import time
from collections.abc import Awaitable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, TypeVar

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import TimeoutError as PlaywrightTimeout
from yarl import URL

from hoistscraper import clock
from hoistscraper.fetching.browsing.failures import crashed, failure_of_browser, hung
from hoistscraper.fetching.browsing.gate import Gate
from hoistscraper.fetching.browsing.gestures import Gestures
from hoistscraper.fetching.browsing.hands import Hands
from hoistscraper.fetching.browsing.incidents import Incidents, too_late
from hoistscraper.fetching.browsing.kept_out import address_of, refuse_if_out, refuse_turned_if_out
from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.permits import Permit
from hoistscraper.fetching.browsing.rendered import RenderedPage
from hoistscraper.fetching.browsing.settling import settle
from hoistscraper.fetching.browsing.traffic import Traffic
from hoistscraper.fetching.browsing.turning import PageTurner, press, text_of, with_controls
from hoistscraper.fetching.browsing.unfolding import press_more, scroll_to_end, size_of
from hoistscraper.fetching.errors import FetchError, TooLarge
from hoistscraper.fetching.failures import timed_out
from hoistscraper.fetching.retry_after import retry_after_seconds
from hoistscraper.fetching.statuses import failure_of_status, is_page
from hoistscraper.fetching.wording import shown

Answer = TypeVar("Answer")

_ANSWER_SECONDS = 5.0
_CLOSE_SECONDS = 2.0
_WORD_OF_CRASH_SECONDS = 1.0
_LONGEST_SILENCE_SECONDS = 2.0
_STEP_QUIET_SECONDS = 0.4  # scripts often wait a moment before they answer to scrolling


class Tab:
    """A tab; ``hands`` are for the steps of a log-in."""

    def __init__(
        self,
        page: BrowserPage,
        session: CDPSession,
        traffic: Traffic,
        gate: Gate,
        permit: Permit,
    ) -> None:
        self.page = page
        self._permit = permit
        self._session = session
        self._traffic = traffic
        self._gate = gate
        self.hands: Gestures = Hands(page, session, gate.holder.begin_typing)
        self._incidents = Incidents(page)

    def begin(self, permit: Permit) -> None:
        """Work for a visit from now on."""
        self._permit = permit
        self._gate.begin(permit.admit)

    async def show(self, url: URL, limits: RenderLimits) -> RenderedPage:
        """Show a page and return it once it is complete.

        :raises FetchError: it could not be had, or the browser failed.
        """
        return await self.attended(url, self._show(url, limits))

    async def turn(self, url: URL, limits: RenderLimits, turner: PageTurner) -> None:
        """Turn the pages of the list that is shown until the turner has them all, or nothing leads on.

        :raises FetchError: the next page could not be had, or the browser failed.
        """
        await self.attended(url, self._turn(url, limits, turner))

    async def attended(self, url: URL, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Return what comes of work at the page at ``url``, unless the page breaks down.

        :raises FetchError: it did, or the browser failed.
        """
        working = asyncio.create_task(work)
        breaking = asyncio.create_task(self._incidents.broke_down.wait())
        try:
            # A call to a page that broke down may never return.
            await asyncio.wait({working, breaking}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise crashed(str(url))
            return working.result()
        except PlaywrightError as error:
            raise await self._failure(error, url) from error
        finally:
            working.cancel()
            breaking.cancel()
            await asyncio.gather(working, breaking, return_exceptions=True)

    async def open(self, url: URL, limits: RenderLimits) -> None:
        """Open a page for the steps of a log-in, within ``attended``.

        :raises FetchError: it could not be had.
        """
        self._traffic.begin(limits)
        async with self._permit.turn(url):
            await self._open(url, limits)
            await self._settle(limits, limits.quiet_seconds)

    async def press(self, selector: str, limits: RenderLimits, *, seconds: float) -> None:
        """Click, and wait until what that brings is there.

        :raises NotPossible: nothing there can be clicked.
        """
        async with self._permit.turn(URL(self.page.url)):
            await self.hands.press(selector, seconds=seconds)
            await self._settle(limits, _STEP_QUIET_SECONDS)

    @property
    def refusal(self) -> FetchError | None:
        """Why the page was kept from where it wanted to go last."""
        return self._gate.refusal

    @property
    def sent_to(self) -> URL | None:
        """Where the page wanted to send what was typed, and was kept from it."""
        return self._gate.holder.bounds.sent_to if self._gate.holder.bounds else None

    async def rest(self) -> bool:
        """Leave the page, so that its scripts end; return false if the tab is of no more use."""
        if self._incidents.broke_down.is_set():
            return False
        self._gate.close()
        try:
            await self.page.goto("about:blank", timeout=_ANSWER_SECONDS * 1000)
        except PlaywrightError:
            return False
        return True

    async def forget(self, origins: Iterable[str]) -> None:
        """Forget what websites keep in the browser besides cookies."""
        for origin in origins:
            await self._session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})

    async def close(self) -> None:
        """Close the tab, whatever state it is in."""
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self.page.close()

    async def _show(self, url: URL, limits: RenderLimits) -> RenderedPage:
        started = time.perf_counter()
        self._begin(limits)
        async with self._permit.turn(url):
            await self._open(url, limits)
            is_settled = await self._settle(limits, limits.quiet_seconds)
        is_settled = await self._unfold(url, limits) and is_settled
        rendered = await self.rendered(url, limits, started=started, is_settled=is_settled)
        refuse_if_out(rendered, self._traffic.log_ins_wanted, self._gate.holder.bounds)
        return rendered

    async def _turn(self, url: URL, limits: RenderLimits, turner: PageTurner) -> None:
        is_wanted = True
        while is_wanted:
            started = time.perf_counter()
            html = await self._answered(url, with_controls(self.page))
            control = turner.control(html, self.page.url)
            before = await self._answered(url, text_of(self.page))
            self._begin(limits)
            async with self._permit.turn(url):
                if not await self._answered(url, press(self.page, control)):
                    return
                is_settled = await self._changed(url, limits, before)
            if is_settled is None:
                return
            self._check_status(url)
            page = await self.rendered(url, limits, started=started, is_settled=is_settled)
            refuse_turned_if_out(page, self._traffic.log_ins_wanted, self._gate.holder.bounds)
            is_wanted = turner.takes(page)

    async def _changed(self, url: URL, limits: RenderLimits, before: str) -> bool | None:
        """Wait for what a press leads to; return whether it came to rest, ``None`` if nothing came."""
        last_look = time.perf_counter() + _LONGEST_SILENCE_SECONDS
        while True:
            is_settled = await self._settle(limits, max(_STEP_QUIET_SECONDS, limits.quiet_seconds))
            if await self._answered(url, text_of(self.page)) != before:
                return is_settled
            if time.perf_counter() >= last_look:
                return None

    def _begin(self, limits: RenderLimits) -> None:
        self._traffic.begin(limits)
        self._incidents.console_errors = 0

    async def rendered(
        self, url: URL, limits: RenderLimits, *, started: float | None = None, is_settled: bool = True
    ) -> RenderedPage:
        """Return the page as it stands, within ``attended``.

        :raises FetchError: it is none that may be read.
        """
        # Whether all came is only known of a page that answers.
        html = await self._content(url, limits)
        self._check_whole(url, limits)
        document = self._traffic.document
        return RenderedPage(
            url=str(url),
            final_url=address_of(self.page.url, self._gate.holder.bounds),
            status=document.status if document else 200,
            html=html,
            fetched_at=clock.now(),
            xhr_json=await self._answered(url, self._traffic.json_answers()),
            headers=document.headers if document else {},
            console_errors=self._incidents.console_errors,
            requests=self._traffic.requests,
            wire_bytes=self._traffic.wire_bytes,
            elapsed_seconds=time.perf_counter() - started if started else 0.0,
            is_settled=is_settled,
        )

    async def _open(self, url: URL, limits: RenderLimits) -> None:
        deadline = time.perf_counter() + limits.timeout_seconds
        try:
            await self.page.goto(str(url), wait_until="commit", timeout=limits.timeout_seconds * 1000)
        except PlaywrightTimeout:
            known = self._gate.known_failure
            raise await too_late(self._session, url, limits.timeout_seconds, known) from None
        self._check_status(url)
        left_seconds = max(deadline - time.perf_counter(), 0.1)
        await self._loaded(left_seconds)

    async def _loaded(self, seconds: float) -> None:
        """Wait until the document is there, or broke off: then the browser may never call it loaded."""
        loading = asyncio.create_task(
            self.page.wait_for_load_state("domcontentloaded", timeout=seconds * 1000)
        )
        losing = asyncio.create_task(self._traffic.document_lost())
        try:
            await asyncio.wait({loading, losing}, return_when=asyncio.FIRST_COMPLETED)
            # A page whose last script hangs may show everything already.
            with suppress(PlaywrightTimeout):
                if loading.done():
                    loading.result()
        finally:
            loading.cancel()
            losing.cancel()
            await asyncio.gather(loading, losing, return_exceptions=True)

    def _check_whole(self, url: URL, limits: RenderLimits) -> None:
        """Refuse a part of a page: who read it would take the calls that did not come for gone.

        :raises FetchError: the document broke off, or did not come to its end.
        """
        if self._traffic.loss is not None:
            failure = failure_of_browser(self._traffic.loss, str(url))
            raise self._gate.known_failure() or failure
        if not self._traffic.is_document_whole:
            raise timed_out(str(url), limits.timeout_seconds)

    def _check_status(self, url: URL) -> None:
        document = self._traffic.document
        if document is None or is_page(document.status):
            return
        failure = self._gate.known_failure()
        if failure is not None:
            raise failure
        later = retry_after_seconds(document.headers.get("retry-after"), now=clock.now())
        if later:
            self._permit.hold(url, later)
        raise failure_of_status(document.status, document.url, retry_after_seconds=later)

    async def _settle(self, limits: RenderLimits, quiet_seconds: float) -> bool:
        return await settle(
            self.page, self._traffic, quiet_seconds=quiet_seconds, longest_seconds=limits.settle_seconds
        )

    async def _unfold(self, url: URL, limits: RenderLimits) -> bool:
        is_settled = True
        quiet_seconds = max(_STEP_QUIET_SECONDS, limits.quiet_seconds)
        steps = ["scroll"] * limits.scrolls + ["press"] * (limits.clicks if limits.more_words else 0)
        given_up: set[str] = set()
        for step in steps:
            if step in given_up:
                continue
            size = await self._answered(url, size_of(self.page))
            async with self._permit.turn(url):
                if step == "scroll":
                    await self._answered(url, scroll_to_end(self.page))
                elif not await self._answered(url, press_more(self.page, limits.more_words)):
                    break
                is_settled = await self._settle(limits, quiet_seconds)
            if await self._answered(url, size_of(self.page)) <= size:
                given_up.add(step)
        return is_settled

    async def _content(self, url: URL, limits: RenderLimits) -> str:
        html = await self._answered(url, self.page.content())
        if self._gate.refusal is not None:  # a script tried to lead the page where it must not go
            raise self._gate.refusal
        if len(html) > limits.largest_page_bytes:
            raise TooLarge(f"{shown(str(url))} grew too large in the browser and was not read.", url=str(url))
        return html

    async def _answered(self, url: URL, answer: Awaitable[Answer]) -> Answer:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                return await answer
        except TimeoutError:
            raise hung(str(url), _ANSWER_SECONDS) from None

    async def _failure(self, error: PlaywrightError, url: URL) -> FetchError:
        if "net::ERR_ABORTED" in error.message:  # what a page that breaks down says first
            with suppress(TimeoutError):
                async with asyncio.timeout(_WORD_OF_CRASH_SECONDS):
                    await self._incidents.broke_down.wait()
        if self._incidents.broke_down.is_set():
            return crashed(str(url))
        document = self._traffic.document
        if "HTTP_RESPONSE_CODE_FAILURE" in error.message and document is not None:
            without = failure_of_status(document.status, document.url, retry_after_seconds=None)
            return self._gate.known_failure() or without
        return self._gate.known_failure() or failure_of_browser(
            error.message, str(self._gate.last_asked or url)
        )
