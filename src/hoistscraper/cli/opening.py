"""Open the database as every command needs it: running and of the right form."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hoistscraper.database.engine import Database, open_database
from hoistscraper.database.problems import told
from hoistscraper.database.schema import schema_revision
from hoistscraper.errors import Unavailable
from hoistscraper.migrations import HEAD, upgrade
from hoistscraper.settings import Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of these settings.

    The embedded one is ours to bring up to date; a server of the user's own is changed only when told.

    :raises Unavailable: it cannot be reached, or needs ``hoistscraper db upgrade``.
    """
    async with open_database(settings) as database:
        revision = await schema_revision(database)
        if revision != HEAD:
            if settings.database_url is not None:
                raise Unavailable(
                    "The database of DATABASE_URL does not have the tables of this version; "
                    "run `hoistscraper db upgrade` once."
                )
            with told(database.place):
                await asyncio.to_thread(upgrade, database.url)
        yield database
