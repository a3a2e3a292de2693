"""What one website knows us by, carried during one visit and shown to nobody else."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote_plus

from aiohttp import CookieJar
from yarl import URL

from hoistscraper.errors import Refused
from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.forms import Submission
from hoistscraper.fetching.manners import Manners
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.urls import origin_of, web_address
from hoistscraper.fetching.wording import shown, site_of

_LEAST_TELLING = 5  # characters: shorter ones stand in addresses by chance


class LogInFailed(Refused):
    """The website does not let us in; its text says why and what to do. Stops the visit to that website."""

    kind = "log-in-failed"


class Door(Protocol):
    """What a log-in may ask of the website; ``manners`` are for a browser that does the asking."""

    @property
    def manners(self) -> Manners:
        """The pace of the visit, and nothing to obey: see ``FrontDoor``."""

    async def page(self, url: URL) -> Page:
        """Return the page at an address, redirects followed."""

    async def submit(self, form: Submission, *, page_url: str) -> Page | None:
        """Post a form of the page at ``page_url`` and return where that leads; ``None``: an empty page."""


class LogIn(Protocol):
    """A way to log in that takes steps: it leaves its cookies in the session's jar."""

    async def __call__(self, session: "SiteSession", door: Door) -> None:
        """Log in.

        :raises LogInFailed: the website does not take what it was given.
        :raises FetchError: the website cannot be reached for now.
        """


class SiteSession:
    """The headers and cookies for one website's own origin, and how the visit went with them.

    ``origins`` are all that ever get them: scheme, host and port of the website, the same host over TLS, and
    the origin of ``log_in_url`` where a person named another one. ``given`` says what was given to the
    website ("the user name and password"); ``secrets`` are the texts that no address may show.
    """

    def __init__(
        self,
        website_url: str,
        *,
        given: str,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        log_in: LogIn | None = None,
        log_in_url: str | None = None,
        secrets: Sequence[str] = (),
    ) -> None:
        self.home = web_address(website_url).with_fragment(None)
        self.given = given
        self.log_in = log_in
        self.is_verified = False
        self.failed_reason: str | None = None
        self.headers: Mapping[str, str] = dict(headers or {})
        self._given_cookies = dict(cookies or {})
        self._own = _own_origins(self.home)
        self.origins = self._own | ({origin_of(web_address(log_in_url))} if log_in_url else set())
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _LEAST_TELLING)

    def __repr__(self) -> str:
        return f"SiteSession({origin_of(self.home)})"

    @property
    def name(self) -> str:
        """What a person calls the website."""
        return site_of(str(self.home))

    @property
    def context(self) -> str:
        """The name under which a browser keeps what belongs to this session."""
        return str(self.home)

    @property
    def set_again(self) -> str:
        """What to do about a log-in that does not work."""
        return f"set the log-in again with `hoistscraper credential set {shown(str(self.home))}`"

    def is_for(self, url: URL) -> bool:
        """Whether this is a page of the website itself."""
        return origin_of(url) in self._own

    def trusts(self, url: URL) -> bool:
        """Whether cookies and passwords may go there."""
        return origin_of(url) in self.origins

    def headers_for(self, url: URL) -> Mapping[str, str]:
        """Return what to send along with a request: nothing, unless it goes to the website itself."""
        return self.headers if self.headers and self.is_for(url) else {}

    @cached_property
    def jar(self) -> CookieJar:
        """The cookies that are carried, those that were given and those that the website sets on the visit.

        Whoever takes from it asks ``trusts`` before.
        """
        # Values go back as they came; many websites do not understand the quotation marks of the standard.
        jar = CookieJar(unsafe=True, quote_cookie=False)
        jar.update_cookies(self._given_cookies, self.home.with_path("/"))
        return jar

    def reveals(self, url: URL) -> bool:
        """Whether an address holds a secret, which would then be kept, logged and passed on."""
        return self.is_told(unquote_plus(str(url)))

    def discreet(self, url: URL) -> URL:
        """Return an address that may be followed.

        :raises AddressRefused: it holds a secret.
        """
        if self.reveals(url):
            raise AddressRefused(
                f"{self.name} writes a secret of its log-in into a web address, which was not followed.",
                url=str(self.home),
            )
        return url

    def is_told(self, text: str) -> bool:
        """Whether a text has a secret in it, as it was given."""
        return any(secret in text for secret in self._secrets)

    def confirm(self) -> None:
        """Note that the website let us in."""
        self.is_verified = True

    def failed(self, sentence: str) -> LogInFailed:
        """Note why the website does not let us in, and return it as the failure to raise."""
        self.is_verified = False
        self.failed_reason = sentence
        return LogInFailed(sentence)


def _own_origins(home: URL) -> set[str]:
    origins = {origin_of(home)}
    # A website named without TLS usually sends the reader on to the same host with it, never the other way.
    if home.scheme == "http" and home.is_default_port():
        origins.add(origin_of(home.with_scheme("https").with_port(None)))
    return origins
