"""Why a page could not be had.

FetchError (HoistError)
├── UnsupportedAddress    (Invalid)      not a web address: mend it
├── AddressRefused        (Refused)      leads into a private network
├── UnknownHost           (NotFound)     no website has this name
├── Unreachable           (Unavailable)  no way leads there now
├── ConnectionRefused     (Unavailable)  nobody listens there now
├── TLSFailure            (Unavailable)  the secure connection is not to be trusted
├── TimedOut              (Unavailable)  no whole answer in time
├── ConnectionLost        (Unavailable)  the answer broke off or arrived damaged
├── TooManyRedirects      (Unavailable)  sent on and on
│   └── RedirectLoop                     sent in a circle
├── Forbidden             (Refused)      401, 403
├── PageNotFound          (NotFound)     404, 410
├── RateLimited           (Unavailable)  429: slower, later
├── DailyBudgetSpent      (Unavailable)  asked as often as we allow ourselves in a day
├── ServerFailure         (Unavailable)  5xx
├── UnexpectedStatus      (Unavailable)  any other status
├── TooLarge              (Refused)      larger than we read
│   └── DecompressionBomb                small on the wire, too large unpacked
├── NotAPage              (Invalid)      bytes that nobody reads as a page or document
├── EmptyPage             (Unavailable)  an answer without content
├── RobotsForbidden       (Refused)      robots.txt keeps us out
├── RobotsUnavailable     (Unavailable)  robots.txt cannot be had, which keeps us out for now
├── BrowserMissing        (Unavailable)  no browser can be started on this machine
├── BrowserCrashed        (Unavailable)  the browser broke down over the page, twice
└── BrowserTimedOut       (Unavailable)  the browser no longer answered, twice
"""

from typing import TYPE_CHECKING, ClassVar

from hoistscraper.errors import HoistError, Invalid, NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from hoistscraper.fetching.page import Page


class FetchError(HoistError):
    """A page could not be had; ``url`` is the address that failed, which a redirect may have named.

    ``kind`` is a stable word for the failure, kept with the record of a scrape. ``instead`` is the beginning
    of what the website sent in the page's place, where it sent anything.
    """

    kind: ClassVar[str] = "fetch-failed"

    def __init__(self, message: str, *, url: str) -> None:
        super().__init__(message)
        self.url = url
        self.instead: Page | None = None


class UnsupportedAddress(FetchError, Invalid):
    """The address is none that a page can be fetched from."""

    kind = "unsupported-address"


class AddressRefused(FetchError, Refused):
    """The address leads into a private network or to this machine."""

    kind = "address-refused"


class UnknownHost(FetchError, NotFound):
    """The name of the website is not known."""

    kind = "unknown-host"


class Unreachable(FetchError, Unavailable):
    """There is no way to the website's address at present."""

    kind = "unreachable"


class ConnectionRefused(FetchError, Unavailable):
    """The machine answers, but no website listens there."""

    kind = "connection-refused"


class TLSFailure(FetchError, Unavailable):
    """The secure connection failed; ``cause`` is a stable word for the reason, where it is known."""

    kind = "tls-failure"

    def __init__(self, message: str, *, url: str, cause: str | None = None) -> None:
        super().__init__(message, url=url)
        self.cause = cause


class TimedOut(FetchError, Unavailable):
    """The whole answer did not arrive in the time allowed."""

    kind = "timed-out"


class ConnectionLost(FetchError, Unavailable):
    """The answer broke off in the middle, or arrived damaged."""

    kind = "connection-lost"


class TooManyRedirects(FetchError, Unavailable):
    """The website sent us on more often than we follow."""

    kind = "too-many-redirects"


class RedirectLoop(TooManyRedirects):
    """The website sent us in a circle."""

    kind = "redirect-loop"


class Forbidden(FetchError, Refused):
    """The website does not let us in (``status`` 401 or 403)."""

    kind = "forbidden"

    def __init__(self, message: str, *, url: str, status: int) -> None:
        super().__init__(message, url=url)
        self.status = status


class PageNotFound(FetchError, NotFound):
    """The website has no such page (404, 410)."""

    kind = "page-not-found"


class RateLimited(FetchError, Unavailable):
    """The website asks us to come back later; ``retry_after_seconds`` where it says when."""

    kind = "rate-limited"

    def __init__(self, message: str, *, url: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message, url=url)
        self.retry_after_seconds = retry_after_seconds


class DailyBudgetSpent(FetchError, Unavailable):
    """We have asked the host as often today as we allow ourselves; ``retry_after_seconds`` until tomorrow."""

    kind = "daily-budget-spent"

    def __init__(self, message: str, *, url: str, retry_after_seconds: float) -> None:
        super().__init__(message, url=url)
        self.retry_after_seconds = retry_after_seconds


class ServerFailure(FetchError, Unavailable):
    """The website has a fault of its own (``status`` 5xx)."""

    kind = "server-failure"

    def __init__(
        self, message: str, *, url: str, status: int, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(message, url=url)
        self.status = status
        self.retry_after_seconds = retry_after_seconds


class UnexpectedStatus(FetchError, Unavailable):
    """The website answered with a status that fits no page."""

    kind = "unexpected-status"


class TooLarge(FetchError, Refused):
    """The page is larger than the largest that we read."""

    kind = "too-large"


class DecompressionBomb(TooLarge):
    """The page is small on the wire, but too large once unpacked."""

    kind = "decompression-bomb"


class NotAPage(FetchError, Invalid):
    """The content is neither a page nor a document."""

    kind = "not-a-page"


class EmptyPage(FetchError, Unavailable):
    """The website answered without any content."""

    kind = "empty-page"


class RobotsForbidden(FetchError, Refused):
    """The website's robots.txt keeps us from this page."""

    kind = "robots-forbidden"


class RobotsUnavailable(FetchError, Unavailable):
    """The website's robots.txt cannot be had, which forbids everything until it can (RFC 9309)."""

    kind = "robots-unavailable"


class BrowserMissing(FetchError, Unavailable):
    """There is no browser here, or it does not start."""

    kind = "browser-missing"


class BrowserCrashed(FetchError, Unavailable):
    """The browser broke down while it showed the page."""

    kind = "browser-crashed"


class BrowserTimedOut(FetchError, Unavailable):
    """The browser no longer answered while it showed the page."""

    kind = "browser-timed-out"


def heals_soon(failure: FetchError) -> bool:
    """Tell whether a page that could not be had is worth asking for again within the hour."""
    return isinstance(
        failure,
        Unreachable
        | ConnectionRefused
        | TimedOut
        | ConnectionLost
        | RateLimited
        | ServerFailure
        | BrowserCrashed
        | BrowserTimedOut,
    )
