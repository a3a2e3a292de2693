"""A round while it runs: wait until no job waits or runs, and look meanwhile for what must never be."""

import time
from collections import Counter
from dataclasses import dataclass, field

import psycopg

_LOOK_SECONDS = 0.1
_STUCK_AFTER_SECONDS = 90.0
_LOOK = """
SELECT count(*), (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
  ARRAY(SELECT website_id::text FROM scrape_job WHERE status = 'running'
        GROUP BY website_id HAVING count(*) > 1),
  ARRAY(SELECT host FROM scrape_job WHERE status = 'running' GROUP BY host HAVING count(*) > 1),
  count(*) FILTER (WHERE status = 'running')
FROM scrape_job WHERE status IN ('pending', 'running')
"""


@dataclass(slots=True)
class Watched:
    """What was seen; ``twice`` counts websites and hosts that two jobs ran for at one time."""

    twice: Counter[str] = field(default_factory=Counter)
    most_connections: int = 0
    most_running: int = 0
    looks: int = 0
    unfinished: int = 0


def watch_until_done(connection: psycopg.Connection) -> Watched:
    """Return when all jobs have ended, or when nothing has moved for a long time."""
    watched = Watched()
    moved_at = time.monotonic()
    while True:
        row = connection.execute(_LOOK).fetchone()
        assert row
        unfinished, connections, websites, hosts, running = row
        watched.looks += 1
        watched.twice.update([*websites, *hosts])
        watched.most_connections = max(watched.most_connections, connections)
        watched.most_running = max(watched.most_running, running)
        if unfinished != watched.unfinished:
            watched.unfinished, moved_at = unfinished, time.monotonic()
        if not unfinished or time.monotonic() - moved_at > _STUCK_AFTER_SECONDS:
            return watched
        time.sleep(_LOOK_SECONDS)
