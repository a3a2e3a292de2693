"""``python -m benchmarks.api.naive URL PORT``: the API as the system before ours had it.

Synchronous SQLAlchemy sessions in the thread pool with a pool of 5 + 10, tables without any index, lists
without pages (5,000 rows at most), every row an object of the ORM and then a pydantic model. On the same
server as ours.
"""

import asyncio
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import uvloop
from fastapi import Depends, FastAPI, HTTPException
from granian.constants import Interfaces
from granian.server.embed import Server
from pydantic import BaseModel, ConfigDict, create_model
from sqlalchemy import Column, MetaData, Table, create_engine, func, select
from sqlalchemy import Uuid as UuidType
from sqlalchemy.orm import Session, registry, sessionmaker

MOST_ROWS = 5_000
TABLES = {"opportunity": "naive_opportunity", "website": "naive_website"}
_TYPES = (UUID, str, bool, int, float, Decimal, datetime, date, time, list)


def build_app(url: str) -> FastAPI:
    """Return the application over the copies of the tables."""
    engine = create_engine(url, pool_size=5, max_overflow=10)
    sessions = sessionmaker(engine)
    app = FastAPI()

    def session() -> Iterator[Session]:
        with sessions() as opened:
            yield opened

    for path, name in {"opportunities": "opportunity", "websites": "website"}.items():
        _add_resource(app, path, Table(TABLES[name], MetaData(), _key(), autoload_with=engine), session)
    return app


def _key() -> Column[UUID]:
    # The copy has no key of its own, but the ORM wants one.
    return Column("id", UuidType, primary_key=True)


def _add_resource(app: FastAPI, path: str, table: Table, session: Any) -> None:  # noqa: ANN401 - a generator
    class Row:
        """A row, whose attributes are those of the table."""

    registry().map_imperatively(Row, table)
    model = _model_of(table)

    @app.get(f"/api/{path}", response_model=list[model])  # type: ignore[valid-type]
    def list_rows(opened: Annotated[Session, Depends(session)], q: str | None = None) -> list[Row]:
        named = table.c.title if "title" in table.c else table.c.name
        statement = select(Row).limit(MOST_ROWS)
        return list(opened.scalars(statement.where(named.ilike(f"%{q}%")) if q else statement))

    @app.get(f"/api/{path}/{{row_id}}", response_model=model)
    def read_row(row_id: UUID, opened: Annotated[Session, Depends(session)]) -> Row:
        found = opened.scalars(select(Row).where(table.c.id == row_id)).first()
        if found is None:
            raise HTTPException(404)
        return found

    if "status" in table.c:

        @app.get("/api/stats")
        def read_stats(opened: Annotated[Session, Depends(session)]) -> dict[str, int]:
            counted = opened.execute(select(table.c.status, func.count()).group_by(table.c.status))
            return {str(status): count for status, count in counted}


def _model_of(table: Table) -> type[BaseModel]:
    fields: dict[str, Any] = {
        column.name: (_type_of(column) | None, None)
        for column in table.columns
        if column.name != "search" and _type_of(column)
    }
    return create_model(table.name, __config__=ConfigDict(from_attributes=True), **fields)


def _type_of(column: Column[Any]) -> Any:  # noqa: ANN401 - a type
    try:
        found = column.type.python_type
    except NotImplementedError:
        return None
    return found if found in _TYPES else Any


async def _serve(url: str, port: int) -> None:
    server = Server(
        build_app(url),
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        backlog=2048,
        websockets=False,
        log_enabled=False,
    )
    await server.serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(sys.argv[1], int(sys.argv[2])))
