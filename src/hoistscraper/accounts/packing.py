"""Log-ins as the plain objects that the vault locks, and back."""

from collections.abc import Mapping

from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
    Kind,
    RecordedCredential,
)
from hoistscraper.accounts.steps import step_as_json, step_from_json
from hoistscraper.errors import Invalid


def packed(credential: Credential) -> dict[str, object]:
    """Return everything that a log-in consists of."""
    match credential:
        case BasicCredential():
            return {"user": credential.user, "password": credential.password}
        case CookieCredential():
            return {"cookies": dict(credential.cookies)}
        case HeaderCredential():
            return {"name": credential.name, "value": credential.value}
        case FormCredential():
            return {
                "url": credential.url,
                "user": credential.user,
                "password": credential.password,
                "user_field": credential.user_field,
                "password_field": credential.password_field,
                "more": dict(credential.more),
                "success_text": credential.success_text,
            }
        case RecordedCredential():
            return {"url": credential.url, "steps": [step_as_json(step) for step in credential.steps]}


def unpacked(kind: str, stored: Mapping[str, object]) -> Credential:
    """Return the log-in that was packed.

    :raises Invalid: it is none of this kind.
    """
    match kind, stored:
        case Kind.BASIC, {"user": str(user), "password": str(password)}:
            return BasicCredential(user=user, password=password)
        case Kind.COOKIE, {"cookies": dict(cookies)}:
            return CookieCredential(cookies=cookies)
        case Kind.HEADER, {"name": str(name), "value": str(value)}:
            return HeaderCredential(name=name, value=value)
        case Kind.FORM, {"url": str(url), "user": str(user), "password": str(password), "more": dict(more)}:
            return FormCredential(
                url=url,
                user=user,
                password=password,
                user_field=_text(stored, "user_field"),
                password_field=_text(stored, "password_field"),
                more=more,
                success_text=_text(stored, "success_text"),
            )
        case Kind.RECORDED, {"url": str(url), "steps": list(steps)}:
            return RecordedCredential(url=url, steps=tuple(step_from_json(step) for step in steps))
        case _:
            raise Invalid(
                "The stored log-in is of a kind that this version does not know; set it again with "
                "`hoistscraper credential set URL`."
            )


def kind_of(credential: Credential) -> Kind:
    """Return which kind a log-in is of."""
    match credential:
        case BasicCredential():
            return Kind.BASIC
        case CookieCredential():
            return Kind.COOKIE
        case HeaderCredential():
            return Kind.HEADER
        case FormCredential():
            return Kind.FORM
        case RecordedCredential():
            return Kind.RECORDED


def _text(stored: Mapping[str, object], name: str) -> str | None:
    value = stored.get(name)
    return value if isinstance(value, str) else None
