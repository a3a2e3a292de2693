"""The web app, served beside the API: its pages at addresses with a slash at the end, its files, its 404."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from hoistscraper.api.encodings import encoding_for
from hoistscraper.api.problems import answer
from hoistscraper.api.routes import ROUTE
from hoistscraper.api.web_files import NOT_FOUND, PAGE, Header, WebFile
from hoistscraper.features import Share

_NOT_OURS = ("/api", "/metrics")
_METHODS = ("GET", "HEAD")
_NAME = "(web app)"
_UNBUILT = b"""<!doctype html>
<html lang="en">
<title>HoistScraper</title>
<h1>The web app is not built here</h1>
<p>Build it in the project's folder with <code>make web</code>, then start HoistScraper again.</p>
<p>The API works without it: <a href="/api/docs">what it can do</a>.</p>
</html>
"""


class WebApp:
    """Answers with the files of the web app, and passes everything else on.

    Names are looked up among the files that were read, so no address leads out of them.
    """

    def __init__(self, app: ASGIApp, files: Mapping[str, WebFile], *, compressing: Share) -> None:
        self._app = app
        self._files = files
        self._compressing = compressing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"].startswith(_NOT_OURS):
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        headers = dict(scope["headers"])
        name = path[1:] + (PAGE if path.endswith("/") else "")
        if file := self._files.get(name):
            await self._give(file, 200, headers, scope, receive, send)
        elif f"{name}/{PAGE}" in self._files:
            await self._lead(f"{path}/", scope, send)
        elif scope["method"] not in _METHODS or b"text/html" not in headers.get(b"accept", b""):
            await self._app(scope, receive, send)
        elif missing := self._files.get(NOT_FOUND):
            await self._give(missing, 404, headers, scope, receive, send)
        else:
            scope[ROUTE] = _NAME
            about = (
                (b"content-type", b"text/html; charset=utf-8"),
                (b"content-length", str(len(_UNBUILT)).encode()),
                (b"cache-control", b"no-store"),
            )
            await _send(send, 503, about, b"" if scope["method"] == "HEAD" else _UNBUILT)

    async def _give(
        self,
        file: WebFile,
        status: int,
        headers: Mapping[bytes, bytes],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        scope[ROUTE] = _NAME
        if scope["method"] not in _METHODS:
            refusal = answer(405, "The web app is only read.", headers={"Allow": ", ".join(_METHODS)})
            await refusal(scope, receive, send)
            return
        may_compress = self._compressing.includes(scope["path"])
        form = file.form(encoding_for(headers.get(b"accept-encoding", b"")) if may_compress else None)
        had = headers.get(b"if-none-match")
        if status == 200 and had is not None and file.is_had_by(had):
            await _send(send, 304, form.about, b"")
        else:
            await _send(send, status, form.headers, b"" if scope["method"] == "HEAD" else form.body)

    async def _lead(self, address: str, scope: Scope, send: Send) -> None:
        scope[ROUTE] = _NAME
        # Only names of files of ours get here, so this never leads to another host.
        query = scope["query_string"]
        target = address.encode() + (b"?" + query if query else b"")
        await _send(send, 308, ((b"location", target), (b"content-length", b"0")), b"")


async def _send(send: Send, status: int, headers: tuple[Header, ...], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
