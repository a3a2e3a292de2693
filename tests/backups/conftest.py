"""A database with rows in every table, and backups of it in a folder."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from hoistscraper.backups.creating import Made, create
from hoistscraper.backups.dumping import Wish
from hoistscraper.backups.keeping import Keep
from hoistscraper.backups.places import Folder
from hoistscraper.clock import now
from tests import invented
from tests.database.server import plain

PASSPHRASE = "five words are a passphrase"
KEEP_ALL = Keep(0, 0, 0)

Make = Callable[..., Made]


@pytest.fixture
def filled_url(database_url: str) -> str:
    """A database with rows in every table."""
    with psycopg.connect(plain(database_url)) as connection:
        invented.fill(connection, rows=5)
    return database_url


@pytest.fixture
def make(filled_url: str, tmp_path: Path) -> Make:
    """Make a backup of it in the folder ``backups``."""

    def made(*, passphrase: str | None = None, key: Path | None = None, is_verified: bool = False) -> Made:
        wish = Wish(
            url=filled_url,
            passphrase=passphrase,
            credential_key=key,
            is_verified=is_verified,
            at=now().replace(microsecond=0),
        )
        return create(wish, Folder(tmp_path / "backups"), KEEP_ALL, tell=lambda _: None)

    return made


def everything(url: str, *, but: frozenset[str] = frozenset()) -> dict[str, object]:
    """Return every row of every table, but of some."""
    with psycopg.connect(plain(url)) as connection:
        return {
            table: invented.rows_of(connection, table, invented.columns_of(connection, table))
            for table in invented.tables(connection)
            if table not in but
        }
