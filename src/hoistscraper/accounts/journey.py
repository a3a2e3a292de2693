"""The way to a provider and back: what shows that who comes back is who went, in the same browser.

All of it follows from one secret that a cookie of this browser holds; nothing is kept here meanwhile.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from hoistscraper.accounts.bearing import new_secret

HOME = "/"
_LONGEST_PATH = 500
# A path of our own: visible ASCII, and nothing that browsers take for the name of another website.
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody on the way; ``next_path`` is where to go on our website afterwards."""

    secret: str = field(repr=False)
    next_path: str = HOME

    @property
    def state(self) -> str:
        """Return what the provider sends back with who comes from it."""
        return self._derived(f"state {self.next_path}")

    @property
    def nonce(self) -> str:
        """Return what the provider writes into what it signs."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Return what shows the provider that who asks for the tokens is who began (PKCE)."""
        return self._derived("verifier")

    def is_state(self, given: str) -> bool:
        """Whether a state is the one of this journey."""
        return hmac.compare_digest(given.encode(), self.state.encode())

    def cookie(self) -> str:
        """Return what the cookie holds."""
        return f"{self.secret}.{urlsafe_b64encode(self.next_path.encode()).decode().rstrip('=')}"

    def _derived(self, purpose: str) -> str:
        derived = hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(derived).decode().rstrip("=")


def begun(next_path: str | None) -> Journey:
    """Return a journey that begins."""
    return Journey(new_secret(), own_path(next_path))


def read(cookie: str | None) -> Journey | None:
    """Return the journey of a cookie; ``None``: there is none, or it is not ours."""
    secret, _, path = (cookie or "").partition(".")
    if not _SECRET.fullmatch(secret):
        return None
    try:
        next_path = urlsafe_b64decode(path + "=" * (-len(path) % 4)).decode("ascii")
    except ValueError:
        return None
    return Journey(secret, own_path(next_path))


def own_path(text: str | None) -> str:
    """Return a path of our own website, or where it begins for anything else."""
    if text is None or len(text) > _LONGEST_PATH or not _OWN_PATH.fullmatch(text):
        return HOME
    return text
