"""Log-ins of websites on the wire: what is given is secret, and what is told of it is not."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
    Kind,
    RecordedCredential,
    cookies_from,
)
from hoistscraper.accounts.recording import ASKED, recorded_steps, written_steps
from hoistscraper.api.text import PLAIN
from hoistscraper.api.website_wire import Address
from hoistscraper.errors import Invalid
from hoistscraper.fetching.urls import typed_address

_LONGEST_SECRET = 8_000
Secret = Annotated[SecretStr, Field(min_length=1, max_length=_LONGEST_SECRET)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), PLAIN]
Written = Annotated[str, StringConstraints(min_length=1, max_length=20_000), PLAIN]

_LOG_IN_URL = Field(
    description="The page where the log-in begins.", examples=["https://example.org/members/login"]
)
_USER = Field(examples=["reader@example.org"])
_PASSWORD = Field(examples=["four words or a long line"])
_STEPS = Field(
    description=f"What to do in a browser, a step a line; {ASKED} stands for a text given in `secrets`.",
    examples=["fill #user reader@example.org\nfill #password (asked)\nclick button[type=submit]"],
)


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BasicLogIn(_Given):
    """A user name and password that the browser itself asks for (HTTP basic)."""

    kind: Literal[Kind.BASIC]
    user: Line = _USER
    password: Secret = _PASSWORD

    def credential(self) -> Credential:
        """Return what is locked away."""
        return BasicCredential(user=self.user, password=self.password.get_secret_value())


class CookieLogIn(_Given):
    """The cookies of a browser that is logged in."""

    kind: Literal[Kind.COOKIE]
    cookies: Secret = Field(description="Written as name=value; name=value.", examples=["session=abc123"])

    def credential(self) -> Credential:
        """Return what is locked away."""
        return CookieCredential(cookies=cookies_from(self.cookies.get_secret_value()))


class HeaderLogIn(_Given):
    """A header that goes with every request, such as an API key."""

    kind: Literal[Kind.HEADER]
    name: Line = Field(examples=["X-Api-Key"])
    value: Secret = Field(examples=["abc123"])

    def credential(self) -> Credential:
        """Return what is locked away."""
        return HeaderCredential(name=self.name, value=self.value.get_secret_value())


class FormLogIn(_Given):
    """A name and password for a form on a page; its fields are found unless they are named."""

    kind: Literal[Kind.FORM]
    log_in_url: Address = _LOG_IN_URL
    user: Line = _USER
    password: Secret = _PASSWORD
    user_field: Line | None = Field(default=None, description="The field for the name, if not found.")
    password_field: Line | None = Field(default=None, description="The field for the password, if not found.")
    more: dict[Line, Secret] = Field(
        default_factory=dict, max_length=20, description="Further fields to fill in.", examples=[{}]
    )
    success_text: Line | None = Field(default=None, description="A text that only who is logged in sees.")

    def credential(self) -> Credential:
        """Return what is locked away."""
        return FormCredential(
            url=typed_address(self.log_in_url),
            user=self.user,
            password=self.password.get_secret_value(),
            user_field=self.user_field,
            password_field=self.password_field,
            more={name: value.get_secret_value() for name, value in self.more.items()},
            success_text=self.success_text,
        )


class RecordedLogIn(_Given):
    """Steps in a browser, for websites that no other kind can log in to."""

    kind: Literal[Kind.RECORDED]
    log_in_url: Address = _LOG_IN_URL
    steps: Written = _STEPS
    secrets: list[Secret] = Field(
        default_factory=list, max_length=50, description=f"A text for each {ASKED}, in their order."
    )

    def credential(self) -> Credential:
        """Return what is locked away.

        :raises Invalid: a step cannot be read, or there are more or fewer secrets than steps ask for.
        """
        left = [secret.get_secret_value() for secret in self.secrets]

        def answer(question: str) -> str:
            if not left:
                raise Invalid(f"{question}: no secret was given for it; give one for each {ASKED}.")
            return left.pop(0)

        steps = recorded_steps(self.steps, answer)
        if left:
            raise Invalid(f"There are more secrets than steps that say {ASKED}.")
        return RecordedCredential(url=typed_address(self.log_in_url), steps=steps)


NewLogIn = Annotated[
    BasicLogIn | CookieLogIn | HeaderLogIn | FormLogIn | RecordedLogIn, Field(discriminator="kind")
]


class LogInSettings(BaseModel):
    """What a log-in consists of besides its secrets, so that it can be set again without typing all of it."""

    log_in_url: str | None = None
    user_field: str | None = None
    password_field: str | None = None
    more: list[str] = Field(default_factory=list, description="The names of further fields.")
    success_text: str | None = None
    header: str | None = Field(default=None, description="The name of the header.")
    steps: str | None = Field(default=None, description=f"The steps, with {ASKED} for all that is typed.")


class LogIn(BaseModel):
    """How a website is logged in to, without any secret, and how that went."""

    kind: Kind | None = Field(description="null: it has no log-in.")
    settings: LogInSettings | None = Field(
        description="null: there is no log-in, or it cannot be opened; `failed_reason` says why."
    )
    changed_at: datetime | None
    last_used_at: datetime | None
    last_verified_at: datetime | None = Field(description="When the website last let us in.")
    failures: int = Field(description="Visits in a row that could not log in.")
    is_given_up: bool = Field(
        description="Whether visits do not try it any more, lest the account be locked: test it, or set it."
    )
    failed_reason: str | None


class LogInTrial(BaseModel):
    """What came of a test."""

    is_let_in: bool
    url: str | None = Field(description="The address that was shown at the end.")
    title: str | None = Field(description="The title of the page there.", examples=["Open calls"])
    remark: str | None = Field(description="A doubt, where there is one.")
    error: str | None = Field(description="Why the website does not let us in, and what to do.")
    job_id: UUID | None = Field(description="The visit that goes on now, because the one before had failed.")


def settings_of(credential: Credential) -> LogInSettings:
    """Return what a log-in consists of besides its secrets; what was typed in steps may be one."""
    match credential:
        case BasicCredential() | CookieCredential():
            return LogInSettings()
        case HeaderCredential():
            return LogInSettings(header=credential.name)
        case FormCredential():
            return LogInSettings(
                log_in_url=credential.url,
                user_field=credential.user_field,
                password_field=credential.password_field,
                more=list(credential.more),
                success_text=credential.success_text,
            )
        case RecordedCredential():
            return LogInSettings(log_in_url=credential.url, steps=written_steps(credential.steps))
