"""What a person does with a page, as far as a log-in needs it; known without loading a browser."""

from typing import Protocol


class NotPossible(Exception):
    """The page does not let itself be used like that; its text says why, with nothing of what was typed."""


class Gestures(Protocol):
    """Somebody at a page; selectors are those of CSS, the first that fits counts."""

    async def type(self, selector: str, text: str, *, seconds: float) -> None:
        """Type a text into a field, in the place of what stands there.

        :raises NotPossible: it could not be done in time.
        """

    async def press(self, selector: str, *, seconds: float) -> None:
        """Click.

        :raises NotPossible: it could not be done in time.
        """

    async def wait_for(self, selector: str, *, seconds: float) -> None:
        """Wait until something shows.

        :raises NotPossible: it did not.
        """
