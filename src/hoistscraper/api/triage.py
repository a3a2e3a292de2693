"""``/api/triage``: what one thinks of opportunities. Each sees one's own marks, and nobody else's."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, status

from hoistscraper.api.acting import ActorOf
from hoistscraper.api.desk_wire import Mark, MarkedPage, Marks, NewMark
from hoistscraper.api.lists import Cursor, Limit, as_answer
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.clock import now
from hoistscraper.desk import triage

MOST_IDS = 100
router = resource("/triage", "desk")


@router.get("", summary="Read my marks on some opportunities")
async def read_marks(
    parts: PartsOf,
    actor: ActorOf,
    id: Annotated[  # noqa: A002 - the name on the wire
        list[UUID], Query(max_length=MOST_IDS, description="Opportunities; may be given again.")
    ],
) -> Marks:
    """Return how some opportunities are marked; those that are not are left out."""
    async with parts.reads.connection() as connection:
        found = await triage.marks_of(connection, actor.user_id, id)
    return Marks.model_validate({"items": found}, from_attributes=True)


@router.get("/opportunities", response_model=MarkedPage, summary="List what I marked")
async def list_marked(
    parts: PartsOf,
    actor: ActorOf,
    state: triage.TriageState = triage.TriageState.STARRED,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return opportunities that are starred, or ignored, page by page, the latest mark first."""
    async with parts.reads.connection() as connection:
        page = await triage.list_page(connection, actor.user_id, state, now=now(), limit=limit, cursor=cursor)
    return as_answer(page)


@router.put("/{opportunity_id}", responses=documented(404), summary="Mark an opportunity")
async def mark_opportunity(opportunity_id: UUID, body: NewMark, parts: PartsOf, actor: ActorOf) -> Mark:
    """Star an opportunity for later, or ignore it as not for us, whatever it was marked as before."""
    at = now()
    async with parts.database.transaction() as session:
        await triage.put(session, actor.user_id, opportunity_id, body.state, at=at)
    return Mark(opportunity_id=opportunity_id, state=body.state, at=at)


@router.delete("/{opportunity_id}", status_code=status.HTTP_204_NO_CONTENT, summary="Take a mark away")
async def unmark_opportunity(opportunity_id: UUID, parts: PartsOf, actor: ActorOf) -> None:
    """Take my mark from an opportunity, if it has one."""
    async with parts.database.transaction() as session:
        await triage.take(session, actor.user_id, opportunity_id)
