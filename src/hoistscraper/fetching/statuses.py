"""What an answer's status means for who wanted the page."""

from hoistscraper.fetching.errors import (
    FetchError,
    Forbidden,
    PageNotFound,
    RateLimited,
    ServerFailure,
    UnexpectedStatus,
)
from hoistscraper.fetching.wording import shown, site_of, spell_seconds

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
_GONE = (404, 410)
NOT_LOGGED_IN = 401


def is_page(status: int) -> bool:
    """Tell whether the answer holds what was asked for."""
    return 200 <= status < 300


def may_say_why(status: int) -> bool:
    """Tell whether an answer without the page may say more of the reason than its status does."""
    return status >= 400 and status not in _GONE


def failure_of_status(status: int, url: str, *, retry_after_seconds: float | None) -> FetchError:
    """Return the failure that a status means."""
    page = shown(url)
    match status:
        case 401 | 403:
            return Forbidden(
                f"The website does not let us read {page} (status {status}); it may want a log-in.",
                url=url,
                status=status,
            )
        case 404 | 410:
            return PageNotFound(
                f"There is no page {page} (status {status}); check the address, it may have moved.", url=url
            )
        case 429:
            return rate_limited(url, retry_after_seconds)
        case _ if status >= 500:
            return ServerFailure(
                f"The website failed to send {page} (a fault of its own, status {status}); try later.",
                url=url,
                status=status,
                retry_after_seconds=retry_after_seconds,
            )
        case _:
            return UnexpectedStatus(
                f"The website answered {page} with status {status}, which is no page; see it in a browser.",
                url=url,
            )


def rate_limited(url: str, retry_after_seconds: float | None) -> RateLimited:
    """Return the failure that a website means by "slower"."""
    when = "later" if retry_after_seconds is None else f"in {spell_seconds(max(1.0, retry_after_seconds))}"
    return RateLimited(
        f"{site_of(url)} asks us to slow down; try again {when}, or raise HOIST_PACE_SECONDS.",
        url=url,
        retry_after_seconds=retry_after_seconds,
    )
