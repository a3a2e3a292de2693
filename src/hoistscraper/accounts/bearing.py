"""Secrets that somebody bears to be recognised by: made at random, shown once, kept as a hash."""

import hashlib
import hmac
import secrets

TOKEN_MARK = "hst_"  # noqa: S105 - by which programs that look for lost secrets know ours
_BYTES = 32
_SHOWN = 6


def new_secret() -> str:
    """Return a secret that nobody can guess: 43 letters, digits, - and _."""
    return secrets.token_urlsafe(_BYTES)


def new_token() -> str:
    """Return the secret of an API token."""
    return TOKEN_MARK + new_secret()


def shown_part(token: str) -> str:
    """Return the beginning of a token, by which its owner tells it from others."""
    return f"{token[: len(TOKEN_MARK) + _SHOWN]}…"


def hashed(secret: str | bytes) -> bytes:
    """Return what is kept of a secret, and what it is looked up by."""
    return hashlib.sha256(secret.encode() if isinstance(secret, str) else secret).digest()


def csrf_token(session_secret: str) -> str:
    """Return what a page of ours sends along with each change, which no other website can know."""
    return hmac.new(session_secret.encode(), b"hoistscraper change", hashlib.sha256).hexdigest()


def is_csrf_token(given: str, session_secret: str) -> bool:
    """Whether a page sent what it should."""
    return hmac.compare_digest(given.encode(), csrf_token(session_secret).encode())
