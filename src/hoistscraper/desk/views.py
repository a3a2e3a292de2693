"""Searches that users named, to come back to them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.desk.model import SavedView
from hoistscraper.errors import Conflict, NotFound

MOST_VIEWS = 100
_view = SavedView.metadata.tables["saved_view"]


async def list_views(session: AsyncSession, user_id: UUID | None) -> Sequence[SavedView]:
    """Return a user's views, by name."""
    by_name = (func.lower(_view.c.name), _view.c.id)
    return (await session.scalars(select(SavedView).where(_is_of(user_id)).order_by(*by_name))).all()


async def add_view(
    session: AsyncSession, user_id: UUID | None, *, name: str, query: str, at: datetime
) -> SavedView:
    """Keep a view.

    :raises Conflict: there is one of this name, or there are too many.
    """
    known = await session.scalar(select(func.count()).select_from(_view).where(_is_of(user_id)))
    if (known or 0) >= MOST_VIEWS:
        raise Conflict(f"You have {MOST_VIEWS} saved views; delete one that you do not need any more.")
    view = SavedView(user_id=user_id, name=name, query=query, created_at=at)
    session.add(view)
    await _must_be_alone(session, name)
    return view


async def change_view(
    session: AsyncSession, user_id: UUID | None, view_id: UUID, *, name: str | None, query: str | None
) -> SavedView:
    """Give a view another name, or have it show something else.

    :raises NotFound: the user has no such view.
    :raises Conflict: another one has this name.
    """
    view = await session.scalar(select(SavedView).where(_is_of(user_id), _view.c.id == view_id))
    if view is None:
        raise _no_view()
    if name is not None:
        view.name = name
    if query is not None:
        view.query = query
    await _must_be_alone(session, view.name)
    return view


async def remove_view(session: AsyncSession, user_id: UUID | None, view_id: UUID) -> None:
    """Forget a view.

    :raises NotFound: the user has no such view.
    """
    view = await session.scalar(select(SavedView).where(_is_of(user_id), _view.c.id == view_id))
    if view is None:
        raise _no_view()
    await session.delete(view)


async def _must_be_alone(session: AsyncSession, name: str) -> None:
    try:
        await session.flush()
    except IntegrityError:
        raise Conflict(f"You have a saved view “{name}” already; choose another name.") from None


def _is_of(user_id: UUID | None) -> ColumnElement[bool]:
    return _view.c.user_id.is_(None) if user_id is None else _view.c.user_id == user_id


def _no_view() -> NotFound:
    return NotFound("You have no such saved view; it may have been deleted.")
