"""A browser that breaks down costs one more try, and nothing of it stays behind."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoistscraper.fetching.browsing.limits import RenderLimits
from hoistscraper.fetching.browsing.processes import resident_megabytes
from hoistscraper.fetching.errors import BrowserCrashed, BrowserTimedOut
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.pace import Pace
from tests.browser import family_of, is_running
from tests.fetching.browsing.conftest import VisitsBrowser, anything, browser_for
from tests.fetching.conftest import settings_for
from tests.sites import Exchange, Site
from tests.sites.answers import page

_RENDERING = """
import asyncio, sys
from hoistscraper.fetching.browsing.browser import Browser
from hoistscraper.fetching.http import Fetcher
from hoistscraper.settings import Settings

async def render():
    settings = Settings(allow_hosts=sys.argv[1].split("/")[2])
    async with Fetcher(settings) as fetcher, Browser(settings) as browser:
        await browser.render(sys.argv[1], website="calls", manners=fetcher.manners)
        print(*await browser.processes(), flush=True)
        await asyncio.Event().wait()

asyncio.run(render())
"""


async def _are_gone(processes: set[int]) -> None:
    """Wait until processes have ended; the test's own time limit is the limit."""
    # No event tells of the end of somebody else's child.
    while any(is_running(process) for process in processes):  # noqa: ASYNC110
        await asyncio.sleep(0.05)


def _renderers(processes: tuple[int, ...]) -> Iterator[int]:
    for process in family_of(*processes):
        if b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes():
            yield process


class Deadly(Site):
    """A website whose page does something to its reader, the first ``times`` it is asked for."""

    def __init__(self, times: int) -> None:
        super().__init__({})
        self.times = times
        self.browser: VisitsBrowser | None = None
        self.deed = "end the program"
        self.stopped: list[int] = []

    async def answer(self, exchange: Exchange) -> None:
        if exchange.request.path != "/deadly" or exchange.visit > self.times:
            await exchange.send(page("Survived"))
            return
        assert self.browser is not None
        processes = await self.browser.processes()
        if self.deed == "end a page":
            for process in _renderers(processes):
                os.kill(process, signal.SIGKILL)
        elif self.deed == "end the program":
            os.kill(processes[0], signal.SIGKILL)
        else:
            os.kill(processes[0], signal.SIGSTOP)
            self.stopped.append(processes[0])
        await exchange.wait_for_the_reader_to_leave()


@pytest.mark.parametrize("deed", ["end a page", "end the program"])
async def test_a_crash_costs_one_more_try(deed: str) -> None:
    async with Deadly(times=1) as site, browser_for(site, respect_robots=False) as browser:
        site.browser, site.deed = browser, deed
        rendered = await browser.render(site.url("/deadly"), website="calls")
        assert "Survived" in rendered.html
        assert browser.started == 2
        assert site.visits("/deadly") == 2


@pytest.mark.parametrize("deed", ["end a page", "end the program"])
async def test_a_page_that_crashes_again_fails_alone(deed: str) -> None:
    async with Deadly(times=2) as site, browser_for(site, respect_robots=False) as browser:
        site.browser, site.deed = browser, deed
        with pytest.raises(BrowserCrashed, match="broke down"):
            await browser.render(site.url("/deadly"), website="calls")
        rendered = await browser.render(site.url("/other"), website="calls")
        assert "Survived" in rendered.html


async def test_pages_beside_one_that_crashes_are_shown(scripted: Site) -> None:
    async with Deadly(times=1) as site, browser_for(site, scripted, respect_robots=False) as browser:
        await browser.render(site.url("/other"), website="calls")
        site.browser = browser
        shown = await asyncio.gather(
            browser.render(site.url("/deadly"), website="calls"),
            browser.render(scripted.url("/slow"), website="others"),
            browser.render(scripted.url("/filled"), website="others"),
        )
    assert "Survived" in shown[0].html
    assert "Slow" in shown[1].html
    assert "Call for bees" in shown[2].html


async def test_a_browser_that_hangs_costs_one_more_try() -> None:
    async with Deadly(times=1) as site, browser_for(site, respect_robots=False) as browser:
        site.browser, site.deed = browser, "stop the program"
        limits = RenderLimits(timeout_seconds=3, settle_seconds=1)
        rendered = await browser.render(site.url("/deadly"), website="calls", limits=limits)
        assert "Survived" in rendered.html
        assert browser.started == 2
        await _are_gone(set(site.stopped))


async def test_a_browser_that_hangs_between_two_pages_is_replaced(scripted: Site) -> None:
    async with browser_for(scripted) as browser:
        await browser.render(scripted.url("/"), website="one")
        program = (await browser.processes())[0]
        os.kill(program, signal.SIGSTOP)
        rendered = await browser.render(scripted.url("/filled"), website="two")
        assert "Call for bees" in rendered.html
        await _are_gone({program})


