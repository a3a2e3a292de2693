"""Whom a provider says somebody is."""

from dataclasses import dataclass

from hoistscraper.errors import Refused


@dataclass(frozen=True, slots=True)
class Claims:
    """``subject`` names somebody at the issuer for ever; ``email`` counts only if it is verified."""

    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool
    name: str | None


class NotConfirmed(Refused):
    """A provider does not confirm somebody, or not so that it is to be trusted; ``why`` is for the trail."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} did not confirm who you are: begin to sign in once more.")
        self.why = why
