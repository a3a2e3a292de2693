"""The websites that are scraped meanwhile: listings with pages, one that only a browser shows, all local."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.sites.answers import cut_before_the_head, cut_in_the_middle
from tests.sites.calls import CallsSite, CallsWebsite, some_calls
from tests.sites.server import Exchange
from tests.sites.thread import in_thread

# So many calls each, and so many on a page of the listing; the last one is shown by scripts.
_SIZES = ((40, 10), (30, 15), (24, 24), (20, 8), (20, 20))
_LATENCY_SECONDS = 0.02
_SHELL = """<!doctype html><html lang="en"><head><title>Calls</title></head><body><div id="root"></div>
<noscript>Please enable JavaScript to see this page.</noscript><script>
fetch("/content").then(answer => answer.json()).then(content => {
  document.getElementById("root").outerHTML = content.body;
});
</script></body></html>"""


class CuttableSite(CallsSite):
    """A website whose network can be cut: what is under way breaks off, and nothing is answered."""

    def __init__(self, website: CallsWebsite, host: str) -> None:
        super().__init__(website)
        self._host = host  # an address of its own, for a host's jobs wait for each other
        self._cut = threading.Event()
        self.answered = 0

    def cut(self) -> None:
        """Cut the network."""
        self._cut.set()

    def mend(self) -> None:
        """Mend it."""
        self._cut.clear()

    async def answer(self, exchange: Exchange) -> None:
        """Answer like a website some way off."""
        await asyncio.sleep(_LATENCY_SECONDS)
        if self._cut.is_set():
            await (cut_in_the_middle if exchange.visit % 2 else cut_before_the_head)(exchange)
            return
        self.answered += 1
        await self.answer_whole(exchange)

    async def answer_whole(self, exchange: Exchange) -> None:
        """Answer as if nothing had happened."""
        await super().answer(exchange)


class ScriptedListingSite(CuttableSite):
    """A website whose listing is empty until a script has fetched it."""

    async def answer_whole(self, exchange: Exchange) -> None:
        """Answer with the script in the listing's place."""
        if exchange.request.path == "/":
            await exchange.send(_SHELL)
        elif exchange.request.path == "/content":
            body = self._website.listing(1).split("<body>")[1].split("</body>")[0]
            await exchange.send(json.dumps({"body": f"<div>{body}</div>"}), kind="application/json")
        else:
            await super().answer_whole(exchange)


@contextmanager
def served_websites() -> Iterator[list[CuttableSite]]:
    """Serve all of them, each at an address of its own."""
    with ExitStack() as stack:
        sites: list[CuttableSite] = []
        for number, (size, page_size) in enumerate(_SIZES):
            # No call stands on two websites: whose words count would depend on who was read first.
            calls = some_calls(size, first=1 + 100 * number)
            kind = ScriptedListingSite if number == len(_SIZES) - 1 else CuttableSite
            site = kind(CallsWebsite(calls, page_size=page_size), f"127.0.0.{2 + number}")
            stack.enter_context(in_thread(site))
            sites.append(site)
        yield sites


def most_calls() -> int:
    """Return how many calls all of them list."""
    return sum(size for size, _ in _SIZES)
