"""Text that clients send."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")


def _plain(value: str) -> str:
    """Refuse what no keyboard types: PostgreSQL takes no NUL, and logs and terminals none of the others."""
    if _CONTROL.search(value):
        raise ValueError("must not hold control characters")
    return value


PLAIN = AfterValidator(_plain)
"""Makes a text one without control characters, line breaks and tabs excepted."""

Words = Annotated[str, StringConstraints(max_length=200), PLAIN]
"""What a list is asked for."""
