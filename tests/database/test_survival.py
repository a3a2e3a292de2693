import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from hoistscraper.database.embedded import leases, postmaster
from hoistscraper.database.embedded.places import make_folders, place_for
from hoistscraper.database.engine import open_database
from hoistscraper.errors import Unavailable
from hoistscraper.settings import Settings
from tests.database.commands import command
from tests.database.server import plain

_INITIALISE = "from pathlib import Path; import sys; from hoistscraper.database.embedded import leases; "
_INITIALISE += "leases.attach(Path(sys.argv[1]))"


def _count(url: str) -> int:
    with psycopg.connect(plain(url)) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def _fill(url: str) -> None:
    with psycopg.connect(plain(url)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id")


def _server_pid(data_dir: Path) -> int:
    pid = leases.state(data_dir).pid
    assert pid is not None
    return pid


@contextmanager
def _zombie() -> Iterator[int]:
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    yield ended.pid
    ended.wait()


@contextmanager
def _stranger() -> Iterator[int]:
    alive = subprocess.Popen(["sleep", "60"])
    yield alive.pid
    alive.kill()
    alive.wait()


def _claim(data_dir: Path, pid: int) -> None:
    """Leave the files of a server that died, with a process number of our choice."""
    place = place_for(data_dir)
    with leases.attached(data_dir) as url:
        _fill(url)
        text = (place.cluster / "postmaster.pid").read_text()
    claimed = f"{pid}\n{text.split(chr(10), 1)[1]}"
    (place.cluster / "postmaster.pid").write_text(claimed)
    folder = place.home / "socket"
    (folder / ".s.PGSQL.5432.lock").write_text(claimed)
    (folder / ".s.PGSQL.5432").touch()


def test_a_killed_server_is_started_again_with_everything_that_was_committed(data_dir: Path) -> None:
    with leases.attached(data_dir) as url:
        _fill(url)
        os.kill(_server_pid(data_dir), signal.SIGKILL)
        with leases.attached(data_dir) as again:
            assert _count(again) == 1000


async def test_a_server_that_was_stopped_is_started_by_whoever_misses_it(data_dir: Path) -> None:
    async with open_database(Settings(data_dir=data_dir)) as database:
        leases.stop(data_dir, force=True)
        with pytest.raises(Unavailable):
            async with database.transaction() as session:
                await session.execute(text("SELECT 1"))
        await database.revive()
        async with database.transaction() as session:
            assert await session.scalar(text("SELECT 1")) == 1
    assert leases.state(data_dir).pid is None


def test_a_server_killed_during_a_long_statement_is_started_again(data_dir: Path) -> None:
    with leases.attached(data_dir) as url, closing(psycopg.connect(plain(url))) as connection:
        _fill(url)
        spinning = "DO 'BEGIN LOOP PERFORM sum(i) FROM generate_series(1, 1000000) i; END LOOP; END'"
        connection.pgconn.send_query(spinning.encode())
        os.kill(_server_pid(data_dir), signal.SIGKILL)
        with leases.attached(data_dir) as again:
            assert _count(again) == 1000


def test_a_killed_session_does_not_take_the_server_with_it(data_dir: Path) -> None:
    with leases.attached(data_dir) as url:
        _fill(url)
        before = _server_pid(data_dir)
        with closing(psycopg.connect(plain(url))) as victim:
            os.kill(victim.info.backend_pid, signal.SIGKILL)
            with pytest.raises(psycopg.OperationalError):
                victim.execute("SELECT pg_sleep(60)")
        with leases.attached(data_dir) as again:
            assert _count(again) == 1000
        assert _server_pid(data_dir) == before


def test_files_of_a_dead_server_are_seen_through(data_dir: Path) -> None:
    _claim(data_dir, 4_194_303)
    with leases.attached(data_dir) as url:
        assert _count(url) == 1000


def test_the_number_of_a_dead_server_may_belong_to_another_process_now(data_dir: Path) -> None:
    with _stranger() as pid:
        _claim(data_dir, pid)
        assert leases.state(data_dir).pid is None
        with leases.attached(data_dir) as url:
            assert _count(url) == 1000
        os.kill(pid, 0)


def test_a_zombie_is_no_server(data_dir: Path) -> None:
    with _zombie() as pid:
        _claim(data_dir, pid)
        with leases.attached(data_dir) as url:
            assert _count(url) == 1000


def test_a_torn_pid_file_is_no_server(data_dir: Path) -> None:
    _claim(data_dir, 1)
    (place_for(data_dir).cluster / "postmaster.pid").write_text("12")
    with leases.attached(data_dir) as url:
        assert _count(url) == 1000


def test_a_database_that_was_half_made_is_made_anew(new_dir: Path) -> None:
    place = place_for(new_dir)
    make_folders(place)
    unfinished = place.home / "cluster.new-abc"
    (unfinished / "base").mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with leases.attached(new_dir) as url, psycopg.connect(plain(url)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not unfinished.exists()


@pytest.mark.parametrize("step", range(4))
def test_a_command_killed_while_the_database_is_made_does_no_harm(new_dir: Path, step: int) -> None:
    watched = ["starting.lock", "cluster.new-*", "cluster.new-*/base/1", "cluster"][step]
    making = subprocess.Popen([sys.executable, "-c", _INITIALISE, new_dir])
    while not list((new_dir / "postgres").glob(watched)):
        assert making.poll() is None
    making.kill()
    making.wait()
    with leases.attached(new_dir) as url, psycopg.connect(plain(url)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not list((new_dir / "postgres").glob("cluster.new-*"))


def test_a_copied_data_folder_is_a_database_of_its_own(data_dir: Path) -> None:
    with leases.attached(data_dir) as url:
        _fill(url)
    copy = data_dir.with_name("copy")
    subprocess.run(["cp", "-a", data_dir, copy], check=True)
    with leases.attached(data_dir) as url, leases.attached(copy) as other:
        assert url != other
        assert _count(other) == 1000
    assert postmaster.recorded(place_for(copy)) is None


def test_a_command_that_comes_while_another_dies_gets_its_server(data_dir: Path) -> None:
    with command(data_dir) as first, command(data_dir) as second:
        first.server_pid()
        first.kill()
        pid = second.server_pid()
        assert leases.state(data_dir).pid == pid
        assert second.end() == 0
    assert leases.state(data_dir).pid is None


def test_a_machine_that_tells_nothing_of_its_processes_will_do(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postmaster, "_PROCESSES", tmp_path)
    with _stranger() as pid:
        _claim(data_dir, pid)
        with leases.attached(data_dir) as url:
            assert _count(url) == 1000
        assert leases.state(data_dir).pid is None


def test_the_log_stays_small(data_dir: Path) -> None:
    log = data_dir / "postgres" / "server.log"
    log.write_bytes(b"old line\n" * 1_000_000)
    with leases.attached(data_dir):
        assert log.stat().st_size < 3_000_000
        assert b"ready to accept connections" in log.read_bytes()
