"""The gate before each document of a tab: who may be asked is asked here first, hop by hop.

Politeness and clear words are its business. That nothing forbidden is reached, whatever slips by here, is the
egress proxy's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError
from yarl import URL

from hoistscraper.fetching.browsing.escort import Escort
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.errors import AddressRefused, FetchError
from hoistscraper.fetching.urls import web_address
from hoistscraper.fetching.wording import shown

Event = dict[str, Any]
Admit = Callable[[URL], Awaitable[None]]


class Gate:
    """Pauses each document of one tab, shows the tab's pass to the proxy, and keeps the last ``refusal``.

    ``last_asked`` is the address of the last document that the page went to. Of a website that we are logged
    in to each request is paused, for an escort to look at.
    """

    def __init__(self, session: CDPSession, main_frame: str, holder: Pass) -> None:
        self.refusal: FetchError | None = None
        self.last_asked: URL | None = None
        self._session = session
        self._main_frame = main_frame
        self.holder = holder
        self._admit: Admit | None = None
        self._escort = Escort(holder.bounds) if holder.bounds else None
        self._answering: set[asyncio.Task[None]] = set()
        session.on("Fetch.requestPaused", lambda event: self._soon(self._judge(event)))
        session.on("Fetch.authRequired", lambda event: self._soon(self._show_pass(event)))
        session.on("Page.frameNavigated", self._on_new_page)

    def begin(self, admit: Admit) -> None:
        """Forget the page before; who may be asked from now on is for ``admit`` to say."""
        self.refusal = self.last_asked = None
        self._admit = admit

    def close(self) -> None:
        """Let the page go nowhere: no visit answers for it."""
        self._admit = None

    def known_failure(self) -> FetchError | None:
        """Return why the last document could not be had, if that was found out on this side."""
        if self.refusal is not None or self.last_asked is None:
            return self.refusal
        return self.holder.failure_of(self.last_asked.raw_host or "", self.last_asked.port or 0)

    async def stand(self) -> None:
        """Begin to pause documents."""
        paused = {"urlPattern": "*", "requestStage": "Request"}
        if self._escort is None:
            paused["resourceType"] = "Document"
        else:
            await self._session.send("Page.enable")
        await self._session.send("Fetch.enable", {"handleAuthRequests": True, "patterns": [paused]})

    def _soon(self, answer: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(answer)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _judge(self, event: Event) -> None:
        request = {"requestId": event["requestId"]}
        is_main = event.get("frameId") == self._main_frame and event["resourceType"] == "Document"
        try:
            if is_main:
                await self._ask(web_address(event["request"]["url"]))
            if self._escort is not None:
                self._escort.check(event)
                request |= self._escort.headers(event)
        except FetchError as refusal:
            if is_main:
                self.refusal = refusal
            await self._tell("Fetch.failRequest", request | {"errorReason": "BlockedByClient"})
        else:
            await self._tell("Fetch.continueRequest", request)

    def _on_new_page(self, event: Event) -> None:
        if self.holder.bounds is not None and event["frame"]["id"] == self._main_frame:
            self.holder.bounds.end_typing()

    async def _ask(self, url: URL) -> None:
        self.last_asked = url
        if self._admit is None:
            raise AddressRefused(f"Nobody asked for {shown(str(url))}, and it was not fetched.", url=str(url))
        await self._admit(url)

    async def _show_pass(self, event: Event) -> None:
        answer = {"response": "Default"}
        if event["authChallenge"].get("source") == "Proxy":
            answer = {
                "response": "ProvideCredentials",
                "username": self.holder.user,
                "password": self.holder.password,
            }
        await self._tell(
            "Fetch.continueWithAuth", {"requestId": event["requestId"], "authChallengeResponse": answer}
        )

    async def _tell(self, method: str, parameters: dict[str, Any]) -> None:
        with suppress(PlaywrightError):  # the page went elsewhere in the meantime, or the tab is closed
            await self._session.send(method, parameters)
