"""Web addresses: what a person types, what is asked for, and what makes two addresses the same page."""

import re

from yarl import URL

from hoistscraper.fetching.addresses import plain_host
from hoistscraper.fetching.errors import UnsupportedAddress
from hoistscraper.fetching.wording import shown

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d{1,5}(?:[/?#]|$))", re.IGNORECASE)
_CONTROL_OR_BREAK = re.compile(r"[\x00-\x1f\x7f]+")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMERIC_HOST = re.compile(r"\[?[0-9a-f:.]+\]?", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w*|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|_ga|_gl|mc_[ce]id|"
    r"_hsenc|_hsmi|mkt_tok|j?sessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|cfid|cftoken",
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_LONGEST_HOST = 253
_LONGEST_URL = 8_000


def typed_address(text: str) -> str:
    """Return the web address that a person means: ``example.org/grants`` is ``https://example.org/grants``.

    :raises UnsupportedAddress: it is no web address, or carries a password.
    """
    typed = _CONTROL_OR_BREAK.sub("", text).strip().strip("<>\"'")
    if not typed:
        raise UnsupportedAddress("No address was given; type one such as https://example.org/grants.", url="")
    if typed.startswith("//"):
        typed = f"https:{typed}"
    elif not _SCHEME.match(typed):
        typed = f"{_usual_scheme(typed)}://{typed}"
    url = web_address(typed)
    if url.raw_user is not None or url.raw_password is not None:
        raise UnsupportedAddress(
            f"{shown(typed)} was given with a user name or password in it; leave them out of the address.",
            url=shown(typed),
        )
    return str(url.with_fragment(None))


def web_address(text: str) -> URL:
    """Return an address as it is asked for: its host in ASCII, unsafe characters percent-encoded.

    :raises UnsupportedAddress: it is not http or https, or names no host.
    """
    cleaned = _CONTROL_OR_BREAK.sub("", text).strip()
    scheme = _SCHEME.match(cleaned)
    if scheme and scheme.group(1).lower() not in ("http", "https"):
        raise UnsupportedAddress(
            f"{shown(cleaned)} is a {shown(scheme.group(1).lower())}: address, and only http: and https: "
            "addresses can be fetched.",
            url=shown(cleaned),
        )
    try:
        url = URL(cleaned)
        host = url.raw_host
        _ = url.port
    except ValueError:
        raise _not_an_address(cleaned) from None
    if scheme is None or not host or not _is_host(host) or len(cleaned) > _LONGEST_URL:
        raise _not_an_address(cleaned)
    return url.with_path("/", keep_query=True, keep_fragment=True) if url.raw_path == "/" else url


def joined(base: str, reference: str) -> URL:
    """Return the address that a link or redirect on ``base`` leads to.

    :raises UnsupportedAddress: it leads to no web page.
    """
    cleaned = _CONTROL_OR_BREAK.sub("", reference).strip()
    try:
        return web_address(str(URL(base).join(URL(cleaned))))
    except ValueError:
        raise _not_an_address(cleaned) from None


def normalise(url: str) -> str:
    """Return the form of an address that is equal for equal pages.

    Scheme and host are lower-case ASCII; default port, fragment, user name, tracking and session parameters
    are dropped; percent-encoding is uniform; the order of parameters is kept.

    :raises UnsupportedAddress: it is no web address.
    """
    address = web_address(url)
    path = _SESSION_IN_PATH.sub("", address.raw_path) or "/"
    kept = [pair for pair in address.raw_query_string.split("&") if pair and not _is_tracking(pair)]
    query = f"?{'&'.join(kept)}" if kept else ""
    return f"{origin_of(address)}{path}{query}"


def origin_of(url: URL) -> str:
    """Return scheme, host and port (unless it is the default) of an address: whom robots.txt speaks for."""
    host = plain_host(url.raw_host or "")
    bracketed = f"[{host}]" if ":" in host else host
    port = "" if url.is_default_port() else f":{url.port}"
    return f"{url.scheme}://{bracketed}{port}"


def _usual_scheme(typed: str) -> str:
    # Machines named by number are local ones as a rule, which hardly ever speak TLS.
    host = re.split(r"[/?#]", typed, maxsplit=1)[0]
    name = host if host.startswith("[") else host.split(":", 1)[0]
    return "http" if name.lower() == "localhost" or _NUMERIC_HOST.fullmatch(name) else "https"


def _is_tracking(pair: str) -> bool:
    return bool(_TRACKING.fullmatch(pair.split("=", 1)[0]))


def _is_host(host: str) -> bool:
    name = plain_host(host)
    if ":" in name:  # the guard reads literal addresses
        return True
    return len(name) <= _LONGEST_HOST and bool(_HOST_NAME.fullmatch(name))


def _not_an_address(text: str) -> UnsupportedAddress:
    return UnsupportedAddress(
        f"{shown(text) or 'An empty text'} is not a web address; one looks like https://example.org/grants.",
        url=shown(text),
    )
