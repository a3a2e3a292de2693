"""Attach to the embedded database, and be the last to leave."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from hoistscraper.database.embedded import postmaster
from hoistscraper.database.embedded.binaries import runnable_by
from hoistscraper.database.embedded.cluster import make_cluster
from hoistscraper.database.embedded.files import open_file
from hoistscraper.database.embedded.locks import exclusively, hold_shared, is_held
from hoistscraper.database.embedded.places import Place, make_folders, place_for
from hoistscraper.database.embedded.sentences import naming
from hoistscraper.database.embedded.sockets import DATABASE, PORT, ROLE, answers, socket_folder
from hoistscraper.errors import Conflict, Unavailable

_TURN_SECONDS = 150.0
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Lease:
    """The use of a running server, until ``detach``."""

    url: str
    place: Place
    users_descriptor: int


@dataclass(frozen=True, slots=True)
class ServerState:
    """What is known of an embedded database without touching it; ``pid`` is ``None`` when it does not run."""

    place: Place
    url: str
    exists: bool
    pid: int | None = None
    started_at: datetime | None = None
    answers: bool = False
    kept: bool = False
    in_use: bool = False


@contextmanager
def attached(data_dir: Path) -> Iterator[str]:
    """Use the database of a data folder; yield its URL."""
    lease = attach(data_dir)
    try:
        yield lease.url
    finally:
        detach(lease)


def attach(data_dir: Path, *, keep: bool = False) -> Lease:
    """Use the database of a data folder; make it and start its server where there is none.

    With ``keep`` the server stays when nobody uses it any more, until ``stop``.

    :raises HoistError: it cannot be had, and what to do about it.
    """
    place = place_for(data_dir)
    make_folders(place)
    with naming(place.home), exclusively(place.starting_lock, timeout_seconds=_TURN_SECONDS) as turn:
        users = hold_shared(place.users_lock)
        try:
            _ensure_running(place, turn)
            if keep:
                os.close(open_file(place.kept, os.O_WRONLY))
        except BaseException:
            os.close(users)
            raise
    return Lease(url_of(place), place, users)


def detach(lease: Lease) -> None:
    """Leave; the last one stops the server, unless it shall stay."""
    place = lease.place
    try:
        with naming(place.home), exclusively(place.starting_lock, timeout_seconds=_TURN_SECONDS):
            fcntl.flock(lease.users_descriptor, fcntl.LOCK_UN)
            if not place.kept.exists() and not _in_use(place):
                postmaster.stop(place)
    finally:
        with suppress(OSError):
            os.close(lease.users_descriptor)


def stop(data_dir: Path, *, force: bool = False) -> bool:
    """Stop the server; say whether one ran.

    :raises Conflict: another command uses it (not with ``force``); it stops when that command ends.
    """
    place = place_for(data_dir)
    if not place.home.is_dir():
        return False
    with naming(place.home), exclusively(place.starting_lock, timeout_seconds=_TURN_SECONDS):
        place.kept.unlink(missing_ok=True)
        if not is_held(place.server_lock):
            return False
        if _in_use(place) and not force:
            raise Conflict(
                "Another command is using the database, which will stop when that command ends. "
                "`hoistscraper db stop --force` stops it now."
            )
        postmaster.stop(place)
    return True


def state(data_dir: Path) -> ServerState:
    """Look at the database of a data folder and change nothing.

    :raises Refused: it belongs to somebody else.
    """
    place = place_for(data_dir)
    with naming(place.home):
        exists = (place.cluster / "PG_VERSION").exists()
        found = postmaster.recorded(place) if is_held(place.server_lock) else None
        if found is None:
            return ServerState(place, url_of(place), exists)
        return ServerState(
            place,
            url_of(place),
            exists,
            pid=found.pid,
            started_at=found.started_at,
            answers=answers(socket_folder(place)),
            kept=place.kept.exists(),
            in_use=_seems_in_use(place),
        )


def url_of(place: Place) -> str:
    """Return the address of a place's server; it holds no password, for the kernel says who connects."""
    query = urlencode({"host": str(socket_folder(place)), "port": PORT}, quote_via=quote)
    return f"postgresql+psycopg://{ROLE}@/{DATABASE}?{query}"


def _ensure_running(place: Place, turn: int) -> None:
    if postmaster.find(place) is not None:
        postmaster.trim_log(place.log)
        return
    place.kept.unlink(missing_ok=True)
    binaries = runnable_by(place.account)
    make_cluster(place, binaries, keep_open=turn)
    postmaster.start(place, binaries)


def _seems_in_use(place: Place) -> bool:
    # Whoever leaves meanwhile must not take our look for one more user.
    try:
        with exclusively(place.starting_lock, timeout_seconds=_LOOK_SECONDS):
            return _in_use(place)
    except Unavailable:
        return True


def _in_use(place: Place) -> bool:
    return is_held(place.users_lock, by_shared=True)
