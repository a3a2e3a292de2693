"""Why a stored log-in cannot be used.

VaultError (Unavailable)
├── KeyMissing       the key is gone: put it back
├── KeyRefused       the key is there but not fit for use: mend it
└── Unreadable       another key locked this log-in: put that key back, or set the log-in again
"""

from hoistscraper.errors import Unavailable


class VaultError(Unavailable):
    """The vault cannot be opened; ``kind`` is the stable word for it in the record of a scrape."""

    kind = "log-in-unreadable"


class KeyMissing(VaultError):
    """Log-ins are stored, but no key is there to open them."""


class KeyRefused(VaultError):
    """The key is malformed, or open to other users of the machine."""


class Unreadable(VaultError):
    """A stored log-in was locked with another key, for another website, or was damaged."""
