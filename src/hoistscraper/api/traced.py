"""A span for each request, which belongs to the trace that its sender names."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hoistscraper.api.answer_headers import REQUEST_ID
from hoistscraper.api.routes import route_of
from hoistscraper.tracing import span


class Traced:
    """Stands before everything that takes time; put there only where traces are wanted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"]
        named = {"http.request.method": method, "hoistscraper.request_id": scope[REQUEST_ID]}
        carrier = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        with span(method, named, carrier=carrier) as traced:

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    # Which route it is, is known by now; its address may hold what people typed.
                    route = route_of(scope)
                    traced.update_name(f"{method} {route}")
                    traced.set_attribute("http.route", route)
                    traced.set_attribute("http.response.status_code", message["status"])
                await send(message)

            await self._app(scope, receive, noted)
