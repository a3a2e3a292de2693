"""Why a model's server gave no answer.

Unavailable
└── ModelFailure          the server is left alone for a while
    ├── Unreachable       nobody answers there
    ├── TimedOut          it took longer than it may
    ├── Overloaded        it says that it has too much to do, or that we ask too often
    ├── ServerFailure     it failed
    ├── Declined          it does not take our question: the key, the model's name or the address is wrong
    └── NoSuchProtocol    what answers there speaks neither protocol
"""

from hoistscraper.errors import Unavailable


class ModelFailure(Unavailable):
    """The model's server gave no answer; ``retry_after_seconds`` is when it wants to be asked again."""

    kind = "failed"

    def __init__(self, message: str, *, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unreachable(ModelFailure):
    """Nobody answers there."""

    kind = "unreachable"


class TimedOut(ModelFailure):
    """It took longer than it may."""

    kind = "timed-out"


class Overloaded(ModelFailure):
    """It has too much to do, or we ask too often."""

    kind = "overloaded"


class ServerFailure(ModelFailure):
    """It failed."""

    kind = "server-failure"


class Declined(ModelFailure):
    """It does not take the question."""

    kind = "declined"


class NoSuchProtocol(ModelFailure):
    """What answers there speaks neither protocol."""

    kind = "no-such-protocol"
