"""Pages that websites send instead of what was asked for: checks for robots, refusals, log-ins. Pure."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import ClassVar, TypedDict

from lxml import etree

from hoistscraper.errors import Refused, Unavailable
from hoistscraper.extraction.document import Document, parse
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.lexicon import alternation
from hoistscraper.extraction.lines import one_line, squeeze
from hoistscraper.fetching.errors import FetchError, Forbidden, RateLimited, ServerFailure, UnexpectedStatus
from hoistscraper.fetching.page import Page

# Longer pages hold content of their own, whatever they mention; refusals are short.
LONGEST_REFUSAL = 2_500
LONGEST_WITH_HEADLINE = 1_500
LONGEST_WITH_MARK = 600
LONGEST_LOG_IN = 1_000
LEAST_PAGES = 2
_LONGEST_HEADLINE = 80
_TITLE_PARTS = re.compile(r"\s*[|–—·»:!.?]+\s*|\s+-\s+")


class Block(StrEnum):
    """What stands in the place of the page."""

    CAPTCHA = "captcha"
    DENIED = "denied"
    TRAFFIC = "traffic"
    SESSION = "session"
    MAINTENANCE = "maintenance"


class InsteadOfPage(FetchError):
    """Something else came than the page; ``retry_after_seconds`` where the website says when to come back."""

    def __init__(self, message: str, *, url: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message, url=url)
        self.retry_after_seconds = retry_after_seconds


class PageBlocked(InsteadOfPage, Refused):
    """The website answered with a refusal or a check for robots instead of its page."""

    kind: ClassVar[str] = "blocked-page"


class LoggedOut(InsteadOfPage, Refused):
    """The website shows its log-in instead of its page."""

    kind: ClassVar[str] = "logged-out"


class UnderMaintenance(InsteadOfPage, Unavailable):
    """The website says that it is being worked on."""

    kind: ClassVar[str] = "maintenance"


class _Words(TypedDict, total=False):
    headlines: list[str]
    sentences: list[str]
    marks: list[str]


_SENTENCES = {
    Block.CAPTCHA: "The website asks whether a person is reading (a captcha) instead of showing its page.",
    Block.DENIED: "The website answered that access is denied instead of showing its page.",
    Block.TRAFFIC: "The website answered that it was asked too often instead of showing its page.",
    Block.SESSION: "The website shows its log-in instead of the page: we are logged out.",
    Block.MAINTENANCE: "The website says that it is under maintenance.",
}


# Failures by their status, of which the page that comes along may tell more.
_SAYS_MORE_THAN: Mapping[Block, tuple[type[FetchError], ...]] = MappingProxyType(
    {
        Block.CAPTCHA: (FetchError,),
        Block.DENIED: (RateLimited, ServerFailure, UnexpectedStatus),
        Block.TRAFFIC: (Forbidden, ServerFailure, UnexpectedStatus),
        Block.SESSION: (),
        Block.MAINTENANCE: (ServerFailure,),
    }
)


def find_block(document: Document) -> Block | None:
    """Return what stands in the place of a page; only ask about pages on which no call was read.

    A call about captchas or access rights is no refusal: what counts is a short page whose whole headline
    says so, or that says it to its visitor.
    """
    text = one_line(document.root)
    if len(text) > LONGEST_REFUSAL:
        return None
    folded, headlines = fold(text), _headlines(document, "h1", "h2")
    for block in Block:
        if _sentences_of(block).search(folded):
            return block
        # Beside a list of nothing there may be a box to log in by, with a heading of its own.
        heads = _headlines(document, "h1") if block is Block.SESSION else headlines
        if len(text) <= LONGEST_WITH_HEADLINE and heads & _headlines_of(block):
            return block
    return _by_its_build(document, len(text))


def block_of(page: Page) -> Block | None:
    """Return what stands in the place of a page, if it is one that people read in a browser."""
    return find_block(parse(page.text, page.final_url)) if is_html(page) else None


def is_html(page: Page) -> bool:
    """Tell whether a page is HTML, or says nothing of what it is."""
    return page.media_type in (None, "text/html", "application/xhtml+xml")


def block_behind(failure: FetchError) -> Block | None:
    """Return what a website sent along with a status that says less, if it did."""
    block = block_of(failure.instead) if failure.instead else None
    return block if block and isinstance(failure, _SAYS_MORE_THAN[block]) else None


def as_told(failure: FetchError) -> FetchError:
    """Return a failure as the page that came along tells it, where that says more than the status."""
    block = block_behind(failure)
    later = getattr(failure, "retry_after_seconds", None)
    return refusal_of(block, failure.url, retry_after_seconds=later) if block else failure


def refusal_of(block: Block, url: str, *, retry_after_seconds: float | None = None) -> InsteadOfPage:
    """Return the failure that a block means."""
    kind = {Block.SESSION: LoggedOut, Block.MAINTENANCE: UnderMaintenance}.get(block, PageBlocked)
    return kind(_SENTENCES[block], url=url, retry_after_seconds=retry_after_seconds)


def main_block(blocks: Mapping[Block, int], *, pages_asked: int) -> Block | None:
    """Return what stood in the place of most pages behind calls, if of most of them anything did."""
    if not blocks:
        return None
    block, pages = max(blocks.items(), key=lambda item: item[1])
    return block if pages >= LEAST_PAGES and pages > pages_asked / 2 else None


def _by_its_build(document: Document, length: int) -> Block | None:
    if length <= LONGEST_LOG_IN and any(
        (field.get("type") or "").lower() == "password" for field in document.root.iter("input")
    ):
        return Block.SESSION
    if length <= LONGEST_WITH_MARK and _is_marked(document):
        return Block.CAPTCHA
    return None


def _is_marked(document: Document) -> bool:
    marks = tuple(_words()[Block.CAPTCHA].get("marks", ()))
    built = [
        f"{node.get('id') or ''} {node.get('class') or ''} {node.get('action') or ''}"
        for node in document.root.iter(etree.Element)
    ]
    built += [script.text for script in document.scripts]
    return any(mark in part.lower() for part in built for mark in marks)


def _headlines(document: Document, *tags: str) -> set[str]:
    told = [document.title or "", *(one_line(node) for node in document.root.iter(*tags))]
    wholes = [squeeze(line) for line in told if line and len(line) <= _LONGEST_HEADLINE]
    parts = [part for line in wholes for part in _TITLE_PARTS.split(line)]
    return {fold(line).strip(" .!:?") for line in (*wholes, *parts)} - {""}


@cache
def _words() -> dict[str, _Words]:
    words: dict[str, _Words] = tomllib.loads(files(__package__).joinpath("blocked.toml").read_text("utf-8"))
    return words


@cache
def _headlines_of(block: Block) -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in _words()[block].get("headlines", ()))


@cache
def _sentences_of(block: Block) -> re.Pattern[str]:
    phrases = map(fold, _words()[block].get("sentences", ()))
    return re.compile(rf"(?<!\w)(?:{alternation(phrases)})(?!\w)")
