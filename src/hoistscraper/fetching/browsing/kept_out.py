"""Pages of a website that we are logged in to which show that we are out, or show a secret."""

from collections.abc import Sequence

from yarl import URL

from hoistscraper.fetching.browsing.bounds import Bounds
from hoistscraper.fetching.browsing.rendered import RenderedPage
from hoistscraper.fetching.logged_out import log_in_wanted, says_little
from hoistscraper.fetching.statuses import NOT_LOGGED_IN, failure_of_status


def address_of(url: str, bounds: Bounds | None) -> str:
    """Return the address of a page, which scripts may have written without asking for it.

    :raises AddressRefused: it holds a secret.
    """
    if bounds is not None:
        bounds.session.discreet(URL(url, encoded=True))
    return url


def refuse_if_out(rendered: RenderedPage, log_ins_wanted: Sequence[str], bounds: Bounds | None) -> None:
    """Refuse a page that shows next to nothing because its scripts were told to log in first.

    :raises Forbidden: it is such a page.
    """
    if bounds is None:
        return
    told = (URL(url, encoded=True) for url in log_ins_wanted)
    if any(map(bounds.session.is_for, told)) and says_little(rendered.as_page()):
        raise failure_of_status(NOT_LOGGED_IN, rendered.url, retry_after_seconds=None)


def refuse_turned_if_out(
    rendered: RenderedPage, log_ins_wanted: Sequence[str], bounds: Bounds | None
) -> None:
    """Refuse such a page of a list that was turned, or one that asks for a log-in: nobody else judges it.

    :raises Forbidden: it is one.
    """
    refuse_if_out(rendered, log_ins_wanted, bounds)
    if bounds is not None and log_in_wanted(URL(rendered.url), rendered.as_page()):
        raise failure_of_status(NOT_LOGGED_IN, rendered.url, retry_after_seconds=None)
