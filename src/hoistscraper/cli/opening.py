"""Open the database as every command needs it: running and of the right form."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from hoistscraper.database.embedded import leases
from hoistscraper.database.engine import Database, open_database
from hoistscraper.database.problems import told
from hoistscraper.database.schema import schema_revision
from hoistscraper.database.urls import parse_url, whole_url
from hoistscraper.errors import Unavailable
from hoistscraper.migrations import HEAD, must_not_be_newer, upgrade
from hoistscraper.settings import Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of these settings.

    The embedded one is ours to bring up to date; a server of the user's own is changed only when told.

    :raises Unavailable: it cannot be reached, or needs ``hoistscraper db upgrade``.
    :raises Refused: its tables are newer than this version knows; they are left as they are.
    """
    async with open_database(settings) as database:
        revision = await schema_revision(database)
        must_not_be_newer(revision)
        if revision != HEAD:
            if settings.database_url is not None:
                raise Unavailable(
                    "The database of DATABASE_URL does not have the tables of this version; "
                    "run `hoistscraper db upgrade` once."
                )
            with told(database.place):
                await asyncio.to_thread(upgrade, database.url)
        yield database


@contextmanager
def reached(settings: Settings) -> Iterator[str]:
    """Yield the address of the database of these settings, whatever is in it; the embedded one is started."""
    if settings.database_url is not None:
        yield whole_url(parse_url(settings.database_url.get_secret_value()))
    else:
        with leases.attached(settings.data_dir) as url:
            yield url
