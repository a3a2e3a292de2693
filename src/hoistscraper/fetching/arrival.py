"""From an answer to the page that is handed on."""

from collections.abc import Mapping

from yarl import URL

from hoistscraper import clock
from hoistscraper.fetching.errors import EmptyPage, NotAPage, UnsupportedAddress
from hoistscraper.fetching.media_types import declared_charset, declared_type, is_document, media_type_of
from hoistscraper.fetching.meta_refresh import refresh_target
from hoistscraper.fetching.page import Page, Validators
from hoistscraper.fetching.statuses import NOT_MODIFIED
from hoistscraper.fetching.urls import joined
from hoistscraper.fetching.wire import Answer
from hoistscraper.fetching.wording import shown

_LARGEST_REFRESH_BYTES = 80_000
_BLANK = b" \t\r\n\f\x00\xef\xbb\xbf\xfe\xff"


def conditions_of(validators: Validators | None) -> Mapping[str, str]:
    """Return the headers that ask for a page only if it changed."""
    if validators is None:
        return {}
    conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in conditions.items() if value}


def page_of(url: str, answer: Answer, asked: Validators | None, elapsed_seconds: float) -> Page:
    """Return the page that an answer holds.

    :raises EmptyPage: it holds nothing.
    :raises NotAPage: it holds neither a page nor a document.
    """
    not_modified = answer.status == NOT_MODIFIED
    content_type = answer.headers.get("content-type")
    given = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
    return Page(
        url=url,
        final_url=answer.url,
        status=answer.status,
        content=answer.content,
        fetched_at=clock.now(),
        media_type=declared_type(content_type) if not_modified else _media_type(answer, content_type),
        charset=declared_charset(content_type),
        headers=answer.headers,
        validators=asked if asked and not_modified and given == Validators() else given,
        not_modified=not_modified,
        wire_bytes=answer.wire_bytes,
        elapsed_seconds=elapsed_seconds,
    )


def page_instead(answer: Answer) -> Page | None:
    """Return what came in the place of the page that was asked for, if anything did."""
    if not answer.content.strip(_BLANK):
        return None
    content_type = answer.headers.get("content-type")
    return Page(
        url=answer.url,
        final_url=answer.url,
        status=answer.status,
        content=answer.content,
        fetched_at=clock.now(),
        media_type=declared_type(content_type),
        charset=declared_charset(content_type),
        headers=answer.headers,
    )


def refresh_of(page: Page) -> URL | None:
    """Return where an otherwise empty page sends the reader."""
    if page.media_type not in ("text/html", "application/xhtml+xml"):
        return None
    if len(page.content) > _LARGEST_REFRESH_BYTES or b"refresh" not in page.content.lower():
        return None
    reference = refresh_target(page.text)
    try:
        target = joined(page.final_url, reference) if reference else None
    except UnsupportedAddress:
        return None
    return None if target == URL(page.final_url) else target


def refuse_document(page: Page) -> None:
    """Refuse what a reader of pages cannot read.

    :raises NotAPage: it is a PDF or an office document.
    """
    if page.media_type and is_document(page.media_type):
        raise NotAPage(f"{shown(page.final_url)} is a document, and a web page is wanted here.", url=page.url)


def _media_type(answer: Answer, content_type: str | None) -> str:
    if not answer.content.strip(_BLANK):
        raise EmptyPage(
            f"{shown(answer.url)} came without any content; try again later.",
            url=answer.url,
        )
    media_type = media_type_of(declared_type(content_type), answer.content)
    if media_type is None:
        raise NotAPage(
            f"{shown(answer.url)} is neither a web page nor a document that can be read; check the address.",
            url=answer.url,
        )
    return media_type
