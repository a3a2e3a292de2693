"""How long a connection is kept: not as long as the others, so that they are not all replaced at once."""

from random import uniform


def lifetime_seconds(most_seconds: float) -> float:
    """Return how long the next connection is kept, between half of the most and all of it."""
    return uniform(most_seconds / 2, most_seconds)  # noqa: S311 - nothing to guess
