from pathlib import Path

import psycopg
import pytest

from hoistscraper.database.embedded import leases
from hoistscraper.errors import Conflict
from tests.database.commands import command
from tests.database.server import plain


def test_a_fresh_folder_gets_a_database_which_stops_when_the_last_user_leaves(new_dir: Path) -> None:
    with leases.attached(new_dir) as url, psycopg.connect(plain(url)) as connection:
        row = connection.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding),"
            " current_setting('data_checksums'), current_setting('fsync'),"
            " current_setting('listen_addresses')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row == ("b", "C.UTF-8", "UTF8", "on", "on", "")
    state = leases.state(new_dir)
    assert state.exists
    assert state.pid is None


def test_looking_at_a_folder_without_a_database_makes_nothing(new_dir: Path) -> None:
    assert not leases.state(new_dir).exists
    assert not leases.stop(new_dir)
    assert not new_dir.exists()


def test_what_was_saved_is_there_the_next_time(data_dir: Path) -> None:
    with leases.attached(data_dir) as url, psycopg.connect(plain(url)) as connection:
        connection.execute("CREATE TABLE kept (value text)")
        connection.execute("INSERT INTO kept VALUES ('ünïcode')")
    with leases.attached(data_dir) as url, psycopg.connect(plain(url)) as connection:
        assert connection.execute("SELECT value FROM kept").fetchone() == ("ünïcode",)


def test_a_second_user_attaches_and_the_first_may_leave_before_it(data_dir: Path) -> None:
    first = leases.attach(data_dir)
    second = leases.attach(data_dir)
    assert first.url == second.url
    leases.detach(first)
    with psycopg.connect(plain(second.url)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    leases.detach(second)
    assert leases.state(data_dir).pid is None


def test_two_commands_at_once_make_and_share_one_server(new_dir: Path) -> None:
    with command(new_dir) as one, command(new_dir) as other:
        assert one.server_pid() == other.server_pid()
        assert one.end() == 0
        assert leases.state(new_dir).answers
        assert other.end() == 0
    assert leases.state(new_dir).pid is None


def test_a_server_that_was_asked_to_stay_stays_until_it_is_stopped(data_dir: Path) -> None:
    leases.detach(leases.attach(data_dir, keep=True))
    with leases.attached(data_dir):
        pass
    state = leases.state(data_dir)
    assert (state.answers, state.kept, state.in_use) == (True, True, False)
    assert leases.stop(data_dir)
    assert leases.state(data_dir).pid is None


def test_a_server_in_use_is_stopped_only_by_force_or_by_its_last_user(data_dir: Path) -> None:
    leases.detach(leases.attach(data_dir, keep=True))
    with leases.attached(data_dir) as url:
        with pytest.raises(Conflict, match="will stop when that command ends"):
            leases.stop(data_dir)
        assert leases.state(data_dir).in_use
        with psycopg.connect(plain(url)):
            assert leases.stop(data_dir, force=True)
    assert leases.state(data_dir).pid is None


def test_the_socket_lets_nobody_in_but_the_owner(data_dir: Path) -> None:
    lease = leases.attach(data_dir)
    rules = (lease.place.home / "pg_hba.conf").read_text()
    assert (lease.place.home / "socket").stat().st_mode & 0o077 == 0
    assert lease.place.home.stat().st_mode & 0o007 == 0
    assert rules == "local all all peer map=owners\n"
    leases.detach(lease)


def test_a_killed_command_leaves_a_server_that_the_next_one_attaches_to_and_stops(data_dir: Path) -> None:
    with command(data_dir) as owner:
        pid = owner.server_pid()
        owner.kill()
    state = leases.state(data_dir)
    assert (state.pid, state.answers, state.in_use) == (pid, True, False)
    lease = leases.attach(data_dir)
    assert leases.state(data_dir).pid == pid
    leases.detach(lease)
    assert leases.state(data_dir).pid is None


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_a_lease_leaves_no_open_file_behind(data_dir: Path) -> None:
    with leases.attached(data_dir):
        pass
    before = _open_files()
    with leases.attached(data_dir):
        pass
    after = _open_files()
    assert after == before


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="tells nobody its environment")
def test_the_server_is_told_to_give_memory_back(data_dir: Path) -> None:
    with leases.attached(data_dir):
        told = Path(f"/proc/{leases.state(data_dir).pid}/environ").read_bytes().split(b"\0")
    assert {b"MALLOC_TRIM_THRESHOLD_=131072", b"MALLOC_MMAP_THRESHOLD_=131072"} <= set(told)
