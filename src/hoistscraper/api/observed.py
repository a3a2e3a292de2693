"""Count requests and how long their answers took."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hoistscraper.api.routes import route_of
from hoistscraper.monitoring import Measures


class Observed:
    """Measures everything that passes, up to the beginning of each answer, for some never end."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()

        async def observed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._measures.answered(scope["method"], route_of(scope), message["status"], since=began)
            await send(message)

        await self._app(scope, receive, observed)
