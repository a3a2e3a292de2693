"""Websites whose list goes on only by pressing something: postbacks, buttons, forms."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

from tests.sites.calls import CallsWebsite
from tests.sites.server import Exchange, Site

Pager = Callable[[int, int], str]
"""The controls of a page, by its number and the last one's."""

_POSTBACK = """<form method="post" action="/" id="form1"><input type="hidden" name="state" value="abc">
<input type="hidden" name="target" id="target"><input type="text" name="search">
<table><tr>{cells}</tr></table></form><script>
function __doPostBack(target) {{
  document.getElementById("target").value = target; document.getElementById("form1").submit();
}}</script>"""
_LINK = "<td><a href=\"javascript:__doPostBack('Page${}')\">{}</a></td>"
_TURN = """let page = 0;
document.getElementById("on").onclick = event => setTimeout(() => {
  document.querySelector("tbody").innerHTML = pages[++page];
  event.target.disabled = page + 1 == pages.length;
}, 300);"""


def postback(page: int, last: int) -> str:
    """Page numbers that are links to a script, ten at a time, as server frameworks write them."""
    first = (page - 1) // 10 * 10 + 1
    shown = range(first, min(first + 9, last) + 1)
    cells = [f"<td><span>{n}</span></td>" if n == page else _LINK.format(n, n) for n in shown]
    if shown[-1] < last:
        cells.append(_LINK.format(shown[-1] + 1, "..."))
    return _POSTBACK.format(cells="".join(cells))


def form(page: int, last: int) -> str:
    """A form with hidden fields and a button."""
    disabled = " disabled" if page == last else ""
    return (
        f'<form method="post" action="/"><input type="hidden" name="target" value="Page${page + 1}">'
        f'<input type="hidden" name="state" value="abc"><button{disabled}>Next page</button></form>'
    )


def carousel(_page: int, _last: int) -> str:
    """A button that turns pictures."""
    return """<div><p id=teaser>News 1</p><button onclick="teaser.append('!')">Next</button></div>"""


class TurnedSite(Site):
    """Serves the calls of a website page by page to whoever posts the page's number; ``pager`` is pressed.

    A page in ``broken`` answers with status 500. ``posts`` are the pages that were turned to.
    """

    def __init__(self, website: CallsWebsite, pager: Pager) -> None:
        super().__init__({})
        self._website = website
        self._pager = pager
        self.broken: set[int] = set()
        self.posts: list[int] = []

    @property
    def last(self) -> int:
        """The number of the last page."""
        return -(-len(self._website.calls) // self._website.page_size)

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path
        call = next((call for call in self._website.calls if call.path == path), None)
        if call:
            await exchange.send(self._website.detail(call))
        elif path == "/":
            await self._list(exchange)
        else:
            await exchange.send("", status=404)

    async def _list(self, exchange: Exchange) -> None:
        posted = parse_qs(exchange.request.body.decode())
        page = int(posted["target"][0].split("$")[1]) if posted.get("state") == ["abc"] else 1
        if page > 1:
            self.posts.append(page)
        if page in self.broken:
            await exchange.send("<h1>Server error</h1>", status=500)
        else:
            await exchange.send(self.listing(page))

    def listing(self, page: int) -> str:
        """Return one page of the list."""
        return self._with(self._pager(page, self.last), self._website.listing(page))

    @staticmethod
    def _with(pager: str, html: str) -> str:
        before, _, rest = html.partition("</table>")
        return f"{before}</table>{pager}</main>{rest.partition('</main>')[2]}"


class ButtonSite(TurnedSite):
    """Turns its pages by script, without any request; the first page is there at once."""

    def __init__(self, website: CallsWebsite) -> None:
        super().__init__(website, carousel)

    def listing(self, page: int) -> str:
        """Return the list, whose further pages stand in its script."""
        pages = (self._website.listing(number) for number in range(1, self.last + 1))
        rows = json.dumps([html.split("<tbody>")[1].split("</tbody>")[0] for html in pages])
        buttons = '<button disabled>Zurück</button><button id="on">Weiter ›</button>'
        pager = f'<div class="pagination">{buttons}</div>'
        return (
            f"{self._with(pager, self._website.listing(page))}<script>const pages = {rows}; {_TURN}</script>"
        )
