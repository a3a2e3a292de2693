"""Back from a backup: into an empty database, or beside a full one that then gives up its name."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep

import psycopg
from psycopg import Connection, sql

from hoistscraper.backups import comparing, scratch
from hoistscraper.backups.loading import Opener, load
from hoistscraper.backups.manifest import Manifest
from hoistscraper.database.problems import told
from hoistscraper.database.urls import parse_url, place_of, whole_url
from hoistscraper.errors import Conflict, Invalid, Refused

# Whoever has just ended is listed for a moment longer.
_ENDING_SECONDS = 2.0

_LONGEST_NAME_BYTES = 63
# Whoever was signed out, or asked for a link, since the backup must not come back by it.
_ENDED = ("session", "password_reset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Where to restore to. ``replaces``: its database may be full, and was named once more by who asks."""

    url: str
    database: str
    replaces: bool
    known_revisions: AbstractSet[str]
    upgrade: Callable[[str], None]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of it; ``old`` is the name under which a database that was replaced is kept."""

    url: str
    database: str
    manifest: Manifest
    old: str | None


def must_be_known(manifest: Manifest, known_revisions: AbstractSet[str]) -> None:
    """Refuse a backup that a newer release made.

    :raises Refused: its tables are newer than those of this version.
    """
    if manifest.schema_revision not in known_revisions:
        raise Refused(
            f"The backup's tables ({manifest.schema_revision}) are newer than this version of HoistScraper: "
            f"install version {manifest.program_version} or a newer one, then restore it."
        )


def restore(opener: Opener, aim: Aim, *, tell: Callable[[str], None]) -> Restored:
    """Restore a backup whose every byte is checked before anything is touched.

    :raises HoistError: it was not done, and why; what was there is there as before.
    """
    if len(aim.database.encode()) > _LONGEST_NAME_BYTES - len(_beside("", "before", aim.at)):
        raise Invalid("The name of the database is too long; choose a shorter one.")
    manifest = opener.archive.manifest
    must_be_known(manifest, aim.known_revisions)
    tell("Checking the backup…")
    opener.check()
    with told(place_of(parse_url(aim.url))), scratch.administered(aim.url) as connection:
        if not _exists(connection, aim.database):
            scratch.create(connection, aim.database)
            with _dropped_on_failure(connection, aim.database):
                _fill(opener, aim, aim.database, tell)
            old = None
        elif _is_empty(aim):
            _fill(opener, aim, aim.database, tell)
            old = None
        else:
            old = _replace(connection, opener, aim, tell)
    return Restored(url=_url_of(aim, aim.database), database=aim.database, manifest=manifest, old=old)


def _fill(opener: Opener, aim: Aim, database: str, tell: Callable[[str], None]) -> None:
    tell(f"Restoring {opener.archive.manifest.rows:,} rows…")
    load(opener, aim.url, database=database)
    with comparing.connected(aim.url, database=database) as connection:
        tables = {name: schema for schema, name in comparing.table_names(connection)}
        for name in _ENDED:
            if name in tables:
                table = sql.Identifier(tables[name], name)
                connection.execute(sql.SQL("DELETE FROM {}").format(table))
    aim.upgrade(_url_of(aim, database))


def _replace(connection: Connection, opener: Opener, aim: Aim, tell: Callable[[str], None]) -> str:
    if not aim.replaces:
        raise Conflict(
            f"The database {aim.database} is not empty: restore into another one with --into NAME, "
            "or replace it with --replace; it is kept under another name then."
        )
    _must_be_alone(connection, aim.database)
    new, old = (_beside(aim.database, word, aim.at) for word in ("restored", "before"))
    scratch.create(connection, new)
    with _dropped_on_failure(connection, new):
        _fill(opener, aim, new, tell)
        _must_be_alone(connection, aim.database)
        try:
            # Both names change together, or neither does.
            with connection.transaction():
                for before, after in ((aim.database, old), (new, aim.database)):
                    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                    connection.execute(statement.format(sql.Identifier(before), sql.Identifier(after)))
        except psycopg.errors.ObjectInUse:
            _must_be_alone(connection, aim.database)
            raise Conflict(f"Somebody came to use {aim.database} meanwhile: try again.") from None
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                f"The database's user may not rename {aim.database}: make it the owner, or restore into "
                "another one with --into NAME."
            ) from None
    return old


@contextmanager
def _dropped_on_failure(connection: Connection, name: str) -> Iterator[None]:
    """Drop a database that was made here if what follows fails."""
    try:
        yield
    except BaseException:
        with suppress(psycopg.Error):
            scratch.drop(connection, name)
        raise


def _must_be_alone(connection: Connection, database: str) -> None:
    statement = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    until = monotonic() + _ENDING_SECONDS
    while (row := connection.execute(statement, (database,)).fetchone()) and row[0]:
        if monotonic() > until:
            raise Conflict(
                f"{row[0]} connection{'s' if row[0] > 1 else ''} of other programs use the database "
                f"{database}: stop `hoistscraper serve`, workers and whatever else uses it, then try again."
            )
        sleep(0.05)


def _exists(connection: Connection, database: str) -> bool:
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", (database,))
    return found.fetchone() is not None


def _is_empty(aim: Aim) -> bool:
    with comparing.connected(aim.url, database=aim.database) as connection:
        return not comparing.table_names(connection)


def _url_of(aim: Aim, database: str) -> str:
    return whole_url(parse_url(aim.url).set(database=database))


def _beside(database: str, word: str, at: datetime) -> str:
    return f"{database}_{word}_{at.astimezone(UTC):%Y%m%d_%H%M%S}"
