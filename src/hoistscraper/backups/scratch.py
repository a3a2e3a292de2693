"""Databases beside the one that is used: made for a trial, dropped afterwards, tidied up after a kill."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import psycopg
from psycopg import Connection, sql

from hoistscraper.backups import comparing
from hoistscraper.clock import now
from hoistscraper.database.urls import parse_url
from hoistscraper.errors import HoistError, Refused

_PREFIX = "hoistscraper_trial_"
_NAME = re.compile(rf"{_PREFIX}(\d{{14}})_[0-9a-f]{{6}}")
_LEFT_BEHIND = timedelta(days=1)
_MAY_NOT = "42501"


@contextmanager
def administered(url: str) -> Iterator[Connection]:
    """Yield a connection to a database of the server that is not the one in use.

    :raises HoistError: there is none, or the server cannot be reached.
    """
    own = parse_url(url).database
    problem: HoistError | psycopg.Error | None = None
    for name in ("postgres", "template1", own):
        try:
            opening = comparing.connected(url, database=name)
            connection = opening.__enter__()
        except (HoistError, psycopg.Error) as error:
            problem = problem or error
            continue
        try:
            yield connection
        finally:
            opening.__exit__(None, None, None)
        return
    raise problem or Refused("The server has no database that can be entered.")


@contextmanager
def trial_database(url: str) -> Iterator[str]:
    """Make an empty database, yield its name, drop it.

    :raises Refused: the user may not make databases.
    """
    with administered(url) as connection:
        _drop_left_behind(connection)
        name = f"{_PREFIX}{now():%Y%m%d%H%M%S}_{token_hex(3)}"
        create(connection, name)
        try:
            yield name
        finally:
            drop(connection, name)


def create(connection: Connection, name: str) -> None:
    """Make an empty database.

    :raises Refused: the user may not.
    """
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        connection.execute(statement.format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise Refused(
            "The database's user may not make databases, which this needs: give that user the right "
            "(ALTER ROLE … CREATEDB)."
        ) from None


def drop(connection: Connection, name: str) -> None:
    """Drop a database of ours, whoever is in it."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_left_behind(connection: Connection) -> None:
    """Drop what a backup that was killed left behind."""
    names = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (_PREFIX,))
    for (name,) in names.fetchall():
        found = _NAME.fullmatch(name)
        if found and _made_at(found[1]) < now() - _LEFT_BEHIND:
            # Of another user's, or in use after all: then it stays.
            with suppress(psycopg.Error):
                drop(connection, name)


def _made_at(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
