"""A website of calls that is empty until its script has run."""

import json
from urllib.parse import unquote

from tests.sites.calls import CallsWebsite
from tests.sites.server import Exchange, Site

SHELL = """<!doctype html><html lang="en"><head><title>Calls</title></head><body><div id="root"></div>
<noscript>Please enable JavaScript to see this page.</noscript>
<script src="/app.js"></script></body></html>"""
SCRIPT = """
fetch("/content?" + encodeURIComponent(location.pathname + location.search)).then(r => r.json()).then(c => {
  document.getElementById("root").outerHTML = c.body;
});
"""


class ScriptedSite(Site):
    """The website of calls, whose pages are all filled in by a script, with ``more`` at their end."""

    def __init__(self, website: CallsWebsite, *, host: str = "127.0.0.1", more: str = "") -> None:
        super().__init__({}, host=host)
        self._website = website
        self._more = more

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path
        if path == "/app.js":
            await exchange.send(SCRIPT, kind="text/javascript")
        elif path.startswith("/content?"):
            content = content_of(self._website, path, more=self._more)
            await exchange.send(content, kind="application/json")
        elif path == "/" or path.startswith("/calls/"):
            await exchange.send(SHELL)
        else:
            await exchange.send("", status=404)


def content_of(website: CallsWebsite, path: str, *, more: str = "") -> str:
    """Return what the script is answered: the content of a page as JSON."""
    call = next((call for call in website.calls if unquote(path).endswith(call.path)), None)
    html = website.detail(call) if call else website.listing(1)
    body = html.split("<body>")[1].split("</body>")[0]
    return json.dumps({"body": f"<div>{body}{more}</div>"})
