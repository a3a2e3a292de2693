"""Which revision the tables have, asked without loading the migrations."""

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from hoistscraper.database.engine import Database

_UNDEFINED_TABLE = "42P01"


async def schema_revision(database: Database) -> str | None:
    """Return the revision of the tables; ``None``: there are none yet.

    :raises HoistError: the database cannot be asked.
    """
    async with database.transaction() as session:
        try:
            revision: str | None = await session.scalar(text("SELECT version_num FROM alembic_version"))
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) != _UNDEFINED_TABLE:
                raise
            return None
    return revision
