"""Making a page show all it has: scrolling to its end, pressing its "load more"."""

from playwright.async_api import Page as BrowserPage

_SIZE = "() => document.getElementsByTagName('*').length + document.body.innerText.length"
_SCROLL = """() => {
  const scrollable = node => node.scrollHeight > node.clientHeight + 50
    && /(auto|scroll)/.test(getComputedStyle(node).overflowY);
  for (const node of document.querySelectorAll('main, main *, [role=main] *, body > div, body > div *')) {
    if (scrollable(node)) node.scrollTop = node.scrollHeight;
  }
  window.scrollTo(0, document.documentElement.scrollHeight);
}"""
# A link with an address of its own is left alone: the page behind it is fetched as a page.
_PRESS = """words => {
  const plain = text => text.normalize('NFKD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase()
    .replace(/[^\\p{L}\\p{N} ]+/gu, ' ').replace(/\\s+/g, ' ').trim();
  const wanted = words.map(plain);
  const leads = link => {
    const to = link.getAttribute('href');
    return to !== null && !to.startsWith('#') && !to.toLowerCase().startsWith('javascript:');
  };
  const nodes = document.querySelectorAll('button, a, [role=button], input[type=button], summary');
  for (const node of nodes) {
    const text = plain(node.innerText || node.value || node.getAttribute('aria-label') || '');
    if (!text || text.length > 60 || node.disabled || node.getAttribute('aria-disabled') === 'true') continue;
    if (!wanted.some(word => ` ${text} `.includes(` ${word} `))) continue;
    if (node.tagName === 'A' && leads(node)) continue;
    if (node.type === 'submit' && node.form && node.form.getAttribute('action')) continue;
    if (!node.checkVisibility({visibilityProperty: true})) continue;
    node.scrollIntoView({block: 'center'});
    node.click();
    return true;
  }
  return false;
}"""


async def size_of(page: BrowserPage) -> int:
    """Return a number that grows with what the page shows."""
    return int(await page.evaluate(_SIZE))


async def scroll_to_end(page: BrowserPage) -> None:
    """Scroll the page, and what scrolls within it, to the end."""
    await page.evaluate(_SCROLL)


async def press_more(page: BrowserPage, words: tuple[str, ...]) -> bool:
    """Press the first button that says one of the words; return false if there is none.

    Words are compared without accents, capitals and punctuation, as whole words.
    """
    return bool(await page.evaluate(_PRESS, list(words)))
