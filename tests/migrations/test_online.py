"""An upgrade does not stand in the way of those who work: not for long, and never for ever."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from hoistscraper import migrations
from hoistscraper.errors import Unavailable
from hoistscraper.migrations import upgrading
from tests.database.server import database_from, plain
from tests.migrations.test_upgrading import upgrade_to

VERSIONS = Path(migrations.__path__[0]) / "versions"
# May have millions of rows.
LARGE = frozenset(
    {
        "opportunity",
        "opportunity_source",
        "opportunity_revision",
        "page",
        "scrape_job",
        "scrape_job_line",
        "audit_entry",
    }
)
# Migration -> why its indexes on large tables are built while nobody writes to them.
BUILT_AT_ONCE = {
    "0003": "Jobs were few: there was no queue and no timetable yet that would have made many.",
    "0005": "It rewrites scrape_job anyway, whose log becomes a table.",
    "0007": "It rewrites every opportunity anyway: the indexes are of the columns that it fills.",
}
_MADE = re.compile(r'CREATE TABLE (\w+)|create_table\(\s*"(\w+)"|_recognised_by\(\s*"(\w+)"')
_INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)\w+ ON (\w+)")
_CALLED = re.compile(r'create_index\(\s*"\w+",\s*"(\w+)"([^)]*)\)')


def blocking(source: str) -> Iterator[str]:
    """Yield the large tables, made by earlier migrations, that one keeps from being written to."""
    made = {name for found in _MADE.findall(source) for name in found if name}
    named = _INDEX.findall(source)
    named += [table for table, rest in _CALLED.findall(source) if "concurrently" not in rest]
    yield from sorted(set(named) & LARGE - made)


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("0*.py")), ids=lambda path: path.stem)
def test_indexes_of_large_tables_are_built_while_others_write(path: Path) -> None:
    found = list(blocking(path.read_text()))
    revision = path.stem.split("_")[0]
    if revision in BUILT_AT_ONCE:
        assert found, f"{revision} needs no reason any more."
    else:
        assert not found, (
            f"{path.name} builds an index on {found} while nobody can write to it: build it CONCURRENTLY, in "
            "`with op.get_context().autocommit_block():`, or say above why not."
        )


def test_the_rule_sees_what_it_is_for() -> None:
    assert list(blocking('op.create_index("ix", "page", ["url"])')) == ["page"]
    assert list(blocking('"CREATE INDEX ix ON scrape_job (id)"')) == ["scrape_job"]
    assert not list(blocking('op.create_index("ix", "page", ["url"], postgresql_concurrently=True)'))
    assert not list(blocking('"CREATE INDEX CONCURRENTLY ix ON scrape_job (id)"'))


def test_an_index_can_be_built_online_while_another_command_waits_for_its_turn(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in VERSIONS.parent.glob("env.py"):
        (tmp_path / path.name).write_text(path.read_text())
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions/1_table.py").write_text(ONE)
    (tmp_path / "versions/2_index.py").write_text(TWO)
    config = Config()
    config.set_main_option("script_location", str(tmp_path))
    monkeypatch.setattr(upgrading, "_config", lambda: config)
    with database_from(server) as url, ThreadPoolExecutor(2) as threads:
        list(threads.map(migrations.upgrade, [url, url]))
        with psycopg.connect(plain(url)) as connection:
            found = connection.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid")
            assert "ix_online" in {row[0] for row in found}
            assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("2",)]


ONE = """
from alembic import op
revision, down_revision = "1", None
def upgrade(): op.execute("CREATE TABLE thing (id bigint)")
"""
TWO = """
from alembic import op
revision, down_revision = "2", "1"
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_online", "thing", ["id"], postgresql_concurrently=True)
"""


def test_an_upgrade_does_not_wait_for_ever_for_a_table_and_changes_nothing_then(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrading, "_LOCK_TIMEOUT_SECONDS", 0.2)
    with database_from(server) as url:
        upgrade_to(url, "0007")
        with psycopg.connect(plain(url)) as reader:
            reader.execute("SELECT count(*) FROM website")
            with pytest.raises(Unavailable, match="in use by something that takes long"):
                migrations.upgrade(url)
        with create_engine(url, poolclass=NullPool).connect() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0007"
        migrations.upgrade(url)
