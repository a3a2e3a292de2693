"""Text that clients send."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from hoistscraper.websites.columns import CONTROL


def _plain(value: str) -> str:
    if CONTROL.search(value):
        raise ValueError("must not hold control characters")
    return value


PLAIN = AfterValidator(_plain)
"""Makes a text one without control characters, line breaks and tabs excepted."""

Words = Annotated[str, StringConstraints(max_length=200), PLAIN]
"""What a list is asked for."""
