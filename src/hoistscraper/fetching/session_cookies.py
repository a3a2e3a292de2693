"""Cookies during one visit: a website that we log in to has a jar of its own, which opens for it alone."""

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
        # Values go back as they came; many websites do not understand the quotation marks of the standard.
        self._own = CookieJar(unsafe=True, quote_cookie=False)

    def update_cookies(self, cookies: LooseCookies, response_url: URL = URL()) -> None:  # noqa: B008 - as there
        """Keep what an answer sets."""
        if self._session.trusts(response_url):
            self._own.update_cookies(cookies, response_url)
        else:
            super().update_cookies(cookies, response_url)

    def update_cookies_from_headers(self, headers: Sequence[str], response_url: URL) -> None:
        """Keep what the headers of an answer set."""
        if self._session.trusts(response_url):
            self._own.update_cookies_from_headers(headers, response_url)
        else:
            super().update_cookies_from_headers(headers, response_url)

    def filter_cookies(self, request_url: URL = URL()) -> "BaseCookie[str]":  # noqa: B008 - as there
        """Return what a request takes along."""
        if self._session.trusts(request_url):
            if cookies := self._session.new_cookies():
                self._own.update_cookies(cookies, self._session.home.with_path("/"))
            return self._own.filter_cookies(request_url)
        return super().filter_cookies(request_url)
