"""Whether the API lives, and whether it can do its work."""

from pydantic import BaseModel, Field

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource

router = resource("/health", "health")


class Health(BaseModel):
    """That all is well."""

    status: str = Field(examples=["ok"])


@router.get("/live", summary="Does the process answer?")
async def read_liveness() -> Health:
    """Answer without asking anything else: a process that does not should be restarted."""
    return Health(status="ok")


@router.get("/ready", summary="Can it do its work?")
async def read_readiness(parts: PartsOf) -> Health:
    """Answer once the database has; 503 says why it does not."""
    async with parts.reads.connection() as connection:
        await connection.execute("SELECT 1")
    return Health(status="ok")
