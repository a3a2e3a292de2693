"""The kinds of log-in that a website may want, as checked values whose ``repr`` shows no secret."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from hoistscraper.accounts.steps import Step
from hoistscraper.errors import Invalid
from hoistscraper.fetching.urls import web_address
from hoistscraper.websites.addresses import must_be_public

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NOT_IN_COOKIES = re.compile(r"[\x00-\x20\x7f;,]")
_SET_BY_US = frozenset(
    "accept accept-encoding connection content-length content-type cookie host origin range referer "
    "transfer-encoding upgrade user-agent if-none-match if-modified-since".split()
)
_LONGEST = 8_000


class Kind(StrEnum):
    """How a website is logged in to."""

    BASIC = "basic"
    COOKIE = "cookie"
    HEADER = "header"
    FORM = "form"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicCredential:
    """A user name and password that the browser itself asks for (HTTP basic)."""

    user: str = field(repr=False)
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        _must_be_sendable("The user name", self.user)
        _must_be_sendable("The password", self.password)
        if ":" in self.user:
            raise Invalid("The user name has a colon in it, which this kind of log-in cannot send.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CookieCredential:
    """The cookies of a browser that is logged in, by name."""

    cookies: Mapping[str, str] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.cookies:
            raise Invalid("There is no cookie in it; write them as name=value; name=value.")
        for name, value in self.cookies.items():
            if not _TOKEN.fullmatch(name) or _NOT_IN_COOKIES.search(value) or not value.isascii():
                raise Invalid("A cookie has characters that cannot be sent; write name=value; name=value.")
        _must_be_short("The cookies", "".join(f"{n}{v}" for n, v in self.cookies.items()))
        object.__setattr__(self, "cookies", MappingProxyType(dict(self.cookies)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderCredential:
    """A header that goes with every request, such as an API key."""

    name: str
    value: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _TOKEN.fullmatch(self.name):
            raise Invalid("The name is none that a header can have; one looks like X-Api-Key.")
        if self.name.lower() in _SET_BY_US:
            raise Invalid(f"The header {self.name} is set by HoistScraper itself; choose another kind.")
        _must_be_sendable("The header's value", self.value)
        if not self.value.isascii():
            raise Invalid("The header's value has letters that headers cannot carry.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCredential:
    """A name and password for the form at ``url``; its fields are found by themselves unless named.

    ``more`` are further fields to fill in; ``success_text`` stands on the page that comes afterwards.
    """

    url: str
    user: str = field(repr=False)
    password: str = field(repr=False)
    user_field: str | None = None
    password_field: str | None = None
    more: Mapping[str, str] = field(default_factory=dict, repr=False)
    success_text: str | None = None

    def __post_init__(self) -> None:
        web_address(self.url)
        _must_be_sendable("The user name", self.user)
        _must_be_sendable("The password", self.password)
        for name, value in self.more.items():
            _must_be_sendable(f"The field {name}", value)
        object.__setattr__(self, "more", MappingProxyType(dict(self.more)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCredential:
    """Steps in a browser, for websites that no other kind can log in to."""

    url: str
    steps: tuple[Step, ...] = field(repr=False)

    def __post_init__(self) -> None:
        web_address(self.url)
        if not self.steps:
            raise Invalid("The recording has no steps; record at least one field to fill and one click.")


Credential = BasicCredential | CookieCredential | HeaderCredential | FormCredential | RecordedCredential


def cookies_from(text: str) -> dict[str, str]:
    """Return the cookies of a ``Cookie`` header, as a browser's tools show it.

    :raises Invalid: it is none.
    """
    plain = re.sub(r"(?i)^\s*cookie:", "", text)
    pairs = [pair.partition("=") for pair in plain.split(";") if pair.strip()]
    if not pairs or not all(equals for _, equals, _ in pairs):
        raise Invalid("The cookies cannot be read; write them as name=value; name=value.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def must_suit(credential: Credential, website_url: str, allow_hosts: AbstractSet[str]) -> None:
    """Check that a log-in may be used for a website.

    :raises Invalid: it would send a password unprotected, though the website is protected; or it begins at
        an address of a private network that ``allow_hosts`` does not open.
    """
    if isinstance(credential, FormCredential | RecordedCredential):
        website, log_in = web_address(website_url), web_address(credential.url)
        if website.scheme == "https" and log_in.scheme != "https":
            raise Invalid("The log-in address must begin with https://, as the website's own does.")
        must_be_public(credential.url, allow_hosts)


def _must_be_sendable(what: str, text: str) -> None:
    if not text:
        raise Invalid(f"{what} is empty.")
    if _UNSENDABLE.search(text):
        raise Invalid(f"{what} has a line break or control character in it.")
    _must_be_short(what, text)


def _must_be_short(what: str, text: str) -> None:
    if len(text) > _LONGEST:
        raise Invalid(f"{what} has more than {_LONGEST} characters.")
