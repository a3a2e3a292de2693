"""Follow a job while it runs, wherever that is."""

from collections.abc import AsyncGenerator
from uuid import UUID

import psycopg
from psycopg import sql

from hoistscraper.database.engine import Database
from hoistscraper.database.problems import told
from hoistscraper.database.urls import client_url, parse_url
from hoistscraper.scraping.job_list import JobView, find_job
from hoistscraper.scraping.job_log import NumberedLine, lines_after
from hoistscraper.scraping.job_moves import channel_of

# Should the database's word get lost, one looks all the same.
_LOOK_SECONDS = 2.0


async def follow(
    database: Database, job_id: UUID, *, after: int = 0
) -> AsyncGenerator[NumberedLine | JobView]:
    """Yield a job's lines after a number as they come, and the job itself whenever there is news.

    The last one is the job as it ended.

    :raises NotFound: there is no such job.
    :raises Unavailable: the database is gone.
    """
    seen = after
    with told(database.place):
        connection = await psycopg.AsyncConnection.connect(
            client_url(parse_url(database.url)), autocommit=True
        )
        async with connection:
            # Before the first look, so that no news falls between the two.
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel_of(job_id))))
            while True:
                async with database.transaction() as session:
                    job = await find_job(session, job_id)
                    lines = await lines_after(session, job_id, seen)
                for numbered in lines:
                    seen = numbered.number
                    yield numbered
                yield job
                if job.has_ended:
                    return
                async for _ in connection.notifies(timeout=_LOOK_SECONDS, stop_after=1):
                    pass
