"""How far the pages of a website that we are logged in to may reach."""

from yarl import URL

from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.fetching.urls import origin_of
from hoistscraper.fetching.wording import shown, site_of

_AS_WEB = {"ws": "http", "wss": "https"}


class Bounds:
    """What is in reach of one website's context; asked by the gate, and by the proxy that none gets around.

    A browser's cookies know no ports and, unless they say so, no protection. So of the session's hosts only
    its own origins are in reach. While somebody ``is_typing``, from the first letter until the page that it
    was typed into is left, no other host is in reach either, unless the website's server leads there.
    """

    def __init__(self, session: SiteSession) -> None:
        self.session = session
        self.is_typing = False
        self.sent_to: URL | None = None
        """Where the page wanted to send what was typed, and was kept from it."""
        self._hosts = {URL(origin).raw_host for origin in session.origins}
        self._led_to: set[str] = set()

    def begin_typing(self) -> None:
        """Draw in the bounds."""
        self.is_typing = True
        self.sent_to = None
        self._led_to.clear()

    def end_typing(self) -> None:
        """Widen the bounds: what was typed is gone from the browser."""
        self.is_typing = False

    def lead_to(self, url: URL) -> None:
        """Let the reader be sent on, with nothing of what was typed."""
        self._led_to.add(origin_of(url))

    def lets(self, url: URL) -> bool:
        """Whether a request may go there."""
        address = url.with_scheme(_AS_WEB[url.scheme]) if url.scheme in _AS_WEB else url
        if address.scheme not in ("http", "https") or self.session.trusts(address):
            return True
        if address.raw_host in self._hosts:
            return False
        return not self.is_typing or origin_of(address) in self._led_to

    def lets_tunnel(self, host: str, port: int) -> bool:
        """Whether a tunnel may be dug there, in which TLS or a WebSocket is spoken."""
        plain, secure = (URL.build(scheme=scheme, host=host, port=port) for scheme in ("http", "https"))
        return self.lets(secure) or self.session.trusts(plain)

    def refusal(self, url: URL) -> AddressRefused:
        """Return in words why an address is out of reach."""
        if url.raw_host in self._hosts:
            return AddressRefused(
                f"{shown(origin_of(url))} is another website than the one that we are logged in to at its "
                "host, and was not asked lest it got the log-in; if it is meant, watch that address instead.",
                url=origin_of(url),
            )
        return AddressRefused(
            f"{shown(origin_of(url))} was not asked while the log-in of {site_of(str(self.session.home))} "
            "was being typed.",
            url=origin_of(url),
        )
