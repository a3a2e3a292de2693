"""Who asks: found out before the framework sees a request, handed to routes that want to know."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.types import Scope

from hoistscraper.accounts.actor import ANONYMOUS, Actor

_PLACE = "hoistscraper.actor"
_AGAIN = "hoistscraper.actor-again"

LookAgain = Callable[[], Awaitable[Actor]]
"""Finds out anew who asks."""


def set_actor(scope: Scope, actor: Actor, again: LookAgain) -> None:
    """Note who asks, and how one finds out later whether that is still so."""
    scope[_PLACE] = actor
    scope[_AGAIN] = again


def actor_of(scope: Scope) -> Actor:
    """Return who asks; nobody, where that was not found out."""
    actor = scope.get(_PLACE)
    return actor if isinstance(actor, Actor) else ANONYMOUS


async def actor_again(scope: Scope) -> Actor:
    """Return who asks, found out anew; nobody, where that cannot be.

    :raises NotSignedIn: it was asked with a token that counts no more.
    :raises Unavailable: the database does not answer.
    """
    again: LookAgain | None = scope.get(_AGAIN)
    return await again() if again else ANONYMOUS


async def _actor(connection: HTTPConnection) -> Actor:
    return actor_of(connection.scope)


ActorOf = Annotated[Actor, Depends(_actor)]
