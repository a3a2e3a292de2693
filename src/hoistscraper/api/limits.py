"""Queries that are too long are refused before they are read; FastAPI does the same for bodies."""

from starlette.types import ASGIApp, Receive, Scope, Send

from hoistscraper.api.problems import answer

LONGEST_QUERY = 4_000
"""Characters of everything after the question mark."""


class QueryLimit:
    """Answers 414 to long queries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and len(scope["query_string"]) > LONGEST_QUERY:
            refusal = answer(
                414, f"The query is longer than {LONGEST_QUERY} characters; ask for less at once."
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)
