"""Backing up and restoring as a person does it."""

import json
from pathlib import Path

from hoistscraper.accounts import keys
from hoistscraper.database.urls import parse_url, whole_url
from hoistscraper.settings import Settings
from tests.cli.conftest import Run
from tests.migrations.test_with_rows import REVISIONS

PASSPHRASE = "five words are a passphrase"


def test_there_and_back_again(run: Run, tmp_path: Path) -> None:
    around = {"HOIST_DATA_DIR": str(tmp_path / "data"), "HOIST_BACKUP_TO": str(tmp_path / "backups")}
    assert "There is no backup at" in run("backup", "list", **around).out
    run("website", "add", "https://example.org/calls")
    made = run("backup")
    assert made.code == 0, made.err
    assert "restored for a trial and compared." in made.out
    assert "It is not locked" in made.out
    listed = json.loads(run("backup", "list", "--json").out)
    [file] = [each["file"] for each in listed["items"]]
    assert listed["last_success"]
    assert "The backup is whole." in run("backup", "check", file).out
    full = run("restore", file)
    assert full.code == 1
    assert "is not empty: restore into another one with --into NAME" in full.err
    unnamed = run("restore", file, "--replace", "--confirm", "something_else")
    assert unnamed.code == 1
    assert "nothing was changed" in unnamed.err
    [entry] = json.loads(run("audit", "list", "--action", "backup.make", "--json").out)
    assert entry["thing_label"] == file


def test_a_locked_one_brings_the_key_of_log_ins_to_a_new_machine(
    run: Run, tmp_path: Path, database_url: str
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n")
    here, there = tmp_path / "here", tmp_path / "there"
    run("website", "add", "https://example.org/calls", HOIST_DATA_DIR=str(here))
    (tmp_path / "log-in").write_text("ada\nsecret\n")
    run(
        "credential",
        "set",
        "https://example.org/calls",
        "--kind",
        "basic",
        "--from-file",
        str(tmp_path / "log-in"),
    )
    made = run("backup", "--from-file", str(secret), "--json")
    assert made.code == 0, made.err
    file = json.loads(made.out)["file"]
    name = f"restored_{tmp_path.name}".replace("-", "_")[:40].lower()
    wrong = tmp_path / "wrong"
    wrong.write_text("these are five other words\n")
    refused = run("restore", file, "--into", name, "--from-file", str(wrong), HOIST_DATA_DIR=str(there))
    assert refused.code == 1
    assert refused.err == "The passphrase is not the one that this backup was locked with.\n"
    done = run("restore", file, "--into", name, "--from-file", str(secret))
    assert done.code == 0, done.err
    assert f"The database {name} is as it was at" in done.out
    key_here, key_there = (keys.key_file(Settings(data_dir=place)) for place in (here, there))
    assert key_there.read_text() == key_here.read_text()
    assert key_there.stat().st_mode & 0o777 == 0o600
    assert keys.put_back(Settings(data_dir=there), key_here.read_text()) is False
    restored = whole_url(parse_url(database_url).set(database=name))
    [entry] = json.loads(
        run("audit", "list", "--action", "database.restore", "--json", DATABASE_URL=restored).out
    )
    assert (entry["thing_label"], entry["changes"]["backup"]) == (name, Path(file).name)
    assert run("db", "psql", "-c", f"DROP DATABASE {name}", DATABASE_URL=database_url).code == 0


def test_a_failed_one_is_told_by_list_and_doctor(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    failed = run("backup", "--to", str(tmp_path / "file" / "below"), HOIST_DATA_DIR=str(tmp_path))
    assert failed.code == 1
    assert failed.err.startswith("Reading") is False
    assert "The last attempt failed: The backup cannot be written" in run("backup", "list").out
    backups = [each for each in json.loads(run("doctor", "--json").out) if each["what"] == "Backups"]
    assert "none was made yet; then: The backup cannot be written" in backups[0]["said"]


def test_a_database_of_a_newer_version_is_told_and_left_alone(run: Run) -> None:
    run("website", "add", "https://example.org/calls")
    assert run("db", "psql", "-c", "UPDATE alembic_version SET version_num = '9999'").code == 0
    for command in (("website", "list"), ("serve", "--port", "0"), ("worker",), ("db", "upgrade")):
        refused = run(*command)
        assert refused.code == 1
        assert (
            "(9999) is newer than this version of HoistScraper; install the version that made it"
            in refused.err
        )
    assert "9999, newer than this version of HoistScraper knows" in run("db", "status").out


def test_the_tables_go_a_step_back_for_an_older_version(run: Run) -> None:
    run("website", "add", "https://example.org/calls")
    done = run("db", "downgrade", REVISIONS[-2], "--yes")
    assert done.out == f"The tables are at {REVISIONS[-2]} now; install the version that knows them.\n"
    assert f"{REVISIONS[-2]}; `hoistscraper db upgrade` brings them to" in run("db", "status").out
    assert run("db", "upgrade").code == 0
    assert "https://example.org/calls" in run("website", "list", "--json").out
