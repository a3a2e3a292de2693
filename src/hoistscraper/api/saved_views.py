"""``/api/saved-views``: searches by name. Each has one's own, on every device."""

from uuid import UUID

from fastapi import status

from hoistscraper.api.acting import ActorOf
from hoistscraper.api.desk_wire import NewView, View, ViewChanges, ViewList
from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.clock import now
from hoistscraper.desk import views

router = resource("/saved-views", "desk")


@router.get("", summary="List my saved views")
async def list_views(parts: PartsOf, actor: ActorOf) -> ViewList:
    """Return what I saved, by name."""
    async with parts.database.transaction() as session:
        listed = await views.list_views(session, actor.user_id)
        return ViewList.model_validate({"items": listed}, from_attributes=True)


@router.post("", status_code=status.HTTP_201_CREATED, responses=documented(409), summary="Save a view")
async def save_view(body: NewView, parts: PartsOf, actor: ActorOf) -> View:
    """Keep a search under a name. 409: there is one of this name, or there are 100."""
    async with parts.database.transaction() as session:
        view = await views.add_view(session, actor.user_id, name=body.name, query=body.query, at=now())
        return View.model_validate(view, from_attributes=True)


@router.patch("/{view_id}", responses=documented(404, 409), summary="Change a saved view")
async def change_view(view_id: UUID, body: ViewChanges, parts: PartsOf, actor: ActorOf) -> View:
    """Rename a view, or have it show something else. 409: another one has this name."""
    async with parts.database.transaction() as session:
        view = await views.change_view(session, actor.user_id, view_id, name=body.name, query=body.query)
        return View.model_validate(view, from_attributes=True)


@router.delete(
    "/{view_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=documented(404),
    summary="Delete a saved view",
)
async def remove_view(view_id: UUID, parts: PartsOf, actor: ActorOf) -> None:
    """Forget a view; what it shows stays."""
    async with parts.database.transaction() as session:
        await views.remove_view(session, actor.user_id, view_id)
