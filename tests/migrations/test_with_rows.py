"""Whoever has used any release finds everything again after an upgrade, and after a step back."""

import psycopg
import pytest
from alembic.script import ScriptDirectory

from hoistscraper import migrations
from hoistscraper.errors import Invalid, Refused
from tests import invented
from tests.database.server import database_from, plain
from tests.migrations.test_upgrading import upgrade_to

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory(migrations.__path__[0]).walk_revisions()))
]
ROWS = 7
# The step back is not offered: what the newer form holds would be lost.
NO_WAY_BACK = {"0001": "There is nothing before it.", "0005": "Jobs that wait and their log would be lost."}
# What is told otherwise since.
MOVED = {("scrape_job", "log")}
# Written anew by the database itself, as rows come and go.
COUNTED = {"tally"}

Contents = dict[str, tuple[list[str], list[tuple[str | None, ...]]]]


@pytest.mark.parametrize("revision", REVISIONS)
def test_everything_of_every_release_survives_the_way_to_this_one(server: str, revision: str) -> None:
    with database_from(server) as url:
        upgrade_to(url, revision)
        before = filled(url)
        migrations.upgrade(url)
        compare(url, before)


@pytest.mark.parametrize("revision", [each for each in REVISIONS if each not in NO_WAY_BACK])
def test_a_step_back_and_forward_again_keeps_what_the_older_release_knows(server: str, revision: str) -> None:
    with database_from(server) as url:
        older = REVISIONS[REVISIONS.index(revision) - 1]
        upgrade_to(url, older)
        before = filled(url)
        upgrade_to(url, revision)
        migrations.downgrade(url, older)
        compare(url, before)
        upgrade_to(url, revision)
        compare(url, before)


@pytest.mark.parametrize("revision", ["0005"])
def test_where_no_way_back_is_offered_nothing_is_taken_away(server: str, revision: str) -> None:
    with database_from(server) as url:
        upgrade_to(url, revision)
        before = filled(url)
        with pytest.raises(Refused, match="nothing was changed"):
            migrations.downgrade(url, REVISIONS[REVISIONS.index(revision) - 1])
        compare(url, before)


@pytest.mark.parametrize("revision", ["9999", migrations.HEAD])
def test_what_is_no_step_back_is_told(database_url: str, revision: str) -> None:
    with pytest.raises(Invalid, match=f"{revision} is no older form of these tables"):
        migrations.downgrade(database_url, revision)


def filled(url: str) -> Contents:
    """Fill every table; return what is in it."""
    with psycopg.connect(plain(url)) as connection:
        counts = invented.fill(connection, rows=ROWS)
        assert all(counts[table] >= ROWS for table in counts if table != "alembic_version"), counts
        return {
            table: (columns, invented.rows_of(connection, table, columns))
            for table in invented.tables(connection)
            if table != "alembic_version"
            for columns in [invented.columns_of(connection, table)]
        }


def compare(url: str, before: Contents) -> None:
    """See that all rows of before are there, with all that they said."""
    with psycopg.connect(plain(url)) as connection:
        for table, (columns, rows) in before.items():
            kept = [name for name in columns if (table, name) not in MOVED]
            assert set(kept) <= set(invented.columns_of(connection, table)), table
            places = [columns.index(name) for name in kept]
            expected = sorted((tuple(row[place] for place in places) for row in rows), key=repr)
            found = invented.rows_of(connection, table, kept)
            if table in COUNTED:
                assert len(found) >= len(expected)
            else:
                assert found == expected, table
