"""A website whose pages are filled by a script, with the pictures and typefaces that pages come with."""

import json

from tests.sites import Exchange, Site

_PAGE = """<!doctype html><title>Call</title><link rel=stylesheet href="/style.css">
{pictures}<main id=call></main><script src="/library.js"></script><script>
fetch("/call.json").then(answer => answer.json()).then(call => {{
  for (const fact of call.facts) {{
    const line = document.createElement("p");
    line.textContent = fact;
    document.getElementById("call").append(line);
  }}
}});
</script>"""
_STYLE = "@font-face { font-family: f; src: url(/face.woff2); } main { font-family: f; }"
_PICTURES = 12
_KINDS = {"css": "text/css", "js": "text/javascript", "json": "application/json", "png": "image/png"}


class CallSite(Site):
    """Answers every path that is no file with a call."""

    def __init__(self) -> None:
        super().__init__({})
        pictures = "".join(f'<img src="/picture-{n}.png">' for n in range(_PICTURES))
        self._page = _PAGE.format(pictures=pictures)
        self._files = {
            "css": _STYLE.encode(),
            "js": b"function unused() { return 1; }\n" * 5_000,
            "json": json.dumps({"facts": [f"Fact {n}" for n in range(40)]}).encode(),
            "png": b"\x89PNG\r\n\x1a\n" + bytes(60_000),
            "woff2": b"wOF2" + bytes(40_000),
        }

    async def answer(self, exchange: Exchange) -> None:
        """Answer with a file by its ending, else with the page."""
        ending = exchange.request.path.rpartition(".")[2]
        content = self._files.get(ending)
        # Nothing is kept by the browser, so that each page loads what a first visit loads.
        if content is None:
            await exchange.send(self._page, cache_control="no-store")
        else:
            kind = _KINDS.get(ending, "font/woff2")
            await exchange.send(content, kind=kind, cache_control="no-store")
