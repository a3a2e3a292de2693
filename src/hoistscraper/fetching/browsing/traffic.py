"""What one page loads, as the browser reports it: what is under way, how much came, and the JSON in it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.page import JsonAnswer
from hoistscraper.fetching.statuses import NOT_LOGGED_IN

Event = dict[str, Any]
"""An event of the browser's protocol: JSON that the protocol describes."""

_WAITED_FOR = frozenset({"Document", "Script", "Stylesheet", "XHR", "Fetch", "Preflight"})
_KEPT_MEGABYTES = 10


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """The answer that the page shown came with; header names are lower-case."""

    url: str
    status: int
    headers: Mapping[str, str]
    media_type: str


@dataclass(slots=True)
class _Account:
    """What is known of one rendering."""

    limits: RenderLimits
    under_way: dict[str, float] = field(default_factory=dict)
    json_answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    bodies: dict[str, asyncio.Task[JsonAnswer | None]] = field(default_factory=dict)
    document: DocumentAnswer | None = None
    document_request: str | None = None
    loss: str | None = None
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    log_ins_wanted: list[str] = field(default_factory=list)
    requests: int = 0
    wire_bytes: int = 0


class Traffic:
    """Listens to the network of one tab; ``begin`` starts a new account."""

    def __init__(self, session: CDPSession, main_frame: str) -> None:
        self._session = session
        self._main_frame = main_frame
        self._account = _Account(RenderLimits())
        self._stirred = asyncio.Event()
        self.last_activity = 0.0
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)
        session.on("Network.loadingFailed", self._on_failed)
        session.on("Network.dataReceived", self._on_data)

    async def listen(self) -> None:
        """Have the browser report, and keep no more of what it loads than needed."""
        most = _KEPT_MEGABYTES * 1_000_000
        await self._session.send(
            "Network.enable", {"maxTotalBufferSize": most, "maxResourceBufferSize": most // 4}
        )

    def begin(self, limits: RenderLimits) -> None:
        """Forget the page before."""
        for body in self._account.bodies.values():
            body.cancel()
        self._account = _Account(limits)
        self._stir()

    @property
    def document(self) -> DocumentAnswer | None:
        """The answer that the page shown came with, once it is there."""
        return self._account.document

    @property
    def loss(self) -> str | None:
        """The browser's error over which the document broke off, so that what is shown is a part of it."""
        return self._account.loss

    @property
    def is_document_whole(self) -> bool:
        """Whether all of the document came."""
        return self.loss is None and self._account.document_request not in self._account.under_way

    async def document_lost(self) -> None:
        """Wait until the document breaks off, which most never do."""
        await self._account.lost.wait()

    @property
    def log_ins_wanted(self) -> tuple[str, ...]:
        """Whom scripts asked and were told to log in first (status 401)."""
        return tuple(self._account.log_ins_wanted)

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return self._account.requests

    @property
    def wire_bytes(self) -> int:
        """How much came over the wire."""
        return self._account.wire_bytes

    async def quiet(self, quiet_seconds: float) -> None:
        """Wait until nothing worth waiting for was under way for so long."""
        limits = self._account.limits
        while True:
            youngest = max(self._account.under_way.values(), default=float("-inf"))
            patience = youngest + limits.patience_seconds - _time()
            self._stirred.clear()
            try:
                async with asyncio.timeout(max(patience, quiet_seconds)):
                    await self._stirred.wait()
            except TimeoutError:
                if patience <= 0:
                    return

    async def json_answers(self) -> tuple[JsonAnswer, ...]:
        """Return the JSON that scripts were answered, in the order of arrival."""
        answers = await asyncio.gather(*self._account.bodies.values())
        return tuple(answer for answer in answers if answer is not None)

    def _stir(self) -> None:
        self.last_activity = _time()
        self._stirred.set()

    def _on_request(self, event: Event) -> None:
        self._account.requests += 1
        # The script of a worker belongs to no document, and its end is told to nobody here.
        if event.get("type") in _WAITED_FOR and event["loaderId"]:
            self._account.under_way[event["requestId"]] = _time()
            self._stir()

    def _on_response(self, event: Event) -> None:
        response, kind = event["response"], event.get("type")
        if kind == "Document" and event.get("frameId") == self._main_frame:
            headers = {name.lower(): value for name, value in response["headers"].items()}
            self._account.document_request, self._account.loss = event["requestId"], None
            self._account.lost.clear()
            self._account.document = DocumentAnswer(
                response["url"], response["status"], headers, response["mimeType"]
            )
        is_json = "json" in response["mimeType"] and 200 <= response["status"] < 300
        if kind in ("XHR", "Fetch") and response["status"] == NOT_LOGGED_IN:
            self._account.log_ins_wanted.append(response["url"])
        if kind in ("XHR", "Fetch") and is_json:
            self._account.json_answers[event["requestId"]] = (response["url"], response["mimeType"])

    def _on_finished(self, event: Event) -> None:
        request = event["requestId"]
        self._account.wire_bytes += round(event["encodedDataLength"])
        self._end(request)
        known = self._account.json_answers.pop(request, None)
        limits = self._account.limits
        if known is None or len(self._account.bodies) >= limits.most_answers:
            return
        if event["encodedDataLength"] <= limits.largest_answer_bytes:
            self._account.bodies[request] = asyncio.create_task(self._body(request, *known))

    def _on_failed(self, event: Event) -> None:
        is_document = event["requestId"] == self._account.document_request
        # What a page leaves for another one, or stops by itself, is cancelled.
        if is_document and not event.get("canceled"):
            self._account.loss = event["errorText"]
            self._account.lost.set()
        self._end(event["requestId"])

    def _on_data(self, _: Event) -> None:
        if self._account.under_way:
            self._stir()

    def _end(self, request: str) -> None:
        if self._account.under_way.pop(request, None) is not None:
            self._stir()

    async def _body(self, request: str, url: str, media_type: str) -> JsonAnswer | None:
        try:
            answer = await self._session.send("Network.getResponseBody", {"requestId": request})
        except PlaywrightError:
            return None  # the browser has let go of it, or left
        text = str(answer["body"])
        if answer["base64Encoded"] or len(text) > self._account.limits.largest_answer_bytes:
            return None
        return JsonAnswer(url, media_type, text)


def _time() -> float:
    return asyncio.get_running_loop().time()
