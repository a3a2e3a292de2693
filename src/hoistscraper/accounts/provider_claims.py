"""Whom a provider says somebody is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claims:
    """``subject`` names somebody at the issuer for ever; ``email`` counts only if it is verified."""

    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool
    name: str | None
