"""Whether a website is read in a browser: what a person says, and what visits have learned."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hoistscraper.errors import Invalid

# Websites get rebuilt: what was learned is looked at again after so many visits, or so long.
VISITS_BETWEEN_LOOKS = 10
TIME_BETWEEN_LOOKS = timedelta(days=14)


class RenderMode(StrEnum):
    """How a website is to be read; ``AUTO`` leaves it to what its pages show."""

    AUTO = "auto"
    HTTP = "http"
    BROWSER = "browser"


def render_mode(text: str) -> RenderMode:
    """Return the mode that a person names.

    :raises Invalid: it is none.
    """
    try:
        return RenderMode(text.strip().casefold() or RenderMode.AUTO)
    except ValueError:
        raise Invalid(f"A website is not read by {text}; write auto, http or browser.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserNeeds:
    """What of a website needs a browser.

    ``listing``: its listing does; ``False``: a browser was tried and showed no more. ``calls``: most pages
    behind its calls do. Both were found out at ``looked_at``, ``visits_since`` visits ago.
    """

    listing: bool | None = None
    calls: bool = False
    looked_at: datetime | None = None
    visits_since: int = 0

    @property
    def is_anything_known(self) -> bool:
        """Whether anything was learned."""
        return self.listing is not None or self.calls

    def is_look_due(self, *, at: datetime) -> bool:
        """Whether plain HTTP and the browser are to be compared anew."""
        return (
            self.looked_at is None
            or self.visits_since + 1 >= VISITS_BETWEEN_LOOKS
            or at - self.looked_at >= TIME_BETWEEN_LOOKS
        )

    def after_visit(
        self, *, listing: bool | None, calls: bool, has_looked: bool, at: datetime
    ) -> "BrowserNeeds":
        """Return what is known after a visit; ``has_looked``: it compared the two ways."""
        known = replace(self, listing=listing, calls=calls)
        if not known.is_anything_known:
            return BrowserNeeds()
        if has_looked:
            return replace(known, looked_at=at, visits_since=0)
        return replace(known, visits_since=self.visits_since + 1)
