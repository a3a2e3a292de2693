"""People and their programs, who ask the API as they do in life: by a cookie, or by a token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from hoistscraper.accounts import api_tokens, users
from hoistscraper.accounts.passwords import hash_password
from hoistscraper.accounts.roles import Role
from hoistscraper.clock import now
from hoistscraper.database.engine import Database

PASSWORD = "a bridge over still water"


@dataclass
class Person:
    """Somebody who asks; ``headers`` go with each request, and the CSRF token with each change."""

    client: httpx.AsyncClient
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str | None = None

    async def ask(self, method: str, path: str, **rest: Any) -> httpx.Response:  # noqa: ANN401 - as httpx
        headers = {**self.headers, **rest.pop("headers", {})}
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.csrf and method != "GET":
            headers.setdefault("x-csrf-token", self.csrf)
        answer = await self.client.request(method, path, headers=headers, **rest)
        # What one browser keeps is no other's: the client is shared.
        self.client.cookies.clear()
        for name, value in answer.cookies.items():
            if name.startswith(("hoistscraper-session", "hoistscraper-device", "__Host-")):
                self.cookies[name] = value
        return answer

    async def get(self, path: str, **rest: Any) -> httpx.Response:  # noqa: ANN401
        return await self.ask("GET", path, **rest)

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        answer = await self.ask("POST", "/api/session", json={"email": email, "password": password})
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf_token"]
        return answer


async def add_person(
    database: Database, role: Role, *, email: str | None = None, password: str | None = PASSWORD
) -> UUID:
    """Add a user named after the role."""
    password_hash = await hash_password(password) if password else None
    async with database.transaction() as session:
        user = await users.add_user(
            session,
            email=email or f"{role}@example.org",
            name=role.capitalize(),
            role=role,
            password_hash=password_hash,
            at=now(),
        )
        return user.id


async def add_token(database: Database, user_id: UUID, role: Role) -> str:
    """Make a token; return its secret."""
    async with database.transaction() as session:
        user = await users.user_by_id(session, user_id)
        _, secret = await api_tokens.issue(
            session, user, name="program", role=role, expires_at=None, at=now()
        )
        return secret


def bearer(secret: str) -> dict[str, str]:
    """Return the header that presents a token."""
    return {"authorization": f"Bearer {secret}"}
