"""Websites for members that do nothing without scripts: their log-in, their pages, or both."""

import json
import secrets

from tests.sites.calls import CallsWebsite
from tests.sites.members import PASSWORD, USER, FormSite, Members, cookies_of
from tests.sites.scripted import SHELL, ScriptedSite, content_of
from tests.sites.server import Exchange

LOG_IN = """<!doctype html><html lang="en"><head><title>Log in | Members</title></head><body>
<h1>Log in</h1><form id="door"><input id="user" autocomplete="username">
<input id="password" type="password"><button type="submit" disabled>Log in</button></form><p id="said"></p>
<script>
const send = answers => fetch("{api}", {{method: "POST", body: JSON.stringify(answers)}});
document.querySelector("button").disabled = false;
document.getElementById("door").onsubmit = async event => {{
  event.preventDefault();
  const answer = await send({{
    user: document.getElementById("user").value, password: document.getElementById("password").value}});
  if (answer.ok) {{ location = "/welcome"; }}
  else {{ document.getElementById("said").textContent = "The name or password is wrong."; }}
}};
</script></body></html>"""
TWO_STEPS = """<!doctype html><html lang="en"><head><title>Log in | Members</title></head><body>
<h1>Log in</h1><div id="here"><input id="user"><button id="next">Next</button></div>
<script>
const here = document.getElementById("here");
const send = answers => fetch("/api/log-in", {method: "POST", body: JSON.stringify(answers)});
document.getElementById("next").onclick = async () => {
  const user = document.getElementById("user").value;
  await fetch("/api/known", {method: "POST", body: user});
  here.innerHTML = '<input id="password" type="password"><button id="enter">Log in</button>';
  document.getElementById("enter").onclick = async () => {
    const answer = await send({user, password: document.getElementById("password").value});
    if (answer.ok) location = "/welcome";
  };
};
</script></body></html>"""
WELCOME = """<!doctype html><html lang="en"><head><title>Welcome</title></head><body>
<h1 class="welcome">Welcome back</h1><p>You find the open calls under “Calls”. Our office is open on all
working days, and we answer questions about running calls within two days.</p>
<a href="/">Calls</a> <a href="/logout">Log out</a></body></html>"""
GUARDED = """
fetch("/content?" + encodeURIComponent(location.pathname + location.search)).then(answer => {
  if (answer.status == 401) { location = "/login"; return; }
  answer.json().then(c => document.getElementById("root").outerHTML = c.body);
});
"""


class ScriptedMembersSite(ScriptedSite):
    """The website of calls, empty until its script has run, whose script is answered to members only.

    Without ``log_in`` there is no door to knock at: who is let in is for ``members`` to say. ``guards_all``
    turns strangers away from every page; ``renews``: each answer takes the place of the session before.
    """

    def __init__(
        self,
        website: CallsWebsite,
        members: Members,
        *,
        log_in: str | None = None,
        guards_all: bool = False,
        renews: bool = False,
        script: str = GUARDED,
        host: str = "127.0.0.1",
    ) -> None:
        super().__init__(website, host=host)
        self._members = members
        self._log_in = log_in
        self._guards_all = guards_all
        self._renews = renews
        self._script = script
        if log_in is not None:
            members.is_let_in = self._has_session

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path.split("?", 1)[0]
        if path == "/robots.txt":
            await exchange.send("User-agent: *\nDisallow: /login\nDisallow: /api\n", kind="text/plain")
        elif path == "/login" and self._log_in is not None:
            await exchange.send(self._log_in)
        elif path == "/welcome":
            await exchange.send(WELCOME)
        elif path == "/api/known":
            await exchange.send("{}", kind="application/json")
        elif path == "/api/log-in":
            await self._check(exchange)
        elif path == "/app.js":
            await exchange.send(self._script, kind="text/javascript")
        elif path == "/content":
            await self._content(exchange)
        elif self._guards_all and not self._members.is_let_in(exchange):
            await exchange.send("<p>For members.", status=401)
        else:
            await super().answer(exchange)

    async def _content(self, exchange: Exchange) -> None:
        if not self._members.is_let_in(exchange):
            await exchange.send("{}", status=401, kind="application/json")
            return
        if self._renews:
            session = cookies_of(exchange).get("sid", "")
            renewed = secrets.token_hex(8)
            self._members.sessions[renewed] = self._members.sessions.pop(session) - 1
            exchange.also["Set-Cookie"] = f"sid={renewed}; Path=/; HttpOnly"
        await super().answer(exchange)

    def _has_session(self, exchange: Exchange) -> bool:
        session = cookies_of(exchange).get("sid", "")
        left = self._members.sessions.get(session, 0)
        if not self._renews:
            self._members.sessions[session] = left - 1
        return left > 0

    async def _check(self, exchange: Exchange) -> None:
        told = json.loads(exchange.request.body)
        if (told.get("user"), told.get("password")) != (USER, PASSWORD):
            self._members.refused += 1
            await exchange.send("{}", status=403, kind="application/json")
            return
        self._members.log_ins += 1
        session = secrets.token_hex(8)
        self._members.sessions[session] = self._members.requests_a_session
        await exchange.send("{}", kind="application/json", set_cookie=f"sid={session}; Path=/; HttpOnly")


def log_in_page(api: str = "/api/log-in") -> str:
    """Return a page to log in at, whose form does nothing without its script."""
    return LOG_IN.format(api=api)


class ScriptsBehindForm(FormSite):
    """A website with a log-in form that needs no scripts, behind which everything else does."""

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path.split("?", 1)[0]
        if path in ("/robots.txt", "/login", "/session"):
            await super().answer(exchange)
        elif path == "/app.js":
            await exchange.send(GUARDED, kind="text/javascript")
        elif not self._members.is_let_in(exchange):
            await (exchange.send("{}", status=401) if path == "/content" else self.turn_away(exchange))
        elif path == "/content":
            content = content_of(self._website, exchange.request.path)
            await exchange.send(content, kind="application/json")
        else:
            await exchange.send(SHELL)
