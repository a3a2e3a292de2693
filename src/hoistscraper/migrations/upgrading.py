"""Run the migrations, one process at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from hoistscraper.errors import Invalid, Refused, Unavailable
from hoistscraper.migrations import must_not_be_newer

# Two commands that start at once must not both create the tables.
_LOCK = 7_405_301
_LOOK_SECONDS = 0.1
# Whoever waits for a table keeps all others from it, too; long readers are not worth that.
_LOCK_TIMEOUT_SECONDS = 10.0


def upgrade(url: str) -> None:
    """Bring the schema to its newest form: in one transaction, but for what a migration does online.

    :raises Refused: the schema is newer than this version knows.
    :raises Unavailable: a table is in use for long; nothing was changed.
    """
    with _turn(url) as (config, _):
        command.upgrade(config, "head")


def downgrade(url: str, revision: str) -> None:
    """Bring the schema to an older form, in one transaction; what only the newer one holds is gone with it.

    :raises Invalid: there is no such older form.
    :raises Refused: that way is not offered, for something would be lost that the older form knows.
    :raises Unavailable: a table is in use for long; nothing was changed.
    """
    with _turn(url) as (config, current):
        steps = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
        older = steps[steps.index(current) + 1 :] if current in steps else []
        if revision not in older:
            known = f"one of {', '.join(older)}" if older else "none is there"
            raise Invalid(f"{revision} is no older form of these tables ({current}): name {known}.")
        try:
            command.downgrade(config, revision)
        except NotImplementedError:
            raise Refused(
                f"There is no way back to {revision}, for something would be lost; nothing was changed. "
                "docs/rollback.md tells other ways."
            ) from None


@contextmanager
def _turn(url: str) -> Iterator[tuple[Config, str | None]]:
    """Yield what the migrations run by, and the present revision, while nobody else changes the schema."""
    config = _config()
    with create_engine(url, poolclass=NullPool).connect() as connection:
        _take_turn(connection)
        current = MigrationContext.configure(connection).get_current_revision()
        must_not_be_newer(current)
        connection.execute(text(f"SET lock_timeout = '{_LOCK_TIMEOUT_SECONDS}s'"))
        connection.commit()
        config.attributes["connection"] = connection
        try:
            yield config, current
        except OperationalError as error:
            if isinstance(error.orig, psycopg.errors.LockNotAvailable):
                raise Unavailable(
                    "The tables are in use by something that takes long, such as a report or a backup: "
                    "try again when it has ended; nothing was changed."
                ) from error
            raise


def known_revisions() -> frozenset[str]:
    """Return every revision, from the first to the newest."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _take_turn(connection: Connection) -> None:
    """Wait for whoever is at it; our turn ends with the connection.

    By asking again and again: whoever waited within a statement would hold up an index that is built online.
    """
    while not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
        connection.rollback()
        time.sleep(_LOOK_SECONDS)
    connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
