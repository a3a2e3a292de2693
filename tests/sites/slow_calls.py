"""A list of calls whose pages take their time, to be looked at while it is read."""

import asyncio

from aiohttp import web


def slow_calls(*, calls: int, seconds: float) -> list[web.RouteDef]:
    """Return the routes of the list, at /calls/, and of its calls, each of which takes so long."""

    async def listing(_request: web.Request) -> web.Response:
        rows = "".join(
            f'<li><h3><a href="/calls/{number}">Grant {number} for rivers and lakes</a></h3>'
            f"<p>Deadline: {1 + number % 28} March 2031</p></li>"
            for number in range(calls)
        )
        return web.Response(text=f"<h1>Grants</h1><ul>{rows}</ul>", content_type="text/html")

    async def call(request: web.Request) -> web.Response:
        await asyncio.sleep(seconds)
        number = int(request.match_info["number"])
        text = f"<h1>Grant {number} for rivers and lakes</h1><p>Deadline: {1 + number % 28} March 2031</p>"
        return web.Response(text=text, content_type="text/html")

    return [web.get("/calls/", listing), web.get("/calls/{number}", call)]
