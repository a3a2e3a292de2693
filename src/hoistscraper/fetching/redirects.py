"""Being sent on: where to, how often, and whether in a circle."""

from yarl import URL

from hoistscraper.fetching.errors import RedirectLoop, TooManyRedirects
from hoistscraper.fetching.statuses import REDIRECTS
from hoistscraper.fetching.urls import joined
from hoistscraper.fetching.wire import Answer
from hoistscraper.fetching.wording import shown, site_of

_SHOWN_STEPS = 4


def redirect_target(answer: Answer) -> URL | None:
    """Return where an answer sends us, or ``None`` where it does not.

    :raises UnsupportedAddress: to something that is no web page.
    """
    location = answer.headers.get("location")
    if answer.status not in REDIRECTS or not location:
        return None
    return joined(answer.url, location)


class Trail:
    """The addresses met on the way to one page."""

    def __init__(self, start: URL, most_redirects: int) -> None:
        self._addresses = [start]
        self._most_redirects = most_redirects

    def follow(self, target: URL) -> URL:
        """Return the next address to ask for.

        :raises RedirectLoop: it was asked for twice already.
        :raises TooManyRedirects: the way is longer than we go.
        """
        address = target.with_fragment(None)
        start = str(self._addresses[0])
        # An address may come twice: many websites set a cookie and send the reader to where they came from.
        if self._addresses.count(address) > 1:
            raise RedirectLoop(
                f"{site_of(start)} sends us in a circle ({self._steps(address)}); check the address.",
                url=start,
            )
        if len(self._addresses) > self._most_redirects:
            raise TooManyRedirects(
                f"{site_of(start)} sent us on more than {self._most_redirects} times; "
                "give the address where the page is in the end.",
                url=start,
            )
        self._addresses.append(address)
        return address

    def _steps(self, address: URL) -> str:
        first = self._addresses.index(address)
        circle = dict.fromkeys(self._addresses[first:])
        return " → ".join(shown(str(step)) for step in [*list(circle)[:_SHOWN_STEPS], address])
