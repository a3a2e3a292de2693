"""The files of the embedded database: made at once or not at all."""

import os
import pwd
import shutil
import tempfile
from pathlib import Path

from hoistscraper.database.embedded.accounts import Account
from hoistscraper.database.embedded.binaries import MAJOR_VERSION, Binaries
from hoistscraper.database.embedded.places import Place
from hoistscraper.database.embedded.sentences import naming, server_problem
from hoistscraper.database.embedded.sockets import DATABASE, ROLE
from hoistscraper.errors import Refused, Unavailable

_UNFINISHED = "cluster.new-"
# Written into postgresql.conf once, so that its owner may tune them afterwards.
_SETTINGS = {
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log tells of the server, not of every statement that failed with all its rows.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


def make_cluster(place: Place, binaries: Binaries, *, keep_open: int) -> None:
    """Make the database's files if there are none.

    They grow in a folder beside and are renamed when whole, so that a kill in the middle leaves nothing that
    looks like a database. ``keep_open`` is the descriptor of the starting lock: an ``initdb`` that outlives
    its command goes on holding it.

    :raises Refused: the files are of another major version, or may not be written.
    :raises Unavailable: the disk is full, or ``initdb`` gave up.
    """
    with naming(place.home):
        _remove_unfinished(place.home)
        if (place.cluster / "PG_VERSION").exists():
            _check_version(place.cluster)
            return
        _require_name(place.account)
        fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=place.home))
        if os.geteuid() == 0:
            os.chown(fresh, place.account.uid, place.account.gid, follow_symlinks=False)
        _initialise(fresh, place, binaries, keep_open=keep_open)
        fresh.rename(place.cluster)
        _sync(place.home)


def write_access_rules(place: Place) -> tuple[Path, Path]:
    """Write who may connect: over the socket, the server's account and root, proven by the kernel."""
    names = {account.name for account in (place.account, _root()) if account.name}
    rules, users = place.home / "pg_hba.conf", place.home / "pg_ident.conf"
    with naming(place.home):
        _write(rules, "local all all peer map=owners\n", place)
        _write(users, "".join(f'owners "{name}" {ROLE}\n' for name in sorted(names)), place)
    return rules, users


def _initialise(fresh: Path, place: Place, binaries: Binaries, *, keep_open: int) -> None:
    command: list[str | Path] = [binaries.program("initdb"), "--pgdata", fresh, "--username", ROLE]
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"]
    command += ["--data-checksums", "--auth-local=peer", "--auth-host=reject", "--no-instructions"]
    for name, value in _SETTINGS.items():
        command += ["--set", f"{name}={value}"]
    made = place.account.run(command, keep_open=[keep_open])
    if made.returncode == 0:
        single: list[str | Path] = [binaries.program("postgres"), "--single", "-D", fresh, "postgres"]
        made = place.account.run(single, typed=f"CREATE DATABASE {DATABASE};\n", keep_open=[keep_open])
    # A single-user server ends well even when its statement failed.
    if made.returncode != 0 or "ERROR:" in made.stdout:
        shutil.rmtree(fresh, ignore_errors=True)
        raise server_problem(made.stdout, place.home, "made")


def _remove_unfinished(home: Path) -> None:
    for leftover in home.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _check_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR_VERSION:
        raise Refused(
            f"The database in {cluster} was made by PostgreSQL {found}, but this release brings PostgreSQL "
            f"{MAJOR_VERSION}: run the release that made it, or choose another folder with HOIST_DATA_DIR."
        )


def _require_name(account: Account) -> None:
    if account.name is None:
        raise Unavailable(
            f"The {account} has no name on this machine, which PostgreSQL needs to make a database: "
            "run this as a user with a name, or give a PostgreSQL of yours in DATABASE_URL."
        )


def _root() -> Account:
    try:
        return Account(0, 0, pwd.getpwuid(0).pw_name)
    except KeyError:
        return Account(0, 0, None)


def _write(path: Path, text: str, place: Place) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        if os.geteuid() == 0:
            os.fchown(descriptor, place.home.stat().st_uid, place.account.gid)
            os.fchmod(descriptor, 0o640)
    fresh.replace(path)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
