"""What went wrong on the way to a website, in the words of this room."""

import errno
import ssl

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientError,
    ClientResponseError,
    ClientSSLError,
    InvalidURL,
)

from hoistscraper.fetching.errors import (
    ConnectionLost,
    ConnectionRefused,
    FetchError,
    TimedOut,
    TLSFailure,
    UnknownHost,
    Unreachable,
    UnsupportedAddress,
)
from hoistscraper.fetching.wording import shown, site_of, spell_seconds

# Reasons of OpenSSL for not trusting a certificate: a stable word, and the rest of the sentence.
_DISTRUST = {
    9: ("not-yet-valid", "its certificate is not valid yet; check the clock of this machine"),
    10: ("expired", "its certificate has expired; the website has to renew it"),
    18: ("self-signed", "its certificate is self-signed, so nobody vouches for it"),
    19: ("self-signed", "its certificate is signed by an authority that nobody vouches for"),
    20: ("unknown-authority", "its certificate comes from an authority that this machine does not know"),
    21: ("unknown-authority", "its certificate is incomplete; the website has to send the whole chain"),
    62: ("wrong-host", "its certificate belongs to another name; check the address"),
    64: ("wrong-host", "its certificate belongs to another name; check the address"),
}


def failure_of(error: ClientError | OSError, url: str, timeout_seconds: float) -> FetchError:
    """Return the failure that an error of the network or of the HTTP library means for a page."""
    match error:
        case InvalidURL():
            return UnsupportedAddress(
                f"{shown(url)} cannot be asked for; check how the address is written.", url=url
            )
        case ClientConnectorDNSError():
            return UnknownHost(
                f"No website is known as {site_of(url)}; check the spelling and your connection.",
                url=url,
            )
        case ClientSSLError():
            return _insecure(error, url)
        case ClientConnectorError():
            return _not_connected(error.os_error, url, timeout_seconds)
        case TimeoutError():
            return timed_out(url, timeout_seconds)
        case _:
            damaged = isinstance(error, ClientResponseError)
            what = "The answer is damaged" if damaged else "The connection broke off"
            return ConnectionLost(f"{what} in the middle of {shown(url)}; try again later.", url=url)


def timed_out(url: str, timeout_seconds: float) -> TimedOut:
    """Return the failure of an answer that took too long."""
    return TimedOut(
        f"{shown(url)} did not arrive within {spell_seconds(timeout_seconds)}; "
        "try again later, or raise HOIST_TIMEOUT_SECONDS.",
        url=url,
    )


def _insecure(error: ClientSSLError, url: str) -> TLSFailure:
    if not isinstance(error, ClientConnectorCertificateError):
        return TLSFailure(
            f"No secure connection to {site_of(url)} came about; the address may have to begin with http://.",
            url=url,
            cause="handshake",
        )
    distrust = error.certificate_error
    code = distrust.verify_code if isinstance(distrust, ssl.SSLCertVerificationError) else 0
    cause, reason = _DISTRUST.get(code, ("untrusted", "its certificate is not to be trusted"))
    return TLSFailure(f"{site_of(url)} cannot be read safely: {reason}.", url=url, cause=cause)


def _not_connected(error: OSError, url: str, timeout_seconds: float) -> FetchError:
    # With several addresses of one host the library reports them together, and the number is lost.
    if error.errno == errno.ECONNREFUSED or f"[Errno {errno.ECONNREFUSED}]" in str(error):
        return ConnectionRefused(
            f"{site_of(url)} refuses connections; check the address and port, or try again later.", url=url
        )
    if error.errno == errno.ETIMEDOUT:
        return timed_out(url, timeout_seconds)
    if isinstance(error, ConnectionError):
        return ConnectionLost(f"{site_of(url)} broke off the connection; try again later.", url=url)
    return Unreachable(
        f"There is no way to {site_of(url)} at present; check whether this machine is online.", url=url
    )
