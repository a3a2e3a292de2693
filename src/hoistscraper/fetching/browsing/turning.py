"""Turning the pages of a list that have no addresses: by pressing what a reader would press."""

from typing import TYPE_CHECKING, Protocol

from hoistscraper.fetching.browsing.rendered import RenderedPage
from hoistscraper.fetching.errors import FetchError

if TYPE_CHECKING:  # whoever turns pages may never need a browser
    from playwright.async_api import Page as BrowserPage

CONTROL = "data-hoist-control"
"""While a control is chosen, each that could be pressed bears its number in this attribute."""

_TEXT = "() => document.body ? document.body.innerText : ''"
# A link with an address of its own is left alone: the page behind it is fetched as a page.
_MARK = """name => {
  const here = location.href.split('#')[0];
  const leads = link => {
    const to = link.getAttribute('href');
    return to && !to.startsWith('#') && !/^\\s*javascript:/i.test(to) && link.href.split('#')[0] !== here;
  };
  const kinds = 'a, button, input[type=submit], input[type=button], input[type=image], '
    + '[role=button], [role=link], [onclick]';
  let number = 0;
  for (const node of document.querySelectorAll(kinds)) {
    if (node.disabled || node.getAttribute('aria-disabled') === 'true') continue;
    if (node.tagName === 'A' && leads(node)) continue;
    if (!node.checkVisibility({visibilityProperty: true})) continue;
    node.setAttribute(name, String(number++));
  }
}"""
_PRESS = """([name, wanted]) => {
  const node = document.querySelector(`[${name}="${wanted}"]`);
  for (const marked of document.querySelectorAll(`[${name}]`)) marked.removeAttribute(name);
  if (wanted === null || !node) return false;
  node.scrollIntoView({block: 'center'});
  node.click();
  return true;
}"""


class PageTurner(Protocol):
    """Reads the pages of a list while they are shown, and knows where they go on."""

    def begin(self) -> None:
        """Begin with the first page, again if the browser broke down."""

    def takes(self, page: RenderedPage) -> bool:
        """Take a page; tell whether the one after it is wanted."""

    def control(self, html: str, url: str) -> str | None:
        """Return the number of the control (see ``CONTROL``) that leads on, or ``None`` at the end."""

    def stop(self, failure: FetchError) -> RenderedPage | None:
        """Learn that no further page can be had; return the first page, if there was one."""


async def text_of(page: "BrowserPage") -> str:
    """Return what a page says, to be compared."""
    return str(await page.evaluate(_TEXT))


async def with_controls(page: "BrowserPage") -> str:
    """Return the page with everything that could be pressed marked."""
    await page.evaluate(_MARK, CONTROL)
    return await page.content()


async def press(page: "BrowserPage", control: str | None) -> bool:
    """Press a control and take all marks away; with ``None`` only that."""
    return bool(await page.evaluate(_PRESS, [CONTROL, control]))
