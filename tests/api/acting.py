"""The app without the gate before it, asked by somebody who is known already."""

from starlette.types import ASGIApp, Receive, Scope, Send

from hoistscraper.accounts.actor import LOCAL, Actor
from hoistscraper.api.acting import set_actor


def acting(app: ASGIApp, actor: Actor = LOCAL) -> ASGIApp:
    """Return an app whose requests all come from one actor."""

    async def again() -> Actor:
        return actor

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        set_actor(scope, actor, again)
        await app(scope, receive, send)

    return asked
