"""A machine of one's own: a data folder, and our commands in processes of their own."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from hoistscraper.database.embedded import leases
from tests import invented
from tests.database.server import plain

COMMAND = (sys.executable, "-m", "hoistscraper.cli.main")
PASSPHRASE = "thirteen otters under a wet roof"  # noqa: S105 - of a drill
# Nobody stays signed in by a backup.
ENDED = frozenset({"session", "password_reset"})
_LOOK_SECONDS = 0.002
_RESTORING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_restore'"

Rows = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind; ``text`` is what it told: its problem, or else how it went."""

    code: int
    text: str


class Machine:
    """One data folder. ``limit_bytes`` of a command is the largest file that it may write."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self._settings = settings

    def run(self, *arguments: str, limit_bytes: int | None = None, passphrase: str = PASSPHRASE) -> Said:
        """Run a command to its end."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=self._environment(passphrase),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_limited(limit_bytes) if limit_bytes else None,
        )
        if done.returncode:
            return Said(done.returncode, done.stderr.strip().rpartition("\n")[2])
        return Said(0, done.stdout.strip().partition("\n")[0])

    def kill_when(self, is_time: Callable[[], bool], *arguments: str) -> bool:
        """Begin a command and end it as ``kill -9`` does; say whether that was before its own end."""
        with subprocess.Popen(
            [*COMMAND, *arguments],
            env=self._environment(PASSPHRASE),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while process.poll() is None and not is_time():
                time.sleep(_LOOK_SECONDS)
            was_running = process.poll() is None
            process.kill()
        return was_running

    def rows(self) -> Rows:
        """Return every row of every table, each by its checksum and how often it is there."""
        with leases.attached(self.folder) as url, psycopg.connect(plain(url)) as connection:
            return {
                table: _counted(invented.rows_of(connection, table, invented.columns_of(connection, table)))
                for table in invented.tables(connection)
                if table not in ENDED
            }

    def count_restoring(self) -> int:
        """Return how many connections fill the database at this moment."""
        with leases.attached(self.folder) as url, psycopg.connect(plain(url)) as connection:
            row = connection.execute(_RESTORING).fetchone()
            return int(row[0]) if row else 0

    def is_empty(self) -> bool:
        """Say whether nothing was restored here."""
        with leases.attached(self.folder) as url, psycopg.connect(plain(url)) as connection:
            return not invented.tables(connection)

    def _environment(self, passphrase: str) -> dict[str, str]:
        own = {"HOIST_DATA_DIR": str(self.folder), "HOIST_BACKUP_PASSPHRASE": passphrase}
        return {**os.environ, **own, **self._settings}


def _counted(rows: list[tuple[str | None, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        digest = sha256(repr(row).encode()).hexdigest()
        counts[digest] = counts.get(digest, 0) + 1
    return counts


def _limited(limit_bytes: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return limit
