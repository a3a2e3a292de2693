"""Who changes something from where: what a route writes into the audit trail."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.types import Scope

from hoistscraper.api.acting import actor_of
from hoistscraper.api.answer_headers import REQUEST_ID
from hoistscraper.audit.trail import Trail


def trail_of(scope: Scope) -> Trail:
    """Return what the entries of a request have in common."""
    client = scope.get("client")
    name = scope.get(REQUEST_ID)
    return Trail(
        actor_of(scope), origin=client[0] if client else None, request_id=UUID(name) if name else None
    )


async def _trail(connection: HTTPConnection) -> Trail:
    return trail_of(connection.scope)


TrailOf = Annotated[Trail, Depends(_trail)]
