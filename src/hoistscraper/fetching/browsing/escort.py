"""What goes along with the requests of a page that we are logged in to, and what must not go out."""

import json
from typing import Any
from urllib.parse import unquote_plus

from yarl import URL

from hoistscraper.fetching.browsing.bounds import Bounds
from hoistscraper.fetching.errors import UnsupportedAddress
from hoistscraper.fetching.wording import shown

_WITHOUT_BODY = frozenset({"GET", "HEAD"})

Event = dict[str, Any]
"""``Fetch.requestPaused``: a request before it is sent, each step of a redirect anew."""


class Escort:
    """Looks at each request of one tab.

    The session's headers go to the website's own origins and nowhere else: they are added request by request,
    and taken off where a redirect leads away.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._session = bounds.session

    def check(self, event: Event) -> None:
        """Judge a request.

        :raises AddressRefused: it would show a secret, or carry off what is being typed.
        :raises UnsupportedAddress: nobody can tell where it would go.
        """
        url = _address(event)
        self._session.discreet(url)
        if not self._bounds.is_typing or self._bounds.lets(url):
            return
        if _is_sent_on(event):
            self._bounds.lead_to(url)
            return
        if event["resourceType"] == "Document" or self._is_telling(event):
            self._bounds.sent_to = url
        raise self._bounds.refusal(url)

    def headers(self, event: Event) -> dict[str, Any]:
        """Return what to change about a request that goes on."""
        asked: dict[str, str] = event["request"]["headers"]
        carried = self._session.headers_for(_address(event))
        known = {name.lower(): value for name, value in self._session.headers.items()}
        # A script that has a right of its own there, as many calls to an API have, keeps it.
        own = {name: value for name, value in asked.items() if known.get(name.lower()) != value}
        taken = {name.lower() for name in own}
        sent = own | {name: value for name, value in carried.items() if name.lower() not in taken}
        if sent == asked:
            return {}
        return {"headers": [{"name": name, "value": value} for name, value in sent.items()]}

    def _is_telling(self, event: Event) -> bool:
        """Whether a request says what was typed, in one of the usual ways to write it."""
        told = str(event["request"].get("postData", ""))
        return any(map(self._session.is_told, (told, unquote_plus(told), _unescaped(told))))


def _address(event: Event) -> URL:
    address: str = event["request"]["url"]
    try:
        return URL(address, encoded=True)
    except ValueError:
        raise UnsupportedAddress(f"{shown(address)} is not a web address.", url=shown(address)) from None


def _is_sent_on(event: Event) -> bool:
    """Whether the website's server sends the reader on, with empty hands."""
    return (
        event["resourceType"] == "Document"
        and "redirectedRequestId" in event
        and event["request"]["method"] in _WITHOUT_BODY
    )


def _unescaped(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text
