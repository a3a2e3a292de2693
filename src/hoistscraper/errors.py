"""What can go wrong, named for what the caller should do.

HoistError
├── NotFound      look for something else
├── Conflict      somebody else has it, or it is there already: wait, or choose another
├── Invalid       mend the input
├── Refused       not allowed, here or there: asking again will not help
│   └── NotSignedIn   sign in first
└── Unavailable   it may work later
    └── TooOften      it will work at a time that is known
"""


class HoistError(Exception):
    """Something that a person can act on; its text is one sentence for that person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(HoistError):
    """There is no such thing."""


class Conflict(HoistError):
    """The thing is in use, or exists already."""


class Invalid(HoistError):
    """The input cannot be understood as it stands."""


class Refused(HoistError):
    """It is not allowed, and asking again does not change that."""


class NotSignedIn(Refused):
    """Nobody knows who asks; it may be allowed to whoever signs in."""


class Unavailable(HoistError):
    """It cannot be had now, but may be later."""


class TooOften(Unavailable):
    """It was tried too often; it may be tried again after ``wait_seconds``."""

    def __init__(self, message: str, *, wait_seconds: float) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds
