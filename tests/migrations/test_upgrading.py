"""The schema's history."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
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
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, METADATA) == []


def is_ours(_object: object, name: str | None, _kind: str, _reflected: bool, _compared: object) -> bool:  # noqa: FBT001 - Alembic's signature
    """The queue's own tables are laid out by its library."""
    return "procrastinate_" not in (name or "")


def test_the_named_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(migrations.__path__[0]).get_current_head() == migrations.HEAD


def test_jobs_of_before_the_queue_keep_their_log_line_by_line(server: str) -> None:
    with database_from(server) as url:
        upgrade_to(url, "0001")
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            for statement in JOB_OF_BEFORE:
                connection.exec_driver_sql(statement)
        migrations.upgrade(url)
        with engine.connect() as connection:
            jobs = connection.execute(text("SELECT host, attempt, asked_at = started_at FROM scrape_job"))
            assert [tuple(row) for row in jobs] == [("example.org", 1, True)]
            lines = connection.execute(text("SELECT text, url, is_problem FROM scrape_job_line ORDER BY id"))
            assert [tuple(row) for row in lines] == [
                ("first", None, False),
                ("second", "http://a", True),
            ]


JOB_OF_BEFORE = (
    """INSERT INTO website (id, url, name, tags, active, created_at) VALUES
       ('00000000-0000-0000-0000-000000000001', 'https://example.org:8443/?a=b', 'x', '{}', true, now())""",
    """INSERT INTO scrape_job (id, website_id, status, started_at, found, new, changed, unchanged,
       no_longer_listed, requests, not_modified, bytes_received, log) VALUES
       ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'completed', now(),
       0, 0, 0, 0, 0, 0, 0, 0,
       '[{"at": "2031-03-01T00:00:00Z", "text": "first", "url": null, "problem": false},
       {"at": "2031-03-01T00:00:00Z", "text": "second", "url": "http://a", "problem": true}]')""",
)


def upgrade_to(url: str, revision: str) -> None:
    """Bring an empty database to what an earlier version made."""
    config = Config()
    config.set_main_option("script_location", migrations.__path__[0])
    with create_engine(url, poolclass=NullPool).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


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
