"""Does a page say that we are logged out? Judged by what a person would see.  (pure)"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from yarl import URL

from hoistscraper.fetching.forms import is_for_users, is_typed_into, parsed, password_inputs
from hoistscraper.fetching.log_in_words import (
    is_heading_of_log_in,
    is_log_in_address,
    is_log_out,
    plain,
    says_log_in_first,
    says_session_ended,
)
from hoistscraper.fetching.page import Page

MOST_WORDS_OF_A_LOG_IN_PAGE = 150
MOST_WORDS_OF_A_NOTICE = 60
_LARGEST_NOTICE_BYTES = 60_000  # no page of so few words is longer, as a rule
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_ASIDE_TAGS = frozenset({"header", "nav", "aside", "footer", "dialog", "template", "noscript"})
_ASIDE_ROLES = frozenset({"banner", "navigation", "complementary", "contentinfo", "dialog", "menu", "search"})
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:header|nav|navbar|navigation|menu|topbar|toolbar|sidebar|aside|footer|modal|popup|dropdown|"
    r"offcanvas|overlay|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "head", "title", "svg", "option"})
_TITLE_PARTS = re.compile(r" [|–—·:-] ")


def log_in_wanted(asked: URL, page: Page) -> str | None:
    """Return in words how a page shows that we are logged out ("it shows a log-in form"), or ``None``."""
    if page.not_modified or page.media_type not in _HTML_TYPES:
        return None
    if is_log_in_address(URL(page.final_url)) and not is_log_in_address(asked):
        return "it sends us to its log-in page"
    return shows_log_in(page)


def shows_log_in(page: Page) -> str | None:
    """Return how a page itself asks for a log-in, wherever it stands."""
    if page.media_type not in _HTML_TYPES or not _may_ask(page):
        return None
    root = parsed(page.text)
    if _offers_log_out(root):
        return None
    text = plain(" ".join(_pieces(root)))
    words = len(text.split())
    if _asks_for_password(root) and (words <= MOST_WORDS_OF_A_LOG_IN_PAGE or _is_headed_log_in(root)):
        return "it shows a log-in form"
    return _notice(root, text) if words <= MOST_WORDS_OF_A_NOTICE else None


def says_little(page: Page) -> bool:
    """Whether a page has no more to say than a notice."""
    text = plain(" ".join(_pieces(parsed(page.text))))
    return len(text.split()) <= MOST_WORDS_OF_A_NOTICE


def _notice(root: HtmlElement, text: str) -> str | None:
    if says_session_ended(text):
        return "it says that the session has ended"
    if says_log_in_first(text) or (_asks_for_one_thing(root) and _is_headed_log_in(root)):
        return "it asks for a log-in"
    return None


def _may_ask(page: Page) -> bool:
    return len(page.content) <= _LARGEST_NOTICE_BYTES or b"password" in page.content.lower()


def _asks_for_password(root: HtmlElement) -> bool:
    fields = [field for field in password_inputs(root) if not _stands_aside(field)]
    # Two passwords: to register, or to change one.
    return len(fields) == 1 and (fields[0].get("autocomplete") or "").lower() != "new-password"


def _asks_for_one_thing(root: HtmlElement) -> bool:
    """Whether there is a single field to type into: the name, before the password is asked for."""
    typed = [node for node in root.iter("input") if is_typed_into(node) and not _stands_aside(node)]
    return len(typed) == 1 and is_for_users(typed[0])


def _stands_aside(node: HtmlElement) -> bool:
    return any(_is_aside(part) for part in (node, *node.iterancestors()))


def _is_aside(node: HtmlElement) -> bool:
    if node.tag in ("html", "body"):
        return False
    return (
        node.tag in _ASIDE_TAGS
        or (node.get("role") or "").lower() in _ASIDE_ROLES
        or node.get("hidden") is not None
        or bool(_HIDDEN.search(node.get("style") or ""))
        or bool(_ASIDE_NAME.search(f"{node.get('class') or ''} {node.get('id') or ''}"))
    )


def _offers_log_out(root: HtmlElement) -> bool:
    return any(
        is_log_out(node.text_content() or node.get("value") or "")
        for node in root.iter("a", "button", "input")
    )


def _is_headed_log_in(root: HtmlElement) -> bool:
    headings = [node.text_content() for node in root.iter("h1", "h2", "legend") if not _stands_aside(node)]
    titles = [part for node in root.iter("title") for part in _TITLE_PARTS.split(node.text_content())]
    return any(is_heading_of_log_in(text) for text in (*headings[:3], *titles[:2]))


def _pieces(root: HtmlElement) -> Iterator[str]:
    """Yield the visible text of the page's own part."""
    body = root.find("body")
    stack: list[HtmlElement | str] = [root if body is None else body]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        for child in reversed(node):
            if child.tail:
                stack.append(child.tail)
            if isinstance(child.tag, str) and child.tag not in _UNSEEN and not _is_aside(child):
                stack.append(child)
        if node.text:
            stack.append(node.text)
