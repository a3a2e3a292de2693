"""How much of a page is waited for, unfolded and kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """The limits of one rendering.

    A page counts as complete when nothing was loaded and nothing changed for ``quiet_seconds``; a request
    that is older than ``patience_seconds`` is not waited for (some never end), nor is a page that is still
    restless after ``settle_seconds``. ``scrolls`` and ``clicks`` say how often a page is scrolled to its end
    and how often a button with one of ``more_words`` on it is pressed, each time as long as the page grows.
    """

    timeout_seconds: float = 30.0
    settle_seconds: float = 10.0
    patience_seconds: float = 6.0
    quiet_seconds: float = 0.15
    scrolls: int = 0
    clicks: int = 0
    more_words: tuple[str, ...] = ()
    most_answers: int = 20
    largest_answer_bytes: int = 1_000_000
    largest_page_bytes: int = 20_000_000
