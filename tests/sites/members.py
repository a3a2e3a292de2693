"""Websites whose calls only members may see: by form, HTTP basic, cookie or header, with strict doors."""

import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl

from tests.sites.calls import CallsSite, CallsWebsite
from tests.sites.server import Exchange

USER, PASSWORD = "reader@example.org", "correct horse, battery: staple"
API_KEY = "key-4711-abcdef"

LOG_IN_PAGE = """<!doctype html><html lang="en"><head><title>Log in | {name}</title></head><body>
<nav><a href="/">Home</a></nav><main><h1>Log in</h1>{message}
<form action="/session" method="post"><input type="hidden" name="csrf" value="{token}">
<label>E-mail <input type="email" name="email"></label>
<label>Password <input type="password" name="secret"></label>
<input type="checkbox" name="remember" value="yes" checked><button name="go" value="in">Log in</button>
</form></main></body></html>"""


def basic_header(user: str = USER, password: str = PASSWORD) -> str:
    """Return what HTTP basic sends."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


@dataclass
class Members:
    """Who is let in. ``requests_a_session``: how many pages one log-in lasts; ``shows_form``: answers 200."""

    is_let_in: Callable[[Exchange], bool] = lambda _: False
    requests_a_session: int = 1_000_000
    shows_form: bool = False
    public_paths: frozenset[str] = frozenset()
    status_for_strangers: int = 401
    log_ins: int = 0
    refused: int = 0
    tokens: set[str] = field(default_factory=set)
    sessions: dict[str, int] = field(default_factory=dict)


class MembersSite(CallsSite):
    """A website of calls behind a door."""

    def __init__(self, website: CallsWebsite, members: Members) -> None:
        super().__init__(website)
        self._members = members

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path.split("?", 1)[0]
        if path == "/robots.txt":
            await exchange.send("User-agent: *\nDisallow: /login\nDisallow: /session\n", kind="text/plain")
        elif path in self._members.public_paths or self._members.is_let_in(exchange):
            await super().answer(exchange)
        else:
            await self.turn_away(exchange)

    async def turn_away(self, exchange: Exchange) -> None:
        await exchange.send("<p>For members.", status=self._members.status_for_strangers)


class FormSite(MembersSite):
    """Lets in who filled in the form with the token of its page, and came back with the cookies of both."""

    def __init__(self, website: CallsWebsite, members: Members) -> None:
        super().__init__(website, members)
        members.is_let_in = self._has_session

    def _has_session(self, exchange: Exchange) -> bool:
        session = cookies_of(exchange).get("sid", "")
        left = self._members.sessions.get(session, 0)
        self._members.sessions[session] = left - 1
        return left > 0

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path.split("?", 1)[0]
        if path == "/login":
            await self._form(exchange)
        elif path == "/session":
            await self._check(exchange)
        else:
            await super().answer(exchange)

    async def turn_away(self, exchange: Exchange) -> None:
        path = exchange.request.path.split("?", 1)[0]
        if self._members.shows_form:
            await self._form(exchange)
        else:
            await exchange.send(status=302, location=f"/login?next={path}")

    async def _form(self, exchange: Exchange, message: str = "") -> None:
        token = secrets.token_hex(8)
        self._members.tokens.add(token)
        body = LOG_IN_PAGE.format(name="Members", token=token, message=message)
        await exchange.send(body, set_cookie=f"csrf={token}; Path=/; HttpOnly")

    async def _check(self, exchange: Exchange) -> None:
        told = dict(parse_qsl(exchange.request.body.decode()))
        token = cookies_of(exchange).get("csrf")
        is_from_our_page = (
            exchange.request.method == "POST"
            and told.get("csrf") == token
            and token in self._members.tokens
            and exchange.request.headers.get("origin") == self.url("").rstrip("/")
            and (told.get("remember"), told.get("go")) == ("yes", "in")
        )
        if not is_from_our_page or (told.get("email"), told.get("secret")) != (USER, PASSWORD):
            self._members.refused += 1
            await self._form(exchange, "<p>The e-mail or password is wrong.</p>")
            return
        self._members.log_ins += 1
        session = secrets.token_hex(8)
        self._members.sessions[session] = self._members.requests_a_session
        await exchange.send(status=303, location="/", set_cookie=f"sid={session}; Path=/; HttpOnly")


def cookies_of(exchange: Exchange) -> dict[str, str]:
    """Return the cookies of a request."""
    return {
        name: morsel.value
        for name, morsel in SimpleCookie(exchange.request.headers.get("cookie", "")).items()
    }


def by_header(name: str, value: str) -> Callable[[Exchange], bool]:
    """Let in who sends a header."""
    return lambda exchange: exchange.request.headers.get(name.lower()) == value


def by_cookie(name: str, value: str) -> Callable[[Exchange], bool]:
    """Let in who sends a cookie."""
    return lambda exchange: cookies_of(exchange).get(name) == value
