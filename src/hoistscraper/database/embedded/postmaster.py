"""The server itself: start it, find it again, stop it, whatever became of it in the meantime."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hoistscraper.database.embedded.binaries import Binaries
from hoistscraper.database.embedded.cluster import write_access_rules
from hoistscraper.database.embedded.files import open_file
from hoistscraper.database.embedded.locks import is_held, open_lock, wait_for
from hoistscraper.database.embedded.places import Place
from hoistscraper.database.embedded.sentences import naming, reason_in, server_problem, tail
from hoistscraper.database.embedded.sockets import (
    PORT,
    answers,
    prepare_socket_folder,
    remove_short_folder,
    socket_folder,
)
from hoistscraper.errors import Conflict, Unavailable

START_SECONDS = 120.0  # a server that was killed first replays what it had promised to keep
STOP_SECONDS = 30.0
_SILENT_SECONDS = 15.0
_ATTEMPTS = 3
_POLL_SECONDS = 0.01
_LOG_BYTES = 5_000_000
_PROCESSES = Path("/proc")
# What a statement needed for a moment goes back to the system. The C library (glibc; others ignore it) would
# learn from it to keep more, and a connection would hold half as much again.
_GIVING_BACK = "MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072"


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The first process of a running server."""

    pid: int
    started_at: datetime


def recorded(place: Place) -> Postmaster | None:
    """Return what PostgreSQL wrote down when it started; it may be long dead."""
    try:
        lines = (place.cluster / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        return Postmaster(int(lines[0]), datetime.fromtimestamp(int(lines[2]), UTC))
    except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
        return None


def find(place: Place) -> Postmaster | None:
    """Return the server that runs on a place and wait until it answers; ``None``: there is none.

    :raises Conflict: a PostgreSQL that we did not start works on the files.
    :raises Unavailable: there is one, but it does not answer.
    """
    if not is_held(place.server_lock):
        _refuse_stranger(place)
        return None
    _await(place, lambda: answers(socket_folder(place)) or not is_held(place.server_lock))
    return recorded(place) if is_held(place.server_lock) else None


def start(place: Place, binaries: Binaries) -> Postmaster:
    """Start a server where none runs and return when it answers.

    :raises HoistError: it gave up, told by what its log says.
    """
    trim_log(place.log)
    rules, users = write_access_rules(place)
    said = ""
    for _ in range(_ATTEMPTS):
        with naming(place.home):
            log_size = place.log.stat().st_size
            settings = _forced_settings(prepare_socket_folder(place), rules, users)
            _launch(place, [binaries.program("postgres"), "-D", place.cluster, *settings])
        if found := find(place):
            return found
        said = tail(place.log, since=log_size)
        # One that ended without a word was killed, not ill: the next one may live.
        if reason_in(said):
            break
    raise server_problem(said, place.home, "started")


def stop(place: Place) -> None:
    """Stop the server and wait for its end: open sessions are ended, everything committed is on disk.

    :raises Unavailable: it is still there.
    """
    lock = open_lock(place.server_lock)
    try:
        for kind in (signal.SIGINT, signal.SIGQUIT):
            _signal(place, kind)
            if wait_for(lock, timeout_seconds=STOP_SECONDS):
                remove_short_folder(place)
                return
    finally:
        os.close(lock)
    raise Unavailable(f"The database in {place.home} does not stop: look at {place.log}.")


def trim_log(log: Path) -> None:
    """Halve a log that grew large: the server only ever appends, so that it may be cut under its hands."""
    with naming(log.parent), os.fdopen(open_file(log, os.O_RDWR), "rb+") as file:
        if os.fstat(file.fileno()).st_size > _LOG_BYTES:
            file.seek(-_LOG_BYTES // 2, os.SEEK_END)
            kept = file.read()
            file.seek(0)
            file.write(kept)
            file.truncate()


def _forced_settings(folder: Path, rules: Path, users: Path) -> list[str]:
    quoted = str(folder).replace('"', '""')
    forced = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "hba_file": str(rules),
        "ident_file": str(users),
        "logging_collector": "off",
        "log_destination": "stderr",
    }
    return [part for name, value in forced.items() for part in ("-c", f"{name}={value}")]


def _launch(place: Place, command: list[str | Path]) -> None:
    lock = open_lock(place.server_lock)
    log = open_file(place.log, os.O_WRONLY | os.O_APPEND)
    try:
        # Somebody may be looking at the lock this very moment; nobody holds it for longer.
        wait_for(lock, timeout_seconds=_SILENT_SECONDS)
        # PostgreSQL believes any live process of the recorded number to be a server; we know better by now.
        (place.cluster / "postmaster.pid").unlink(missing_ok=True)
        # A shell in between hands the server to init: nobody of ours has to wait for its end.
        place.account.run(
            ["/bin/sh", "-c", f'{_GIVING_BACK} "$@" &', "sh", *command], output=log, keep_open=[lock]
        )
    finally:
        os.close(log)
        os.close(lock)


def _await(place: Place, is_settled: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not is_settled():
        waited = time.monotonic() - began
        if not _is_alive(place) and waited > 1:
            _end_orphans(place)
        if waited > START_SECONDS or (waited > _SILENT_SECONDS and not _is_alive(place)):
            raise Unavailable(
                f"The embedded database in {place.home} does not answer after {waited:.0f} seconds: "
                f"look at {place.log}, or end it with `hoistscraper db stop --force`."
            )
        time.sleep(_POLL_SECONDS)


def _is_alive(place: Place) -> bool:
    found = recorded(place)
    return found is not None and found.pid in _processes(place)


def _refuse_stranger(place: Place) -> None:
    found = recorded(place)
    if found is not None and found.pid in _processes(place):
        raise Conflict(
            f"A PostgreSQL that HoistScraper did not start (process {found.pid}) works on {place.cluster}: "
            "stop it, then try again."
        )


def _end_orphans(place: Place) -> None:
    # Sessions in the middle of a long statement outlive a killed postmaster and bar the way to a new one.
    for pid in _processes(place):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)


def _signal(place: Place, kind: signal.Signals) -> None:
    found = recorded(place)
    alive = set(_processes(place))
    targets = {found.pid} if found is not None and found.pid in alive else alive
    for pid in targets:
        with suppress(ProcessLookupError):
            os.kill(pid, kind)


def _processes(place: Place) -> Iterator[int]:
    """Yield the server's processes: at home in its files, which no reused number or zombie is."""
    if not (_PROCESSES / "self").exists():
        yield from _believed(place)
    cluster = os.path.realpath(place.cluster)
    for entry in _PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            if str((entry / "cwd").readlink()) == cluster and "postgres" in (entry / "exe").readlink().name:
                yield int(entry.name)


def _believed(place: Place) -> Iterator[int]:
    # Where the machine does not tell what a process does, the lock says that the recorded one is no stranger.
    found = recorded(place)
    if found is not None and is_held(place.server_lock):
        with suppress(ProcessLookupError):
            os.kill(found.pid, 0)
            yield found.pid
