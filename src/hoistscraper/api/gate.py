"""The gate before everything: finds out who asks, and lets nobody in whom it does not know.

Answers that are ready are the same for all who may read, so this stands in front of them. What each of those
who were let in may do is told by :mod:`hoistscraper.api.access`, and judged where the operation is known.
"""

from collections.abc import Callable
from functools import partial

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hoistscraper.accounts.actor import ANONYMOUS, LOCAL, Actor, ActorKind, Proof
from hoistscraper.accounts.bearing import is_csrf_token
from hoistscraper.accounts.roles import Role
from hoistscraper.api.access import CLOSED, SIGN_IN_FIRST
from hoistscraper.api.acting import set_actor
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.doors import Doors
from hoistscraper.api.presented import Presented
from hoistscraper.api.problems import answer, answer_to
from hoistscraper.api.recognition import Recognition
from hoistscraper.errors import HoistError, NotSignedIn, Refused
from hoistscraper.logs import also_logged_with

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_METRICS = "/metrics"
_SAME_FOR_ALL = "/api/health/"
_METER = Actor(ActorKind.LOCAL, "a program of this computer", Role.VIEWER)

_UNKNOWN_NAME = (
    "This server is not known by the name that was asked for: open it as http://127.0.0.1 with its port, or "
    "name the address in HOIST_PUBLIC_URL."
)
_OF_ANOTHER_WEBSITE = (
    "This change was asked for by a page of another website, and refused: do it in the web app itself. "
    "Behind a proxy, name the address that people open in HOIST_PUBLIC_URL."
)
_NOBODYS = "This token is not known, has ended, or was revoked: make another one."
_FORGED = "The header X-CSRF-Token is missing or of another session: send the csrf_token of GET /api/session."


class Gate:
    """Passes on requests with the actor in their scope."""

    def __init__(
        self,
        app: ASGIApp,
        recognition: Recognition,
        doors: Doors,
        cookies: Cookies,
        *,
        is_open: Callable[[str], bool],
        shows_metrics_here: bool,
    ) -> None:
        self._app = app
        self._recognition = recognition
        self._doors = doors
        self._cookies = cookies
        self._is_open = is_open
        self._shows_metrics_here = shows_metrics_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        presented = Presented(scope["headers"], self._cookies)
        is_change = scope["method"] not in _READING
        try:
            refusal = await self._refusal(scope, presented, is_change=is_change)
        except HoistError as error:
            refusal = answer_to(error)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif is_change:
            await self._app(scope, receive, self._forgetting(send))
        else:
            await self._app(scope, receive, send)

    async def _refusal(self, scope: Scope, presented: Presented, *, is_change: bool) -> Response | None:
        if not self._doors.is_our_name(presented.host):
            return answer(421, _UNKNOWN_NAME)
        if scope["path"].startswith(_SAME_FOR_ALL) or not scope["path"].startswith(CLOSED):
            # Whether we live is told at once, even where the database does not answer.
            return None
        actor = await self._actor(scope, presented)
        if is_change and actor.proof is not Proof.TOKEN:
            self._must_be_from_our_pages(actor, presented)
        also_logged_with(user=str(actor.user_id or actor.kind), role=str(actor.role or "none"))
        set_actor(scope, actor, partial(self._actor, scope, presented, is_use=False))
        if actor.role is None and not self._is_open(scope["path"]):
            raise NotSignedIn(SIGN_IN_FIRST)
        return None

    async def _actor(self, scope: Scope, presented: Presented, *, is_use: bool = True) -> Actor:
        if presented.token is not None:
            found = await self._recognition.by_token(presented.token, is_use=is_use)
            if found is None:
                raise NotSignedIn(_NOBODYS)
            return found
        if presented.session is not None:
            found = await self._recognition.by_session(presented.session, is_use=is_use)
            if found is not None:
                return found
        return await self._actor_by_place(scope, presented)

    async def _actor_by_place(self, scope: Scope, presented: Presented) -> Actor:
        """Return who asks without any proof: somebody at this computer, or nobody that is known."""
        doors, client = self._doors, scope["client"]
        if not doors.is_this_computer(
            client[0] if client else None, presented.host, is_forwarded=presented.is_forwarded
        ):
            return ANONYMOUS
        if self._shows_metrics_here and scope["path"] == _METRICS:
            return _METER
        if doors.is_for_this_computer_alone and not await self._recognition.has_administrator():
            return LOCAL
        return ANONYMOUS

    def _must_be_from_our_pages(self, actor: Actor, presented: Presented) -> None:
        """See that no other website in the same browser asks for a change.

        :raises Refused: it may be.
        """
        if not self._doors.is_from_our_pages(
            host=presented.host, origin=presented.origin, fetch_site=presented.fetch_site
        ):
            raise Refused(_OF_ANOTHER_WEBSITE)
        if actor.proof is Proof.SESSION and not is_csrf_token(presented.csrf or "", presented.session or ""):
            raise Refused(_FORGED)

    def _forgetting(self, send: Send) -> Send:
        """Look everybody up anew from the moment on at which a change is told of."""

        async def forgetting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._recognition.forget()
            await send(message)

        return forgetting
