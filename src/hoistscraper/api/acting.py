"""Who asks: found out before the framework sees a request, handed to routes that want to know."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.types import Scope

from hoistscraper.accounts.actor import ANONYMOUS, Actor

_PLACE = "hoistscraper.actor"


def set_actor(scope: Scope, actor: Actor) -> None:
    """Note who asks."""
    scope[_PLACE] = actor


def actor_of(scope: Scope) -> Actor:
    """Return who asks; nobody, where that was not found out."""
    actor = scope.get(_PLACE)
    return actor if isinstance(actor, Actor) else ANONYMOUS


async def _actor(connection: HTTPConnection) -> Actor:
    return actor_of(connection.scope)


ActorOf = Annotated[Actor, Depends(_actor)]
