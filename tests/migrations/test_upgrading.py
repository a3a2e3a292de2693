"""The schema's history."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from hoistscraper import migrations
from hoistscraper.errors import Refused
from hoistscraper.migrations.tables import METADATA
from tests.database.server import database_from


def test_the_migrations_make_the_tables_that_the_models_declare(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_named_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(migrations.__path__[0]).get_current_head() == migrations.HEAD


def test_two_commands_may_upgrade_at_once(server: str) -> None:
    with database_from(server) as url, ThreadPoolExecutor(2) as threads:
        list(threads.map(migrations.upgrade, [url, url]))


def test_an_up_to_date_schema_is_left_alone(database_url: str) -> None:
    migrations.upgrade(database_url)


def test_a_newer_schema_is_refused_in_words(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused, match="newer than this version"):
        migrations.upgrade(database_url)
