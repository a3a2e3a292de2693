import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from hoistscraper.database.embedded import leases
from hoistscraper.database.embedded.places import SYSTEM_FOLDER, place_for
from hoistscraper.errors import HoistError, Invalid, Refused, Unavailable
from tests.database.server import plain, reachable_folder

_USE = """
import sys
from pathlib import Path
from hoistscraper.database.embedded import leases
from hoistscraper.errors import HoistError
try:
    with leases.attached(Path(sys.argv[1])):
        print(leases.state(Path(sys.argv[1])).place.home)
except HoistError as error:
    print(error.message)
"""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def _works(data_dir: Path) -> bool:
    with leases.attached(data_dir) as url, psycopg.connect(plain(url)) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize(
    "name",
    ["with some spaces", 'it\'s "quoted" $HOME `x` 100%', "données-日本", "a,b", "long " * 30, "-dash"],
    ids=["spaces", "quotes", "unicode", "comma", "long", "dash"],
)
def test_any_folder_name_will_do(name: str) -> None:
    with reachable_folder() as folder:
        assert _works(folder / name.strip())
        assert _works(folder / name.strip())


def test_a_path_too_long_for_a_socket_gets_a_short_folder_that_only_its_owner_enters() -> None:
    with reachable_folder() as folder:
        data_dir = folder / ("n" * 200)
        lease = leases.attach(data_dir)
        link = lease.place.home / "socket"
        socket_folder = link.readlink()
        assert len(str(socket_folder)) < 90
        assert socket_folder.lstat().st_mode & 0o077 == 0
        leases.detach(lease)
        assert not socket_folder.exists()


def test_a_short_socket_folder_that_somebody_put_there_is_not_used() -> None:
    with reachable_folder() as folder:
        data_dir = folder / ("n" * 200)
        assert _works(data_dir)
        link = data_dir / "postgres" / "socket"
        trap = link.readlink()
        trap.mkdir()
        trap.chmod(0o777)
        assert _works(data_dir)
        assert link.readlink() != trap
        trap.rmdir()


def test_a_name_with_a_control_character_is_refused_in_a_sentence() -> None:
    with pytest.raises(Invalid, match="control character"):
        place_for(Path("/tmp/two\nlines"))  # noqa: S108 - never made


@pytest.mark.parametrize("position", ["data", "data/postgres"])
def test_a_file_in_the_place_of_the_folder_is_named(position: str) -> None:
    with reachable_folder() as folder:
        (folder / position).parent.mkdir(exist_ok=True)
        (folder / position).touch()
        with pytest.raises(
            Refused, match=rf"A file is where the folder {folder / position} should be: move it"
        ):
            leases.attach(folder / "data")


def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(HoistError, match=r"/proc/hoist.*HOIST_DATA_DIR"):
        leases.attach(Path("/proc/hoist"))


def test_a_database_of_another_major_version_is_refused_and_left_alone(data_dir: Path) -> None:
    version = data_dir / "postgres" / "cluster" / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(Refused, match="made by PostgreSQL 16, but this release brings PostgreSQL 18"):
        leases.attach(data_dir)
    assert version.read_text() == "16\n"


def test_a_server_that_gives_up_is_told_by_the_line_that_says_why(data_dir: Path) -> None:
    with (data_dir / "postgres" / "cluster" / "postgresql.conf").open("a") as configuration:
        configuration.write("\nno_such_setting = 1\n")
    with pytest.raises(Unavailable, match=r"could not be started: .*contains errors"):
        leases.attach(data_dir)
    assert leases.state(data_dir).pid is None


def test_a_broken_database_is_told_by_the_line_that_says_why(data_dir: Path) -> None:
    (data_dir / "postgres" / "cluster" / "global" / "pg_control").unlink()
    with pytest.raises(Unavailable, match=r"could not be started: .*pg_control"):
        leases.attach(data_dir)


@needs_root
def test_root_keeps_the_database_elsewhere_when_its_server_cannot_enter_the_folder() -> None:
    with reachable_folder() as folder:
        private = folder / "private"
        private.mkdir(mode=0o700)
        data_dir = private / "data"
        home = place_for(data_dir).home
        try:
            assert home.parent == SYSTEM_FOLDER
            assert _works(data_dir)
            assert leases.state(data_dir).exists
            assert private.stat().st_mode & 0o777 == 0o700
        finally:
            leases.stop(data_dir, force=True)
            subprocess.run(["rm", "-rf", home], check=True)


@needs_root
def test_root_uses_an_ordinary_users_database_as_that_user() -> None:
    with reachable_folder() as folder:
        os.chown(folder, 65534, 65534)
        _as_ordinary_user(folder / "data")
        state = leases.state(folder / "data")
        assert state.place.account.uid == 65534
        assert _works(folder / "data")
        assert _as_ordinary_user(folder / "data") == str(folder / "data" / "postgres")


@needs_root
def test_an_ordinary_user_is_told_what_is_wrong_with_the_folder() -> None:
    with reachable_folder() as folder:
        (folder / "closed").mkdir(mode=0o755)
        said = _as_ordinary_user(folder / "closed" / "data")
        assert "may not be used by the user who runs this" in said
        assert str(folder) in said


@needs_root
def test_an_ordinary_user_does_not_touch_the_database_of_another(data_dir: Path) -> None:
    (data_dir / "postgres").chmod(0o755)
    assert "belongs to" in _as_ordinary_user(data_dir)


@pytest.mark.skipif(os.geteuid() == 0, reason="permission bits do not stop root")
def test_a_read_only_folder_is_named() -> None:
    with reachable_folder() as folder:
        folder.chmod(0o555)
        with pytest.raises(Refused, match=r"may not be used by the user who runs this.*HOIST_DATA_DIR"):
            leases.attach(folder / "data")
        folder.chmod(0o755)


def _as_ordinary_user(data_dir: Path) -> str:
    """Use a data folder as a user without rights; return the folder of its database, or the error."""
    package = Path(leases.__file__).parents[3]
    paths = [str(package), *(path for path in sys.path if path.endswith("site-packages"))]
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            used = subprocess.run(
                [python, "-c", _USE, data_dir],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                user=65534,
                group=65534,
                extra_groups=[],
                env={"PYTHONPATH": ":".join(paths), "LC_ALL": "C.UTF-8"},
            )
        except OSError:
            continue
        if used.returncode == 0:
            return used.stdout.strip()
    pytest.skip("other users can run neither this interpreter nor the system's")
