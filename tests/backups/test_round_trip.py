"""What was backed up comes back row by row, or a sentence says why not and everything is as before."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from hoistscraper import migrations
from hoistscraper.backups import comparing, programs
from hoistscraper.backups.archive import opened
from hoistscraper.backups.loading import Opener
from hoistscraper.backups.programs import Programs, programs_for
from hoistscraper.backups.restoring import Aim, Restored, must_be_known, restore
from hoistscraper.clock import now
from hoistscraper.database.urls import parse_url, whole_url
from hoistscraper.errors import Conflict, HoistError, Invalid, Refused, Unavailable
from tests.backups.conftest import PASSPHRASE, Make, everything
from tests.database.server import database_from, plain
from tests.migrations.test_with_rows import REVISIONS

# Nobody stays signed in by a backup.
ENDED = frozenset({"session", "password_reset"})


def back(
    file: str, url: str, database: str, *, passphrase: str = PASSPHRASE, replaces: bool = False
) -> Restored:
    """Restore a backup into a database of a server."""
    aim = Aim(
        url=url,
        database=database,
        replaces=replaces,
        known_revisions=migrations.known_revisions(),
        upgrade=migrations.upgrade,
        at=now(),
    )
    with opened(Path(file)) as archive:
        return restore(Opener.of(archive, lambda: passphrase), aim, tell=lambda _: None)


@contextmanager
def new_name(server: str) -> Iterator[str]:
    """Yield a name of a database that does not exist; it is dropped."""
    name = f"test_{uuid4().hex}"
    try:
        yield name
    finally:
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def names_on(server: str) -> set[str]:
    """Return the names of all databases."""
    with psycopg.connect(plain(server)) as connection:
        return {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database")}


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_every_row_of_every_table_comes_back(
    make: Make, filled_url: str, server: str, passphrase: str | None
) -> None:
    before = everything(filled_url, but=ENDED)
    made = make(passphrase=passphrase, is_verified=True)
    with new_name(server) as name:
        done = back(made.address, server, name)
        assert everything(done.url, but=ENDED) == before
        assert everything(done.url)["session"] == []
    assert not [each for each in names_on(server) if "trial" in each]


def test_an_empty_database_that_is_there_already_is_filled(make: Make, filled_url: str, server: str) -> None:
    made = make()
    with database_from(server) as url:
        back(made.address, url, parse_url(url).database or "")
        assert everything(url, but=ENDED) == everything(filled_url, but=ENDED)


def test_new_rows_get_new_numbers_afterwards(make: Make, server: str) -> None:
    made = make()
    with new_name(server) as name:
        url = back(made.address, server, name).url
        with psycopg.connect(plain(url)) as connection:
            connection.execute("INSERT INTO tally (subject, word, at, count) VALUES ('a', '', now(), 1)")


def test_a_full_database_is_left_alone(make: Make, filled_url: str) -> None:
    made = make()
    before = everything(filled_url)
    with pytest.raises(Conflict, match="is not empty: restore into another one with --into"):
        back(made.address, filled_url, parse_url(filled_url).database or "")
    assert everything(filled_url) == before


def test_one_that_is_replaced_is_kept_under_another_name(make: Make, server: str) -> None:
    made = make()
    with new_name(server) as name:
        url = back(made.address, server, name).url
        with psycopg.connect(plain(url)) as connection:
            connection.execute("DELETE FROM website")
        changed = everything(url)
        done = back(made.address, server, name, replaces=True)
        assert done.old is not None
        old_url = whole_url(parse_url(url).set(database=done.old))
        try:
            assert everything(old_url) == changed
            assert everything(url)["website"] != changed["website"]
        finally:
            with psycopg.connect(plain(server), autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(done.old)))


def test_one_that_others_use_is_not_replaced(make: Make, server: str) -> None:
    made = make()
    with new_name(server) as name:
        url = back(made.address, server, name).url
        before = names_on(server)
        with (
            psycopg.connect(plain(url)),
            pytest.raises(Conflict, match=r"connections? of other programs use the database"),
        ):
            back(made.address, server, name, replaces=True)
        assert names_on(server) == before


def test_a_wrong_passphrase_touches_nothing(make: Make, server: str) -> None:
    made = make(passphrase=PASSPHRASE)
    before = names_on(server)
    with pytest.raises(Refused, match="The passphrase is not the one"):
        back(made.address, server, "test_never_made", passphrase="another five words here")
    assert names_on(server) == before


def test_a_short_passphrase_makes_no_backup(make: Make, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="too short"):
        make(passphrase="secret")
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_key_of_log_ins_goes_along_only_where_it_is_locked(make: Make, tmp_path: Path) -> None:
    key = tmp_path / "credentials.key"
    key.write_text("a key that opens every log-in\n")
    locked = make(passphrase=PASSPHRASE, key=key)
    with opened(Path(locked.address)) as archive:
        assert Opener.of(archive, lambda: PASSPHRASE).credential_key() == key.read_bytes()
    assert key.read_bytes().strip() not in Path(locked.address).read_bytes()
    shutil.rmtree(tmp_path / "backups")
    plain_one = make(key=key)
    with opened(Path(plain_one.address)) as archive:
        assert Opener.of(archive, lambda: "").credential_key() is None
        assert [part.name for part in archive.manifest.parts] == ["database.dump.zst"]


def test_nobody_but_its_owner_reads_the_file(make: Make) -> None:
    assert Path(make().address).stat().st_mode & 0o777 == 0o600


def test_tables_of_an_older_release_are_brought_up_to_date(make: Make, server: str, filled_url: str) -> None:
    older = REVISIONS[-2]
    migrations.downgrade(filled_url, older)
    before = everything(filled_url)
    made = make()
    assert made.manifest.schema_revision == older
    with new_name(server) as name:
        url = back(made.address, server, name).url
        after = everything(url)
        for table in ("website", "opportunity", "opportunity_revision", "audit_entry"):
            assert after[table] == before[table]
        assert after["alembic_version"] == [(migrations.HEAD,)]


def test_tables_of_a_newer_release_are_refused_before_anything_is_touched(
    make: Make, filled_url: str, server: str
) -> None:
    with psycopg.connect(plain(filled_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    made = make()
    before = names_on(server)
    with pytest.raises(Refused, match="are newer than this version of HoistScraper"):
        back(made.address, server, "test_never_made")
    assert names_on(server) == before
    with pytest.raises(Refused):
        must_be_known(made.manifest, migrations.known_revisions())


def test_a_database_without_our_tables_is_not_backed_up(make: Make, filled_url: str, tmp_path: Path) -> None:
    with psycopg.connect(plain(filled_url)) as connection:
        connection.execute("DROP TABLE alembic_version")
    with pytest.raises(Conflict, match="nothing to back up"):
        make()
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_row_that_did_not_come_back_is_told(make: Make, filled_url: str) -> None:
    made = make()
    with psycopg.connect(plain(filled_url)) as connection:
        connection.execute("UPDATE host SET robots_status = 999 WHERE robots_status = 1")
        connection.execute("DELETE FROM scrape_job_line WHERE text LIKE '%3%'")
    found = comparing.differences(
        filled_url,
        database=parse_url(filled_url).database or "",
        tables=made.manifest.tables,
        numbers={"public.tally_id_seq": 10**9},
    )
    assert [each.split(":")[0] for each in found] == [
        "public.host",
        "public.scrape_job_line",
        "public.tally_id_seq",
    ]


def test_who_may_not_make_databases_is_told_and_no_backup_gets_its_name(
    make: Make, filled_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(plain(filled_url), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(name)))
        try:
            # All of its sessions act as somebody who may read only.
            monkeypatch.setenv("PGOPTIONS", f"-c role={name}")
            with pytest.raises(Refused, match="CREATEDB"):
                make(is_verified=True)
            assert list((tmp_path / "backups").iterdir()) == []
            assert make(is_verified=False).manifest.was_verified is False
        finally:
            monkeypatch.delenv("PGOPTIONS")
            connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_no_room_leaves_no_file_and_keeps_the_older_ones(make: Make, tmp_path: Path) -> None:
    older = Path(make().address)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    time.sleep(1.1)  # names tell seconds
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, before[1]))
        with pytest.raises(Unavailable, match="no room for the backup"):
            make()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, previous)
    assert list((tmp_path / "backups").iterdir()) == [older]


def test_one_that_is_killed_leaves_no_file_that_looks_whole(
    filled_url: str, tmp_path: Path, server: str
) -> None:
    environment = {**os.environ, "DATABASE_URL": filled_url, "HOIST_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "hoistscraper.cli.main", "backup", "--to", str(tmp_path / "backups")]
    for wait_seconds in (0.9, 1.1, 1.3):
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            time.sleep(wait_seconds)
            process.kill()
    for path in (tmp_path / "backups").glob("hoist*"):
        with opened(path) as archive:
            Opener.of(archive, lambda: "").check()
    with psycopg.connect(plain(server), autocommit=True) as connection:
        for name in [each for each in names_on(server) if "trial" in each]:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_programs_fit_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    here = (Programs(Path("/new"), 18), Programs(Path("/old"), 16), Programs(Path("/oldest"), 15))
    monkeypatch.setattr(programs, "installed_programs", lambda: here)
    assert [programs_for(major).major for major in (13, 15, 16, 17, 18)] == [15, 15, 16, 18, 18]
    with pytest.raises(Unavailable, match="apt-get install postgresql-client-19"):
        programs_for(19)


def test_an_older_server_is_told(make: Make, server: str) -> None:
    made = make()
    with opened(Path(made.address)) as archive:
        manifest = archive.manifest.model_copy(update={"server_version": "99.1"})
        archive.manifest = manifest
        aim = Aim(
            url=server,
            database="test_never_made",
            replaces=False,
            known_revisions=migrations.known_revisions(),
            upgrade=migrations.upgrade,
            at=now(),
        )
        with pytest.raises(HoistError, match="restore it on PostgreSQL 99 or newer"):
            restore(Opener.of(archive, lambda: ""), aim, tell=lambda _: None)
    assert "test_never_made" not in names_on(server)
