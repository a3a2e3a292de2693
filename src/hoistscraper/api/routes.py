"""The address of a request as its route is written, such as ``/api/websites/{website_id}``."""

from starlette.types import Scope

ROUTE = "hoistscraper.route"
"""Where a scope names the route of an answer that the framework did not see."""
UNKNOWN = "(none)"


def route_of(scope: Scope) -> str:
    """Return the route that answered."""
    if named := scope.get(ROUTE):
        return str(named)
    # The framework knows of a route only the part that its own router added.
    last: str | None = getattr(scope.get("route"), "path", None)
    if last is None:
        return UNKNOWN
    parts = scope["path"].split("/")
    first = "/".join(parts[: len(parts) - last.count("/")])
    return first + last
