"""Sign-in, users, sessions and tokens on the wire; secrets are never shown, but for a new token's, once."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from hoistscraper.accounts.api_tokens import has_ended
from hoistscraper.accounts.passwords import LONGEST, SHORTEST
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.user_model import ApiToken, User, UserSession
from hoistscraper.accounts.users import LONGEST_EMAIL, LONGEST_NAME
from hoistscraper.api.text import PLAIN

Email = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=LONGEST_EMAIL), PLAIN
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME), PLAIN]
Password = Annotated[SecretStr, Field(max_length=LONGEST)]
_EMAIL = Field(examples=["ana@example.org"])
_NAME = Field(examples=["Ana"])
_ROLE = Field(
    description="viewer: reads; editor: changes websites and jobs, too; administrator: everything.",
    examples=["editor"],
)
_PASSWORD = Field(
    description=f"At least {SHORTEST} characters, and none of those that are guessed first.",
    examples=["four words or a long line"],
)


class Me(BaseModel):
    """Who has signed in; with a token, what it may do."""

    id: UUID
    name: str = _NAME
    email: str = _EMAIL
    role: Role = _ROLE


class WaysIn(BaseModel):
    """How one signs in here."""

    password: bool = Field(description="With an e-mail address and a password.")
    providers: list[str] = Field(
        description="Elsewhere, by GET /api/session/oidc: the name for its button.", examples=[[]]
    )


class Session(BaseModel):
    """Who asks, and what is needed to ask for more."""

    user: Me | None = Field(description="null: nobody signed in.")
    actor: Literal["local", "user", "anonymous"] = Field(
        description="local: nobody needs to sign in, for there is no administrator yet, and this computer "
        "alone is answered."
    )
    setup_needed: bool = Field(
        description="Whether there is no administrator yet: POST /api/setup makes one."
    )
    csrf_token: str | None = Field(
        description="Send it as `X-CSRF-Token` with every change; null: none is needed.", examples=[None]
    )
    sign_in: WaysIn


class SignIn(BaseModel):
    """An e-mail address and a password."""

    model_config = ConfigDict(extra="forbid")

    email: Email = _EMAIL
    password: Password = Field(examples=["four words or a long line"])


class FirstAdministrator(BaseModel):
    """Who is to be administrator of a new HoistScraper."""

    model_config = ConfigDict(extra="forbid")

    email: Email = _EMAIL
    name: Name = _NAME
    password: Password = _PASSWORD


class ListedUser(BaseModel):
    """A user."""

    id: UUID
    email: str = _EMAIL
    name: str = _NAME
    role: Role = _ROLE
    active: bool = Field(description="Whether this user may sign in.")
    has_password: bool
    created_at: datetime
    last_sign_in_at: datetime | None


class UserList(BaseModel):
    """All users, by name."""

    items: list[ListedUser]


class NewUser(BaseModel):
    """A user to add."""

    model_config = ConfigDict(extra="forbid")

    email: Email = _EMAIL
    name: Name = _NAME
    role: Role = _ROLE
    password: Password | None = Field(
        default=None, description="null: none; this user does not sign in by password yet.", examples=[None]
    )


class UserChanges(BaseModel):
    """What to change; whatever is left out stays. Another role or password ends the user's sessions."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    role: Role | None = None
    active: bool | None = None
    password: Password | None = Field(default=None, examples=["four words or a long line"])


class MyChanges(BaseModel):
    """What to change about oneself; another password ends all other sessions."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    password: Password | None = Field(default=None, description="The new one.", examples=[None])
    current_password: Password | None = Field(
        default=None, description="The one until now: needed for a new one.", examples=[None]
    )


class ListedSession(BaseModel):
    """A browser in which one is signed in."""

    id: UUID
    is_this: bool = Field(description="Whether this very request belongs to it.")
    created_at: datetime
    last_seen_at: datetime = Field(description="To the minute.")
    expires_at: datetime = Field(description="When it ends in any case.")
    address: str | None = Field(examples=["192.0.2.7"])
    user_agent: str | None


class SessionList(BaseModel):
    """One's sessions, the one that was used last first."""

    items: list[ListedSession]


class SessionsEnded(BaseModel):
    """How many sessions were ended."""

    ended: int


class NewToken(BaseModel):
    """A token to make for oneself."""

    model_config = ConfigDict(extra="forbid")

    name: Name = Field(description="What it is for.", examples=["Nightly report"])
    role: Role = Field(description="What it may do at most; not more than its user.", examples=["viewer"])
    expires_at: AwareDatetime | None = Field(
        default=None, description="When it ends; null: when it is revoked.", examples=[None]
    )


class ListedToken(BaseModel):
    """A token, without its secret."""

    id: UUID
    name: str = Field(examples=["Nightly report"])
    prefix: str = Field(description="The beginning of its secret.", examples=["hst_ab12cd…"])
    role: Role = Field(examples=["viewer"])
    user: str = Field(description="The e-mail address of its user.", examples=["ana@example.org"])
    active: bool = Field(description="false: it has ended, or was revoked.")
    created_at: datetime
    last_used_at: datetime | None = Field(description="To the minute.")
    expires_at: datetime | None
    revoked_at: datetime | None


class IssuedToken(ListedToken):
    """A new token with its secret, which is not shown again."""

    secret: str = Field(
        description="Send it as `Authorization: Bearer …`; it is shown this once.",
        examples=["hst_Vt0p8d3…"],
    )


class TokenList(BaseModel):
    """Tokens, the newest first."""

    items: list[ListedToken]


def listed_user(user: User) -> ListedUser:
    """Return a user as it is shown."""
    return ListedUser(
        id=user.id,
        email=user.email,
        name=user.name,
        role=Role(user.role),
        active=user.is_active,
        has_password=user.password_hash is not None,
        created_at=user.created_at,
        last_sign_in_at=user.last_sign_in_at,
    )


def listed_session(session: UserSession, *, this: UUID | None) -> ListedSession:
    """Return a session as it is shown; ``this`` is the one that asks."""
    return ListedSession(
        id=session.id,
        is_this=session.id == this,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        address=session.address,
        user_agent=session.user_agent,
    )


def listed_token(token: ApiToken, user: User, *, at: datetime) -> ListedToken:
    """Return a token as it is shown."""
    return ListedToken(
        id=token.id,
        name=token.name,
        prefix=token.prefix,
        role=Role(token.role),
        user=user.email,
        active=user.is_active and not has_ended(token, at=at),
        created_at=token.created_at,
        last_used_at=token.last_used_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
    )
