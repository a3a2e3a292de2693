import os
import subprocess
import sys
from pathlib import Path

import pytest

from hoistscraper.migrations import HEAD
from tests.database.server import database_from

_PROGRAM = "from hoistscraper.cli.main import main; main()"


def _run(
    data_dir: Path, *arguments: str, database_url: str = "", typed: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, "db", *arguments],
        env={**os.environ, "HOIST_DATA_DIR": str(data_dir), "DATABASE_URL": database_url, "COLUMNS": "100"},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_started_database_is_shown_used_and_stopped(data_dir: Path) -> None:
    assert "no; the next command" in _run(data_dir, "status").stdout
    started = _run(data_dir, "start")
    assert f"runs until `hoistscraper db stop`: {data_dir}/postgres" in started.stdout
    assert "ran already" in _run(data_dir, "start").stdout
    status = _run(data_dir, "status").stdout
    assert "PostgreSQL 18" in status
    assert "until `hoistscraper db stop`" in status
    assert "none yet" in status
    assert _run(data_dir, "stop").stdout == "The database has stopped.\n"
    assert _run(data_dir, "stop").stdout == "The database was not running.\n"


def test_upgrading_brings_the_tables_and_is_done_only_once(data_dir: Path) -> None:
    assert _run(data_dir, "upgrade").stdout == f"The tables are now at {HEAD}.\n"
    assert _run(data_dir, "upgrade").stdout == f"The tables are up to date ({HEAD}).\n"


def test_psql_runs_a_statement_and_hands_on_its_exit_code(data_dir: Path) -> None:
    assert _run(data_dir, "psql", "-At", "-c", "SELECT current_user").stdout == "hoistscraper\n"
    assert _run(data_dir, "psql", "-At", typed="SELECT 6 * 7;\n").stdout == "42\n"
    failed = _run(data_dir, "psql", "-c", "SELEC")
    assert failed.returncode == 1
    assert "syntax error" in failed.stderr


def test_with_a_database_of_ones_own_that_one_is_shown_and_nothing_is_started(
    new_dir: Path, server_url: str
) -> None:
    with database_from(server_url) as url:
        status = _run(new_dir, "status", database_url=url)
        assert "yours, by DATABASE_URL" in status.stdout
        assert "yes, PostgreSQL 18" in status.stdout
        assert _run(new_dir, "upgrade", database_url=url).returncode == 0
        assert _run(new_dir, "psql", "-At", "-c", "SELECT 1", database_url=url).stdout == "1\n"
    for verb in ("start", "stop"):
        refused = _run(new_dir, verb, database_url=server_url)
        assert refused.returncode == 1
        assert "is not ours to" in refused.stderr
    assert not new_dir.exists()


def test_a_database_of_ones_own_that_does_not_answer_is_told_without_its_password(new_dir: Path) -> None:
    status = _run(new_dir, "status", database_url="postgresql://me:s3same@127.0.0.1:1/funds")
    assert status.returncode == 1
    assert "127.0.0.1:1 cannot be reached" in status.stderr
    assert "Traceback" not in status.stderr
    assert "s3same" not in status.stdout + status.stderr


@pytest.mark.parametrize("verb", ["start", "status", "upgrade", "psql"])
def test_a_folder_that_cannot_be_used_is_one_sentence(new_dir: Path, verb: str) -> None:
    new_dir.touch()
    refused = _run(new_dir, verb)
    assert refused.returncode == 1
    assert refused.stderr.startswith("A file is where the folder")
    assert len(refused.stderr.splitlines()) == 1
    new_dir.unlink()
