"""Invitations and links to a new password on the wire; the secret of a link is shown at most once."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from hoistscraper.accounts.link_model import Invitation
from hoistscraper.accounts.passwords import LONGEST, SHORTEST
from hoistscraper.accounts.roles import Role
from hoistscraper.api.account_wire import Email, Name

_LONGEST_SECRET = 200
_EMAIL = Field(examples=["ana@example.org"])
_ROLE = Field(
    description="viewer: reads; editor: changes websites and jobs, too; administrator: everything.",
    examples=["editor"],
)
LinkSecret = Annotated[
    SecretStr,
    Field(
        min_length=1,
        max_length=_LONGEST_SECRET,
        description="What stands behind `#token=` in the link.",
        examples=["Vt0p8d3…"],
    ),
]
NewPassword = Annotated[
    SecretStr,
    Field(
        max_length=LONGEST,
        description=f"At least {SHORTEST} characters, and none of those that are guessed first.",
        examples=["four words or a long line"],
    ),
]


class NewInvitation(BaseModel):
    """Who is to become a user."""

    model_config = ConfigDict(extra="forbid")

    email: Email = _EMAIL
    role: Role = _ROLE


class ListedInvitation(BaseModel):
    """An invitation that nobody accepted yet."""

    id: UUID
    email: str = _EMAIL
    role: Role = _ROLE
    invited_by: str = Field(examples=["Ana"])
    created_at: datetime
    expires_at: datetime
    active: bool = Field(description="false: its link has ended; invite again for another one.")


class SentInvitation(ListedInvitation):
    """A new invitation: sent by e-mail, or with its link to hand on."""

    link: str | None = Field(
        description="Hand it on to who is invited; it is shown this once. null: it was sent by e-mail.",
        examples=["https://calls.example.org/invitation/#token=Vt0p8d3…"],
    )
    not_sent: str | None = Field(description="Why no e-mail was sent.", examples=[None])


class InvitationList(BaseModel):
    """Invitations, the newest first."""

    items: list[ListedInvitation]


class AcceptedInvitation(BaseModel):
    """Who accepts an invitation."""

    model_config = ConfigDict(extra="forbid")

    token: LinkSecret
    name: Name = Field(examples=["Ana"])
    password: NewPassword


class ForgottenPassword(BaseModel):
    """Whose password is forgotten."""

    model_config = ConfigDict(extra="forbid")

    email: Email = _EMAIL


class ResetAsked(BaseModel):
    """What comes next, for whoever asks."""

    detail: str = Field(description="A sentence for a person.")


class ResetLink(BaseModel):
    """A link to a new password, to hand on."""

    link: str = Field(
        description="Hand it on to the user; it is shown this once, and works once.",
        examples=["https://calls.example.org/new-password/#token=Vt0p8d3…"],
    )
    expires_at: datetime


class NewPasswordByLink(BaseModel):
    """Another password."""

    model_config = ConfigDict(extra="forbid")

    token: LinkSecret
    password: NewPassword


def listed_invitation(invitation: Invitation, *, at: datetime) -> ListedInvitation:
    """Return an invitation as it is shown."""
    return ListedInvitation(
        id=invitation.id,
        email=invitation.email,
        role=Role(invitation.role),
        invited_by=invitation.invited_by,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        active=invitation.expires_at > at,
    )
