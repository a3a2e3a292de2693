"""Who may do what: every operation of the API, by its id, with the role that it needs.

An operation that is not here cannot be served: the app refuses to be built. Whoever has a role may do what
the roles below it may.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.types import Message, Receive, Scope, Send

from hoistscraper.accounts.actor import ANONYMOUS, Actor, Proof
from hoistscraper.accounts.roles import Role
from hoistscraper.api.acting import actor_again, actor_of
from hoistscraper.api.streams import serve_while
from hoistscraper.errors import NotSignedIn, Refused

ANYBODY = None
VIEWER, EDITOR, ADMINISTRATOR = Role.VIEWER, Role.EDITOR, Role.ADMINISTRATOR

ACCESS: Mapping[str, Role | None] = MappingProxyType(
    {
        # Whether it is there, and how to get in.
        "read_liveness": ANYBODY,
        "read_readiness": ANYBODY,
        "read_session": ANYBODY,
        "sign_in": ANYBODY,
        "sign_out": ANYBODY,
        "set_up": ANYBODY,
        "sign_in_elsewhere": ANYBODY,
        "come_back": ANYBODY,
        "accept_invitation": ANYBODY,
        "ask_for_new_password": ANYBODY,
        "set_new_password": ANYBODY,
        # What was found, and how that goes.
        "list_opportunities": VIEWER,
        "count_opportunities": VIEWER,
        "read_facets": VIEWER,
        "suggest_opportunities": VIEWER,
        "export_opportunities": VIEWER,
        "read_opportunity": VIEWER,
        "read_opportunity_history": VIEWER,
        "list_similar_opportunities": VIEWER,
        "read_saved_page": VIEWER,
        "list_websites": VIEWER,
        "read_website": VIEWER,
        "export_websites": VIEWER,
        "count_websites": VIEWER,
        "list_website_activity": VIEWER,
        "read_usual": VIEWER,
        "list_scrape_jobs": VIEWER,
        "read_scrape_job": VIEWER,
        "read_scrape_job_log": VIEWER,
        "follow_scrape_job": VIEWER,
        "follow_scrape_jobs": VIEWER,
        "read_stats": VIEWER,
        "read_system": VIEWER,
        "read_metrics": VIEWER,
        # What is watched.
        "add_website": EDITOR,
        "change_website": EDITOR,
        "change_websites": EDITOR,
        "remove_website": EDITOR,
        "accept_website": EDITOR,
        "preview_website": EDITOR,
        "read_log_in": EDITOR,
        "set_log_in": EDITOR,
        "remove_log_in": EDITOR,
        "test_log_in": EDITOR,
        "import_websites": EDITOR,
        "scrape_website": EDITOR,
        "create_scrape_jobs": EDITOR,
        "cancel_scrape_job": EDITOR,
        "retry_scrape_job": EDITOR,
        # One's own: nobody else's is shown or changed by these, but to administrators.
        "change_me": VIEWER,
        "list_sessions": VIEWER,
        "end_session": VIEWER,
        "sign_out_everywhere": VIEWER,
        "list_tokens": VIEWER,
        "issue_token": VIEWER,
        "revoke_token": VIEWER,
        "read_marks": VIEWER,
        "list_marked": VIEWER,
        "mark_opportunity": VIEWER,
        "unmark_opportunity": VIEWER,
        "list_views": VIEWER,
        "save_view": VIEWER,
        "change_view": VIEWER,
        "remove_view": VIEWER,
        # How all of it works, and for whom.
        "read_settings": ADMINISTRATOR,
        "change_settings": ADMINISTRATOR,
        "list_features": ADMINISTRATOR,
        "list_backups": ADMINISTRATOR,
        "list_audit_entries": ADMINISTRATOR,
        "export_audit_entries": ADMINISTRATOR,
        "list_users": ADMINISTRATOR,
        "add_user": ADMINISTRATOR,
        "read_user": ADMINISTRATOR,
        "change_user": ADMINISTRATOR,
        "remove_user": ADMINISTRATOR,
        "make_reset_link": ADMINISTRATOR,
        "list_invitations": ADMINISTRATOR,
        "invite_user": ADMINISTRATOR,
        "revoke_invitation": ADMINISTRATOR,
    }
)

ACCOUNTS, AUDIT_TRAIL = "accounts", "audit trail"
"""The tags of what tells of people, their sessions and tokens, and what they did."""
CLOSED = ("/api", "/metrics")
"""Beginnings of paths that are the web app's no more: what is there is for those who are known."""
_DOCUMENTS = "/api/docs"

