"""By what somebody comes in who has no password yet, or none any more, as the database keeps it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now


def _secret_hash() -> Column[bytes]:
    return Column(LargeBinary, nullable=False, unique=True)


def _of_user() -> Column[UUID]:
    return Column(ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=True)


class Invitation(SQLModel, table=True):
    """Somebody who may become a user, in a :class:`Role`. One that was accepted or revoked is removed.

    ``invited_by`` is for people to read.
    """

    __tablename__ = "invitation"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    email: str = Field(sa_type=Text, unique=True)
    role: str = Field(sa_type=Text)
    token_hash: bytes = Field(sa_column=_secret_hash(), repr=False)
    invited_by: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))


class PasswordReset(SQLModel, table=True):
    """A link by which a user may set another password; one that was used is removed, with all others."""

    __tablename__ = "password_reset"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    token_hash: bytes = Field(sa_column=_secret_hash(), repr=False)
    user_id: UUID = Field(sa_column=_of_user())
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True), index=True)


class Identity(SQLModel, table=True):
    """What a user is called by a provider: ``subject`` never changes there, as e-mail addresses may."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("user_id", "issuer"))

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    user_id: UUID = Field(sa_column=Column(ForeignKey("user.id", ondelete="CASCADE"), nullable=False))
    issuer: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
