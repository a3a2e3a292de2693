"""The links that let somebody in, and the letters that carry them."""

from datetime import datetime

from hoistscraper.accounts.link_model import Invitation
from hoistscraper.accounts.user_model import User
from hoistscraper.mail import Letter
from hoistscraper.settings import Settings

# What stands behind # is sent to no server: it is in no log, and no other website hears of it.
_INVITATION = "/invitation/#token="
_NEW_PASSWORD = "/new-password/#token="  # noqa: S105 - a place, not a password


def invitation_link(settings: Settings, secret: str) -> str:
    """Return where somebody who was invited sets name and password."""
    return f"{own_address(settings)}{_INVITATION}{secret}"


def reset_link(settings: Settings, secret: str) -> str:
    """Return where a user sets another password."""
    return f"{own_address(settings)}{_NEW_PASSWORD}{secret}"


def own_address(settings: Settings) -> str:
    """Return the address by which people reach us; never what a request says, which anybody may write."""
    if settings.public_url:
        return settings.public_url
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def invitation_letter(settings: Settings, invitation: Invitation, link: str) -> Letter:
    """Return the letter to somebody who is invited."""
    return Letter(
        invitation.email,
        "Your invitation to HoistScraper",
        "You are invited to HoistScraper, which watches websites for tenders, grants and calls:\n"
        f"{own_address(settings)}\n\n"
        f"Open this link, and choose your name and password:\n\n{link}\n\n"
        f"It works once, until {_day(invitation.expires_at)}.\n"
        "If you do not know why you were invited, do nothing: without the link nobody gets in.\n",
    )


def reset_letter(settings: Settings, user: User, link: str) -> Letter:
    """Return the letter to a user who has forgotten the password."""
    return Letter(
        user.email,
        "A new password for HoistScraper",
        "Somebody, you most likely, asked for a new password of your account here:\n"
        f"{own_address(settings)}\n\n"
        f"Open this link, and choose one:\n\n{link}\n\n"
        "It works once, for one hour. If you did not ask for it, do nothing: your password stays as it is.\n",
    )


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