async def test_a_page_that_keeps_its_process_busy_fails_with_its_own_kind(scripted: Site) -> None:
    async with browser_for(scripted) as browser:
        limits = RenderLimits(timeout_seconds=0.5, settle_seconds=0.5)
        with pytest.raises(BrowserTimedOut, match="did not answer"):
            await browser.render(scripted.url("/hog"), website="calls", limits=limits)
        assert browser.started == 2
        rendered = await browser.render(scripted.url("/filled"), website="calls")
        assert "Call for bees" in rendered.html


async def test_the_browser_is_replaced_after_a_number_of_pages(scripted: Site) -> None:
    async with browser_for(scripted, browser_recycle_pages=2) as browser:
        first = await browser.render(scripted.url("/cookies"), website="one")
        program = (await browser.processes())[0]
        await browser.render(scripted.url("/"), website="two")
        third = await browser.render(scripted.url("/cookies"), website="one")
        assert browser.started == 2
        await _are_gone({program})
    assert "[][null]" in first.html
    assert "[seen=yes]" in third.html, "the cookies move to the next browser"


async def test_the_browser_is_replaced_beyond_an_amount_of_memory(scripted: Site) -> None:
    async with browser_for(scripted, browser_recycle_megabytes=100) as browser:
        for _ in range(11):
            await browser.render(scripted.url("/"), website="one")
        assert browser.started == 2


async def test_a_browser_that_nobody_needs_ends_until_the_next_page(scripted: Site) -> None:
    settings = settings_for(scripted)
    async with (
        Fetcher(settings) as fetcher,
        VisitsBrowser(settings, fetcher.manners, idle_seconds=0.3) as browser,
    ):
        await browser.render(scripted.url("/cookies"), website="one")
        await _are_gone({(await browser.processes())[0]})
        assert await browser.processes() == ()
        later = await browser.render(scripted.url("/cookies"), website="one")
        assert browser.started == 2
    assert "[seen=yes]" in later.html, "a visit that is not over goes on with its cookies"


async def test_what_is_forgotten_does_not_come_back_with_the_next_browser(scripted: Site) -> None:
    async with browser_for(scripted, browser_recycle_pages=1) as browser:
        await browser.render(scripted.url("/cookies"), website="one")
        await browser.forget("one")
        later = await browser.render(scripted.url("/cookies"), website="one")
    assert "[][null]" in later.html


async def test_a_website_that_must_be_asked_slowly_does_not_keep_others_waiting(scripted: Site) -> None:
    slow = Manners(Pace(3600, 4), anything)
    async with browser_for(scripted, browser_pages=1) as browser:
        await browser.render(scripted.url("/filled"), website="slow", manners=slow)
        waiting = [
            asyncio.create_task(browser.render(scripted.url("/filled"), website="slow", manners=slow))
            for _ in range(3)
        ]
        for _ in range(2):
            rendered = await browser.render(scripted.url("/filled"), website="quick")
            assert "Call for bees" in rendered.html
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.proves("browser_reuse")
async def test_tabs_are_used_again(scripted: Site, browser: VisitsBrowser) -> None:
    for _ in range(3):
        await browser.render(scripted.url("/"), website="one")
    before = set(_renderers(await browser.processes()))
    for _ in range(3):
        await browser.render(scripted.url("/filled"), website="one")
    assert set(_renderers(await browser.processes())) == before


@pytest.mark.proves("browser_reuse")
async def test_a_page_at_rest_asks_for_nothing(scripted: Site, browser: VisitsBrowser) -> None:
    async with browser.tab("calls") as tab:
        await tab.page.goto(scripted.url("/filled"))
    async with browser.tab("calls") as again:
        assert again is tab
        assert tab.page.url == "about:blank"


async def test_a_rendering_that_is_cancelled_leaves_the_browser_usable(scripted: Site) -> None:
    async with browser_for(scripted, browser_pages=1) as browser:
        rendering = asyncio.create_task(browser.render(scripted.url("/silent"), website="calls"))
        await scripted.first_visit("/silent")
        rendering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await rendering
        rendered = await browser.render(scripted.url("/filled"), website="calls")
        assert "Call for bees" in rendered.html
        assert browser.started == 1


async def test_nothing_stays_behind(scripted: Site) -> None:
    before = family_of(os.getpid())
    async with browser_for(scripted) as browser:
        await browser.render(scripted.url("/filled"), website="calls")
        during = family_of(os.getpid()) - before
        assert len(during) > 3
    await _are_gone(during)


@pytest.mark.parametrize("hung", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_nothing_stays_behind_when_we_are_killed(scripted: Site, *, hung: bool) -> None:
    ours = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _RENDERING, scripted.url("/filled"), stdout=asyncio.subprocess.PIPE
    )
    assert ours.stdout is not None
    processes = [int(process) for process in (await ours.stdout.readline()).split()]
    family = family_of(ours.pid)
    assert set(processes) <= family
    if hung:
        os.kill(processes[0], signal.SIGSTOP)
    ours.kill()
    await ours.wait()
    await _are_gone(family)


async def test_memory_is_told_for_processes_that_are_there() -> None:
    megabytes = resident_megabytes([os.getpid()])
    assert megabytes is not None
    assert 10 < megabytes < 10_000
    assert resident_megabytes([]) is None
