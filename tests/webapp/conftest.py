"""The web app as its users meet it: a real browser, and a real server that has scraped the sample portal."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from build import FRONTEND, is_built
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings
from tests.database.server import database_from
from tests.scraping.commands import COMMAND

_PORTAL = (sys.executable, "-m", "hoistscraper.sample_portal")
_ADDRESS = re.compile(r"http://\S+")
_FLAGS = ("--no-sandbox", "--disable-dev-shm-usage")

# Other programs may hold the processors for seconds; what comes late is not wrong.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests in a browser more time than others, for the same reason."""
    for item in items:
        if item.path.parent == Path(__file__).parent and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(600))


@dataclass(frozen=True)
class Served:
    """A whole HoistScraper: API, web app and a worker."""

    origin: str
    portal: str
    """The first page of a sample portal of its own."""


@pytest.fixture(scope="session")
def origin(server: str, template: str) -> Iterator[str]:
    """Where a whole HoistScraper answers, with the sample portal scraped, for tests that change nothing."""
    with serving(server, template, is_scraped=True) as served:
        yield served.origin


@contextmanager
def serving(server: str, template: str, *hosts: str, is_scraped: bool = False) -> Iterator[Served]:
    """Serve a database of its own, its sample portal scraped or not; ``hosts`` may be asked, too."""
    assert is_built(), "the web app is not built of these sources: run make web"
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    with ExitStack() as ending:
        url = ending.enter_context(database_from(server, template=name))
        portal = ending.enter_context(_saying([*_PORTAL, "--port", "0"]))
        surroundings = {
            "DATABASE_URL": url,
            "HOIST_ALLOW_HOSTS": ",".join((urlsplit(portal).netloc, *hosts)),
            "HOIST_PACE_SECONDS": "0",
            # The key of log-ins is made there.
            "HOIST_DATA_DIR": ending.enter_context(TemporaryDirectory()),
        }
        if is_scraped:
            subprocess.run(
                [*COMMAND, "scrape", portal],
                env=os.environ | surroundings,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        serve = [*COMMAND, "serve", "--port", "0", "--workers", "1"]
        yield Served(ending.enter_context(_saying(serve, surroundings)), portal)


@contextmanager
def served_at(url: str, port: int, *, is_scraped: bool = False) -> Iterator[None]:
    """Serve a database, which stays, at a port until power is cut; the sample portal is scraped before it."""
    variables = {"DATABASE_URL": url, "HOIST_PACE_SECONDS": "0"}
    if is_scraped:
        with _saying([*_PORTAL, "--port", "0"]) as portal:
            allowed = {"HOIST_ALLOW_HOSTS": urlsplit(portal).netloc}
            subprocess.run(
                [*COMMAND, "scrape", portal],
                env=os.environ | variables | allowed,
                check=True,
                stdout=subprocess.DEVNULL,
            )
    serve = [*COMMAND, "serve", "--api-only", "--port", str(port)]
    with _saying(serve, variables, ends=signal.SIGKILL):
        yield


@contextmanager
def _saying(
    command: list[str], variables: Mapping[str, str] | None = None, *, ends: signal.Signals = signal.SIGTERM
) -> Iterator[str]:
    """Run a command until it is told to end; yield the first address that it tells."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(variables or {})}
    )
    try:
        assert process.stdout
        for line in process.stdout:
            if told := _ADDRESS.search(line):
                yield told[0]
                break
        else:
            raise AssertionError(f"it ended before it said where: {command}")
    finally:
        process.send_signal(ends)
        process.communicate(timeout=30)


@pytest.fixture
async def browser(real_browser: None) -> AsyncIterator[Browser]:
    """The browser that HoistScraper would use itself."""
    choice = find_browser(Settings())
    assert choice
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=choice.program, args=_FLAGS)
        yield browser
        await browser.close()


@dataclass
class Heard:
    """What a page asked for and complained about."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        """Keep what is a complaint."""
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


def listen_to(page: Page) -> Heard:
    """Write down what a page asks for, and what goes wrong in it."""
    heard = Heard()
    page.on("request", lambda request: heard.hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: heard.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            heard.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    return heard


@pytest.fixture
async def page(browser: Browser, origin: str) -> AsyncIterator[Page]:
    """A window of somebody new, wide enough for all there is."""
    context = await browser.new_context(
        base_url=origin, viewport={"width": 1366, "height": 900}, locale="en-GB", timezone_id="Europe/Berlin"
    )
    yield await context.new_page()
    await context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (FRONTEND / "node_modules" / "axe-core" / "axe.min.js").read_text()


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def violations(page: Page, axe: str) -> list[tuple[str, list[str]]]:
    """Return the rules that a page breaks as it is, each with the elements that do."""
    await page.evaluate(axe)
    found = await page.evaluate("rules => axe.run({ runOnly: rules })", RULES)
    assert len(found["passes"]) > 15
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found["violations"]]
