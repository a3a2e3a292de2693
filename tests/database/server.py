"""Real PostgreSQL for tests: an embedded server in a folder of its own, databases copied from a template."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from hoistscraper.database.embedded import leases
from hoistscraper.database.urls import client_url, parse_url, whole_url


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """Yield an empty folder that every user may enter, as root's server needs; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="hoist-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def embedded_server(data_dir: Path) -> Iterator[str]:
    """Yield the URL of a server on a data folder; several processes may share it, the last one stops it.

    Crash safety is switched off, for nobody misses these databases.
    """
    with leases.attached(data_dir) as url:
        with psycopg.connect(plain(url), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield url


@contextmanager
def database_from(url: str, *, template: str = "template0") -> Iterator[str]:
    """Yield the URL of a new database on the server of ``url``, copied from a template that nobody uses."""
    name = f"test_{uuid4().hex}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(create)
        try:
            yield whole_url(parse_url(url).set(database=name))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def plain(url: str) -> str:
    """Return a URL as psycopg takes it, without the engine's driver name."""
    return client_url(parse_url(url))
