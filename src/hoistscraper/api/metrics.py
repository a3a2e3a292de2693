"""``/metrics``: figures for Prometheus."""

from fastapi import APIRouter, Response

from hoistscraper.api.access import GuardedRoute
from hoistscraper.api.parts import PartsOf
from hoistscraper.monitoring import MEDIA_TYPE

router = APIRouter(tags=["metrics"], route_class=GuardedRoute)


@router.get("/metrics", include_in_schema=False)
async def read_metrics(parts: PartsOf) -> Response:
    """Return the figures of this process, and those of the database, at most some seconds old."""
    await parts.gathered.renew()
    return Response(parts.measures.text(), media_type=MEDIA_TYPE)
