"""Who uses HoistScraper, and by what they are recognised, as the database keeps it.

Secrets are kept as SHA-256 only (they are random, so nobody finds them by trying), passwords as argon2.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, LargeBinary, Text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from hoistscraper.clock import now


def _of_user() -> Column[UUID]:
    return Column(ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=True)


def _secret_hash() -> Column[bytes]:
    return Column(LargeBinary, nullable=False, unique=True)


class User(SQLModel, table=True):
    """Somebody who may sign in. ``email`` is case-folded; ``role`` is a :class:`Role`.

    Without ``password_hash`` nobody signs in by password: who comes from elsewhere, or was invited only.
    """

    __tablename__ = "user"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    email: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    password_hash: str | None = Field(default=None, sa_type=Text, repr=False)
    is_active: bool = True
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    last_sign_in_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    password_changed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class UserSession(SQLModel, table=True):
    """A browser in which a user signed in. It ends at ``expires_at``, or if unused for too long before."""

    __tablename__ = "session"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    token_hash: bytes = Field(sa_column=_secret_hash(), repr=False)
    user_id: UUID = Field(sa_column=_of_user())
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    last_seen_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True), index=True)
    address: str | None = Field(default=None, sa_type=Text)
    user_agent: str | None = Field(default=None, sa_type=Text)


class ApiToken(SQLModel, table=True):
    """By what a program of a user is recognised. ``prefix`` is the beginning of its secret, for people.

    It may do what its role may, and what its user may at the time, whichever is less.
    """

    __tablename__ = "api_token"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    token_hash: bytes = Field(sa_column=_secret_hash(), repr=False)
    user_id: UUID = Field(sa_column=_of_user())
    name: str = Field(sa_type=Text)
    prefix: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    last_used_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    expires_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class KnownDevice(SQLModel, table=True):
    """A browser in which a user has signed in before: those who guess elsewhere do not slow it down."""

    __tablename__ = "known_device"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    token_hash: bytes = Field(sa_column=_secret_hash(), repr=False)
    user_id: UUID = Field(sa_column=_of_user())
    used_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True), index=True)


class SignInAttempts(SQLModel, table=True):
    """Failures in a row, of one account, address or device: ``subject`` is a hash of which."""

    __tablename__ = "sign_in_attempts"

    subject: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    failures: int
    failed_at: datetime = Field(sa_type=DateTime(timezone=True), index=True)
    next_at: datetime = Field(sa_type=DateTime(timezone=True))
