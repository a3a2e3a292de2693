"""What all lists have in common on the wire."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from hoistscraper.database.paging import JsonPage

Limit = Annotated[int, Query(ge=1, le=200, description="How many to return at most.")]
Cursor = Annotated[
    str | None, Query(max_length=2_000, description="`next` of the page before; leave it out for the first.")
]


class Total(BaseModel):
    """How many match in all."""

    count: int = Field(description="How many; an estimate where `is_exact` is false.", examples=[42])
    is_exact: bool = Field(description="Whether they were counted one by one.")


def as_answer(page: JsonPage) -> Response:
    """Return a page as the database wrote it."""
    return Response(page.as_json(), media_type="application/json")
