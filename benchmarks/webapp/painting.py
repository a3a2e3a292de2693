"""When a page paints, when it shows what it is for, and what it fetched until then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Page, Route

IS_THERE = """(document.querySelector("h1") &&
  ![...document.querySelectorAll(".animate-pulse.bg-sunken")].some(
    (each) => each.getBoundingClientRect().top < innerHeight))"""
"""Whether the first screen of a page shows what it is for; what is below it may load when it is reached."""

_WATCHING = """(() => {
  const seen = (window.__seen = { first: null, largest: null, ready: null, shift: 0 });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (entry.name === "first-contentful-paint") seen.first = entry.startTime;
  })).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { seen.largest = entry.startTime; }))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { seen.shift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  const look = () => {
    if (!IS_THERE) seen.ready = null;
    else if (seen.ready === null) seen.ready = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()""".replace("IS_THERE", IS_THERE)
_QUIET_MILLISECONDS = 1_000
_BUILT = re.compile(r'(<div id="__next">).*(</div><script id="__NEXT_DATA__")', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """What lies between server and browser."""

    name: str
    slowdown: int = 1
    bits_a_second: int | None = None
    delay_milliseconds: int = 0


LOCAL = Line("local")
SLOW = Line("slow 4G, 4x slower processor", 4, 1_600_000, 150)


@dataclass(frozen=True, slots=True)
class Painted:
    """Milliseconds since one asked for the page; ``shift`` is the cumulative layout shift, without unit."""

    first: float
    largest: float
    ready: float
    shift: float
    largest_answer: int
    """Bytes of the largest answer of the API as it was sent."""


async def painted(browser: Browser, origin: str, path: str, line: Line, *, bare: bool = False) -> Painted:
    """Open a page in a browser that has never been here; ``bare``: without what is built beforehand."""
    # What waits in the page is evaluated there, which the policy of ours forbids.
    context = await browser.new_context(
        viewport={"width": 1366, "height": 900}, locale="en-GB", bypass_csp=True
    )
    try:
        page = await context.new_page()
        answers = await _shape(page, line)
        await page.add_init_script(_WATCHING)
        if bare:
            await page.route(f"{origin}{path}", _without_body)
        await page.goto(f"{origin}{path}")
        await page.wait_for_function(
            f"window.__seen.ready && performance.now() - window.__seen.ready > {_QUIET_MILLISECONDS}",
            timeout=60_000,
        )
        seen: dict[str, float | None] = await page.evaluate("window.__seen")
    finally:
        await context.close()
    first = seen["first"] or 0
    ready = max(seen["ready"] or 0, first)
    return Painted(first, seen["largest"] or first, ready, seen["shift"] or 0, max(answers, default=0))


async def _shape(page: Page, line: Line) -> Sequence[int]:
    """Slow a page down; return a list that fills with the bytes of the answers that it gets."""
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    if line.bits_a_second:
        conditions = {
            "offline": False,
            "latency": line.delay_milliseconds,
            "downloadThroughput": line.bits_a_second / 8,
            "uploadThroughput": line.bits_a_second / 8,
        }
        await session.send("Network.emulateNetworkConditions", conditions)
    if line.slowdown > 1:
        await session.send("Emulation.setCPUThrottlingRate", {"rate": line.slowdown})
    asked: set[str] = set()
    answers: list[int] = []

    def begun(event: dict[str, Any]) -> None:
        if "/api/" in event["request"]["url"]:
            asked.add(event["requestId"])

    def done(event: dict[str, Any]) -> None:
        if event["requestId"] in asked:
            answers.append(int(event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", begun)
    session.on("Network.loadingFinished", done)
    return answers


async def _without_body(route: Route) -> None:
    """Give the page as of an app that the browser alone builds: its scripts, and an empty place for them."""
    answer = await route.fetch()
    html = _BUILT.sub(r"\1\2", await answer.text())
    await route.fulfill(response=answer, body=html)
