"""A resource: its routes under ``/api``, whole where they are declared."""

from fastapi import APIRouter
from fastapi.routing import APIRoute

from hoistscraper.api.access import GuardedRoute
from hoistscraper.api.problems import documented


def resource(path: str, tag: str) -> APIRouter:
    """Return a router for the routes below ``/api`` and a path, each of which is guarded.

    Its routes become the application's own. A router that is included is asked for its version, and all below
    it for theirs, at every request.
    """
    return APIRouter(
        prefix=f"/api{path}",
        tags=[tag],
        route_class=GuardedRoute,
        # Where a route declares no problem of its own, these may come all the same.
        responses=documented(422, 429, 503),
        generate_unique_id_function=_operation_id,
    )


def _operation_id(route: APIRoute) -> str:
    """Name operations after their function, which reads well in generated clients."""
    return route.name
