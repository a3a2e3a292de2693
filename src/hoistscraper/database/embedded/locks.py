"""File locks: the kernel lets go of them when their holders die, however they die."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hoistscraper.database.embedded.files import open_file
from hoistscraper.errors import Unavailable

_POLL_SECONDS = 0.01


@contextmanager
def exclusively(path: Path, *, timeout_seconds: float) -> Iterator[int]:
    """Hold a lock alone; yield its descriptor, for a child process that shall hold it too.

    :raises Unavailable: another command held it all the time.
    """
    descriptor = open_lock(path)
    try:
        if not wait_for(descriptor, timeout_seconds=timeout_seconds):
            raise Unavailable(
                f"Another command has been starting or stopping the database in {path.parent} for "
                f"{timeout_seconds:.0f} seconds: wait for it or end it, then try again."
            )
        yield descriptor
    finally:
        os.close(descriptor)


def open_lock(path: Path) -> int:
    """Open a lock file, made where it is missing; closing the descriptor lets go of its lock."""
    return open_file(path, os.O_RDWR)


def wait_for(descriptor: int, *, timeout_seconds: float) -> bool:
    """Take a lock alone as soon as it is free; say whether that happened in time."""
    until = time.monotonic() + timeout_seconds
    while not _taken(descriptor, fcntl.LOCK_EX):
        if time.monotonic() > until:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def hold_shared(path: Path) -> int:
    """Take a lock together with others, waiting for whoever holds it alone; return its descriptor."""
    descriptor = open_lock(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_held(path: Path, *, by_shared: bool = False) -> bool:
    """Say whether anybody holds the lock (``by_shared``: even together with others)."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not _taken(descriptor, fcntl.LOCK_EX if by_shared else fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
