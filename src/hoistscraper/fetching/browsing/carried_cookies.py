"""The cookies of a session, carried into the browser and, where the website renewed them there, back."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp.helpers import is_ip_address
from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError
from yarl import URL

from hoistscraper.fetching.site_session import SiteSession

if TYPE_CHECKING:
    from http.cookies import Morsel

    from playwright._impl._api_structures import SetCookieParam
    from playwright.async_api import Cookie

_Key = tuple[str, str, str]
"""Name, domain (with a dot in front where hosts below it are meant, too) and path."""


class CarriedCookies:
    """Keeps the jar of a session and a browser's context alike, change by change.

    Only what changed on one side is taken over by the other, for pages in other tabs and plain requests go on
    meanwhile, and either may be given a new cookie.
    """

    def __init__(self, context: BrowserContext, session: SiteSession) -> None:
        self._context = context
        self._session = session
        self._of_jar: dict[_Key, str] = {}
        self._of_browser: dict[_Key, str] = {}
        self._turn = asyncio.Lock()

    async def carry_in(self) -> None:
        """Show the browser what the session has."""
        async with self._turn:
            wanted = {_key(cookie): cookie for cookie in self._of_session()}
            for key in self._of_jar.keys() - wanted.keys():
                name, domain, path = key
                await self._context.clear_cookies(name=name, domain=domain, path=path)
                self._of_browser.pop(key, None)
            for key, cookie in wanted.items():
                if self._of_jar.get(key) != cookie["value"]:
                    await self._add(cookie)
                    self._of_browser[key] = cookie["value"]
            self._of_jar = {key: cookie["value"] for key, cookie in wanted.items()}

    async def bring_back(self) -> None:
        """Let the session know what the website did in the browser."""
        async with self._turn:
            found = {_key(cookie): cookie for cookie in await self._context.cookies()}
            for key in self._of_browser.keys() - found.keys():
                self._drop(key)
                self._of_jar.pop(key, None)
            for key, cookie in found.items():
                if self._of_browser.get(key) != cookie["value"] and (origin := self._origin_for(cookie)):
                    self._keep(cookie, origin)
                    self._of_jar[key] = self._in_jar(key)
            self._of_browser = {key: cookie["value"] for key, cookie in found.items()}

    async def clear(self) -> None:
        """Forget every cookie on both sides."""
        async with self._turn:
            self._session.jar.clear()
            await self._context.clear_cookies()
            self._of_jar, self._of_browser = {}, {}

    async def _add(self, cookie: "SetCookieParam") -> None:
        # What the browser does not take, the website will miss and say so.
        with suppress(PlaywrightError):
            await self._context.add_cookies([cookie])

    def _of_session(self) -> "Iterator[SetCookieParam]":
        # Without protection they would go to the same host's unprotected pages, which are another website.
        is_protected = self._session.home.scheme == "https"
        for morsel in self._session.jar:
            yield {
                "name": morsel.key,
                "value": morsel.value,
                "domain": self._domain(morsel),
                "path": morsel["path"] or "/",
                "secure": is_protected or bool(morsel["secure"]),
                "httpOnly": bool(morsel["httponly"]),
            }

    def _domain(self, morsel: "Morsel[str]") -> str:
        domain, path = str(morsel["domain"]), str(morsel["path"]) or "/"
        if is_ip_address(domain):
            return domain
        below = URL.build(scheme="https", host=f"below.{domain}", path=path)
        return f".{domain}" if morsel.key in self._session.jar.filter_cookies(below) else domain

    def _origin_for(self, cookie: "Cookie") -> URL | None:
        domain = cookie["domain"]
        for origin in map(URL, sorted(self._session.origins)):
            host = origin.raw_host or ""
            if host == domain.lstrip(".") or (domain.startswith(".") and host.endswith(domain)):
                return origin
        return None

    def _keep(self, cookie: "Cookie", origin: URL) -> None:
        wide = f"; Domain={cookie['domain']}" if cookie["domain"].startswith(".") else ""
        marks = ("; Secure" if cookie["secure"] else "") + ("; HttpOnly" if cookie["httpOnly"] else "")
        header = f"{cookie['name']}={cookie['value']}; Path={cookie['path']}{wide}{marks}"
        self._session.jar.update_cookies_from_headers([header], origin)

    def _in_jar(self, key: _Key) -> str:
        return next((cookie["value"] for cookie in self._of_session() if _key(cookie) == key), "")

    def _drop(self, key: _Key) -> None:
        name, domain, path = key
        gone = (name, domain.lstrip("."), path)
        self._session.jar.clear(lambda kept: (kept.key, kept["domain"], kept["path"] or "/") == gone)


def _key(cookie: "Cookie | SetCookieParam") -> _Key:
    return cookie["name"], cookie["domain"] or "", cookie["path"] or "/"
