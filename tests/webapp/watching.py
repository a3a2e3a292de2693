"""What journeys over websites and jobs have in common: a list to import, websites that are slow or broken."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Locator, Page, expect

from tests.sites.slow_calls import slow_calls

GOOD_ROWS = 241
BAD_ROWS = (
    "ftp://wrong.example/,Wrong scheme,",
    ",No address,",
    "https://odd.example/,Odd schedule,whenever it rains",
)


def list_of_244(folder: Path) -> Path:
    """Write a list whose rows 51, 101 and 151 are wrong."""
    rows = [f"https://funder{number}.example/grants,Funder {number}," for number in range(GOOD_ROWS)]
    for place, bad in zip((49, 99, 149), BAD_ROWS, strict=True):
        rows.insert(place, bad)
    path = folder / "funders.csv"
    path.write_text("\n".join(["url,name,schedule", *rows, ""]))
    return path


@asynccontextmanager
async def slow_website(place: str, *, calls: int, seconds: float) -> AsyncIterator[str]:
    """Serve calls whose pages take their time, at a host and port; yield the address of their list."""

    app = web.Application()
    app.router.add_routes(slow_calls(calls=calls, seconds=seconds))
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        host, _, port = place.partition(":")
        await web.TCPSite(runner, host, int(port)).start()
        yield f"http://{place}/calls/"
    finally:
        await runner.cleanup()


async def watch(page: Page, url: str, **more: object) -> dict[str, Any]:
    """Add a website over the API."""
    answer = await page.request.post("/api/websites", data={"url": url, **more})
    assert answer.status == 201, await answer.text()
    return dict(await answer.json())


async def remove(page: Page, website_id: object) -> None:
    """Stop watching a website, with all that it told of."""
    answer = await page.request.delete(f"/api/websites/{website_id}?opportunities=remove")
    assert answer.ok, await answer.text()


def row_of(page: Page, name: str) -> Locator:
    """Return the row of a website in the list."""
    return page.get_by_role("list", name="Websites").get_by_role("listitem").filter(has_text=name)


async def until_status(page: Page, status: str) -> None:
    """Wait until the page of a job shows a state."""
    await expect(page.get_by_role("status").filter(has_text=re.compile(f"^{status}$"))).to_be_visible(
        timeout=60_000
    )
