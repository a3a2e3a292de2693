"""Which pages of one visit go straight to the browser, and what the visit teaches about that."""

from datetime import datetime

from hoistscraper.websites.browser_needs import BrowserNeeds, RenderMode

# So many pages behind calls in a row that plain HTTP shows empty, and the rest is not tried by it.
ENOUGH_EMPTY_PAGES = 2


class BrowserChoice:
    """Chooses by what a person says, then by what is ``known``, then by what this visit has seen.

    ``is_looking``: it is time to compare the browser with plain HTTP anew.
    """

    def __init__(self, mode: RenderMode, known: BrowserNeeds, *, is_possible: bool, at: datetime) -> None:
        self.is_looking = known.is_anything_known and known.is_look_due(at=at)
        self._mode = mode
        self._known = known
        self._is_possible = is_possible and mode is not RenderMode.HTTP
        self._at = at
        self._listing = known.listing
        self._has_compared = False
        self._empty_calls = 0
        self._plain_calls = 0

    @property
    def shows_listing(self) -> bool:
        """Whether listing pages go straight to the browser."""
        return self._is_possible and (
            self._mode is RenderMode.BROWSER or (self._known.listing is True and not self.is_looking)
        )

    @property
    def shows_calls(self) -> bool:
        """Whether pages behind calls go straight to the browser."""
        if not self._is_possible or self._mode is RenderMode.BROWSER:
            return self._is_possible
        is_learned = self._empty_calls >= ENOUGH_EMPTY_PAGES and not self._plain_calls
        return is_learned or (self._known.calls and not self.is_looking)

    @property
    def is_open(self) -> bool:
        """Whether nobody has said how the website is to be read."""
        return self._mode is RenderMode.AUTO

    @property
    def may_try(self) -> bool:
        """Whether a browser may be tried where plain HTTP shows nothing, though nothing asks for one."""
        is_untried = self._known.listing is None or self.is_looking
        return self._is_possible and self.is_open and is_untried

    @property
    def may_turn(self) -> bool:
        """Whether a browser may turn the pages of a list: unless that was tried in vain not long ago."""
        return self._is_possible and (self._known.listing is not False or self.is_looking)

    def compared_listing(self, *, needs: bool | None) -> None:
        """Note that a listing page was had both ways; see :class:`BrowserNeeds` for ``needs``."""
        self._listing, self._has_compared = needs, True

    def met_call(self, *, is_empty: bool) -> None:
        """Note what plain HTTP showed of a page behind a call."""
        self._empty_calls += is_empty
        self._plain_calls += not is_empty

    def learned(self) -> BrowserNeeds:
        """Return what is known after the visit."""
        if not self.is_open or not self._is_possible:
            return self._known
        has_met = self._empty_calls + self._plain_calls > 0
        return self._known.after_visit(
            listing=self._listing,
            calls=self._empty_calls > self._plain_calls if has_met else self._known.calls,
            has_looked=self.is_looking or self._has_compared or not self._known.is_anything_known,
            at=self._at,
        )
