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

from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.errors import AddressRefused, FetchError
from hoistscraper.fetching.urls import web_address
from hoistscraper.fetching.wording import shown

Event = dict[str, Any]
Admit = Callable[[URL], Awaitable[None]]


class Gate:
    """Pauses each document of one tab, shows the tab's pass to the proxy, and keeps the last ``refusal``.

    ``last_asked`` is the address of the last document that the page went to.
    """

    def __init__(self, session: CDPSession, main_frame: str, holder: Pass) -> None:
        self.refusal: FetchError | None = None
        self.last_asked: URL | None = None
        self._session = session
        self._main_frame = main_frame
        self._holder = holder
        self._admit: Admit | None = None
        self._answering: set[asyncio.Task[None]] = set()
        session.on("Fetch.requestPaused", lambda event: self._soon(self._judge(event)))
        session.on("Fetch.authRequired", lambda event: self._soon(self._show_pass(event)))

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
        return self._holder.failure_of(self.last_asked.raw_host or "", self.last_asked.port or 0)

    async def stand(self) -> None:
        """Begin to pause documents."""
        documents = {"urlPattern": "*", "resourceType": "Document", "requestStage": "Request"}
        await self._session.send("Fetch.enable", {"handleAuthRequests": True, "patterns": [documents]})

    def _soon(self, answer: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(answer)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _judge(self, event: Event) -> None:
        request = {"requestId": event["requestId"]}
        try:
            if event.get("frameId") == self._main_frame:
                await self._ask(web_address(event["request"]["url"]))
        except FetchError as refusal:
            self.refusal = refusal
            await self._tell("Fetch.failRequest", request | {"errorReason": "BlockedByClient"})
        else:
            await self._tell("Fetch.continueRequest", request)

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
                "username": self._holder.user,
                "password": self._holder.password,
            }
        await self._tell(
            "Fetch.continueWithAuth", {"requestId": event["requestId"], "authChallengeResponse": answer}
        )

    async def _tell(self, method: str, parameters: dict[str, Any]) -> None:
        with suppress(PlaywrightError):  # the page went elsewhere in the meantime, or the tab is closed
            await self._session.send(method, parameters)