BY_SESSION_ONLY = frozenset({"change_me", "issue_token", "make_reset_link"})
"""What no token may do: else one that was lost could make itself at home."""

SIGN_IN_FIRST = (
    "Sign in first: with your e-mail address and password, or with a token in the header "
    "`Authorization: Bearer hst_…`."
)


class GuardedRoute(APIRoute):
    """A route that is served to those only who may do what it does."""

    def __init__(self, path: str, endpoint: Any, **rest: Any) -> None:  # noqa: ANN401 - what the framework gives
        super().__init__(path, endpoint, **rest)
        if self.name not in ACCESS:
            raise LookupError(f"{self.name} is not in the table of hoistscraper.api.access: who may do this?")
        self.needed = ACCESS[self.name]
        self._tells_of_people = not {ACCOUNTS, AUDIT_TRAIL}.isdisjoint(self.tags)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, after it was judged, which is before anything of it is read.

        A stream is served as long as whoever asks may have it.

        :raises NotSignedIn: nobody knows who asks.
        :raises Refused: whoever asks may not do this.
        """
        actor = actor_of(scope)
        must_be_allowed(actor, self.needed)
        if actor.proof is Proof.TOKEN and self.name in BY_SESSION_ONLY:
            raise Refused("This cannot be done with a token: sign in with your password, and do it there.")
        if self.is_sse_stream:

            async def look() -> None:
                must_be_allowed(await actor_again(scope), self.needed)

            await serve_while(super().handle, look, scope, receive, send)
        else:
            await super().handle(scope, receive, _unkept(send) if self._tells_of_people else send)


def _unkept(send: Send) -> Send:
    """Have no browser and no proxy keep what is told of people."""

    async def unkept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [each for each in message.get("headers", ()) if each[0].lower() != b"cache-control"]
            message["headers"] = [*headers, (b"cache-control", b"no-store")]
        await send(message)

    return unkept


def must_be_allowed(actor: Actor, needed: Role | None) -> None:
    """See that somebody may do what a role is needed for.

    :raises NotSignedIn: nobody knows who asks.
    :raises Refused: whoever asks may not do this.
    """
    if actor.may(needed):
        return
    if actor is ANONYMOUS:
        raise NotSignedIn(SIGN_IN_FIRST)
    raise Refused(
        f"This needs the role {needed}, and you are {actor.role} here: ask an administrator for it."
    )


def must_all_be_guarded(app: FastAPI) -> None:
    """See that every operation stands in the table.

    :raises LookupError: naming one that does not.
    """
    for route in iter_route_contexts(app.routes):
        original, path = route.original_route, route.path or ""
        if isinstance(original, APIRoute) and not isinstance(original, GuardedRoute) and not _explains(path):
            raise LookupError(f"{path} would be served to anybody: declare it with a resource.")


def open_to_anybody(app: FastAPI) -> Callable[[str], bool]:
    """Return what tells whether something is served at a path to those whom nobody knows.

    Pages, scripts and pictures of the web app are: they hold nothing that was found.
    """
    patterns = [
        route.path_regex
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, GuardedRoute) and route.original_route.needed is ANYBODY
    ]

    def is_open(path: str) -> bool:
        return not path.startswith(CLOSED) or any(pattern.match(path) for pattern in patterns)

    return is_open


def _explains(path: str) -> bool:
    """Whether the framework explains the operations there, to those who may read."""
    return path == _DOCUMENTS or path.startswith(f"{_DOCUMENTS}/")
