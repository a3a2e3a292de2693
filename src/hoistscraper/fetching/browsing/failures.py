"""What the browser says went wrong, in the words of this room."""

import re

from hoistscraper.fetching.errors import (
    BrowserCrashed,
    BrowserTimedOut,
    ConnectionLost,
    FetchError,
    NotAPage,
    TLSFailure,
    TooManyRedirects,
    Unreachable,
)
from hoistscraper.fetching.wording import shown, site_of, spell_seconds

_CODE = re.compile(r"net::ERR_([A-Z0-9_]+)")
_DISTRUST = {
    "CERT_DATE_INVALID": ("expired", "its certificate is out of date; the website has to renew it"),
    "CERT_COMMON_NAME_INVALID": ("wrong-host", "its certificate belongs to another name; check the address"),
    "CERT_AUTHORITY_INVALID": (
        "unknown-authority",
        "its certificate comes from an authority that this machine does not know",
    ),
}


def failure_of_browser(message: str, url: str) -> FetchError:
    """Return the failure that an error of the browser means for a page."""
    found = _CODE.search(message)
    code = found.group(1) if found else ""
    if "Download is starting" in message or code == "ABORTED":
        return NotAPage(f"{shown(url)} is a file to download, and a web page is wanted here.", url=url)
    if code.startswith(("CERT_", "SSL_")):
        return _insecure(code, url)
    return _lost(code, url) if code else crashed(url)


def _lost(code: str, url: str) -> FetchError:
    match code:
        case "TOO_MANY_REDIRECTS":
            return TooManyRedirects(f"{site_of(url)} sent us on and on; check the address.", url=url)
        case "UNSAFE_PORT":
            return Unreachable(f"No browser opens the port of {site_of(url)}; check the address.", url=url)
        case "TUNNEL_CONNECTION_FAILED" | "PROXY_CONNECTION_FAILED":
            return Unreachable(f"There is no way to {site_of(url)} at present; try again later.", url=url)
        case _:
            return ConnectionLost(
                f"The connection broke off in the middle of {shown(url)}; try again later.", url=url
            )


def _insecure(code: str, url: str) -> TLSFailure:
    cause, reason = _DISTRUST.get(code, ("untrusted", "its secure connection is not to be trusted"))
    return TLSFailure(f"{site_of(url)} cannot be read safely: {reason}.", url=url, cause=cause)


def crashed(url: str) -> BrowserCrashed:
    """Return the failure of a page over which the browser broke down."""
    return BrowserCrashed(
        f"The browser broke down while it showed {shown(url)}; try again later, "
        "or have the website read without a browser.",
        url=url,
    )


def hung(url: str, seconds: float) -> BrowserTimedOut:
    """Return the failure of a page over which the browser stopped to answer."""
    return BrowserTimedOut(
        f"The browser did not answer for {spell_seconds(seconds)} while it showed {shown(url)}; "
        "try again later, or have the website read without a browser.",
        url=url,
    )
