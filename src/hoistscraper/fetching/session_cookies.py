"""Cookies during one visit: those of a session stay in its own jar, which opens for its website alone."""

from collections.abc import Sequence
from http.cookies import BaseCookie

from aiohttp import CookieJar
from aiohttp.typedefs import LooseCookies
from yarl import URL

from hoistscraper.fetching.site_session import SiteSession


class SessionCookies(CookieJar):
    """Keeps the session's cookies apart from those of other hosts, whatever domain they were set for."""

    def __init__(self, session: SiteSession) -> None:
        super().__init__()
        self._session = session

    def update_cookies(self, cookies: LooseCookies, response_url: URL = URL()) -> None:  # noqa: B008 - as there
        """Keep what an answer sets."""
        if self._session.trusts(response_url):
            self._session.jar.update_cookies(cookies, response_url)
        else:
            super().update_cookies(cookies, response_url)

    def update_cookies_from_headers(self, headers: Sequence[str], response_url: URL) -> None:
        """Keep what the headers of an answer set."""
        if self._session.trusts(response_url):
            self._session.jar.update_cookies_from_headers(headers, response_url)
        else:
            super().update_cookies_from_headers(headers, response_url)

    def filter_cookies(self, request_url: URL = URL()) -> "BaseCookie[str]":  # noqa: B008 - as there
        """Return what a request takes along."""
        if self._session.trusts(request_url):
            return self._session.jar.filter_cookies(request_url)
        return super().filter_cookies(request_url)
