"""What a person reads when the machine does not let the embedded database be."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hoistscraper.errors import HoistError, Refused, Unavailable

_ELSEWHERE = "or choose another folder with HOIST_DATA_DIR"
_SEVERE = re.compile(r"\b(?:FATAL|PANIC|error|ERROR):\s+(.+)")
# What a server that is not ready yet answers to us when we ask whether it is.
_KNOCKING = re.compile(r"the database system is\b")
_CHATTER = re.compile(r"\b(?:LOG|HINT|DETAIL|WARNING|FATAL):")
_PROGRAM = re.compile(r"^[\w./-]+:\s+")
_LAST_BYTES = 8_192


@contextmanager
def naming(folder: Path) -> Iterator[None]:
    """Turn an error of the machine into a sentence that names the folder and says what to do."""
    try:
        yield
    except OSError as error:
        raise storage_problem(error, folder) from error


def storage_problem(error: OSError, folder: Path) -> HoistError:
    """Return the error that tells what is wrong with a folder of ours."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return disk_full(folder)
        case errno.EROFS:
            return Refused(
                f"The folder {folder} cannot be written, for its disk is read-only: mend that {_ELSEWHERE}."
            )
        case errno.EACCES | errno.EPERM:
            return Refused(
                f"The folder {folder} may not be used by the user who runs this: "
                f"change its owner or permissions {_ELSEWHERE}."
            )
        case errno.ENOTDIR | errno.EEXIST:
            return Refused(
                f"A file is where the folder {_file_at(folder)} should be: move it away {_ELSEWHERE}."
            )
        case errno.ENAMETOOLONG:
            return Refused(
                f"The folder name {folder} is too long for this machine: choose a shorter HOIST_DATA_DIR."
            )
        case _:
            return Unavailable(
                f"The folder {folder} cannot be used ({error.strerror or error}): mend that {_ELSEWHERE}."
            )


def _file_at(folder: Path) -> Path:
    return next((path for path in (folder, *folder.parents) if path.is_file()), folder)


def disk_full(folder: Path) -> Unavailable:
    """Return the error for a disk with no room left."""
    return Unavailable(f"The disk that holds {folder} is full: free some space, then try again.")


def server_problem(output: str, folder: Path, doing: str) -> HoistError:
    """Return the error for a PostgreSQL program that gave up, told by the line that says why."""
    line = telling_line(output)
    if "No space left on device" in output:
        return disk_full(folder)
    if "Read-only file system" in line:
        return storage_problem(OSError(errno.EROFS, line), folder)
    if "Permission denied" in line:
        return storage_problem(OSError(errno.EACCES, line), folder)
    return Unavailable(f"The embedded database in {folder} could not be {doing}: {line}.")


def telling_line(output: str) -> str:
    """Return the last line that says what went wrong, free of times and process numbers."""
    if reason := reason_in(output):
        return reason
    lines = [line.strip() for line in output.splitlines() if line.strip() and not _CHATTER.search(line)]
    return _PROGRAM.sub("", lines[-1]).rstrip(".") if lines else "it was ended before it was ready"


def reason_in(output: str) -> str | None:
    """Return the last complaint, or ``None`` where a program ended without one."""
    complaints = [found.group(1) for line in output.splitlines() if (found := _SEVERE.search(line))]
    return next(
        (line.strip().rstrip(".") for line in reversed(complaints) if not _KNOCKING.match(line)), None
    )


def tail(path: Path, *, since: int = 0) -> str:
    """Return the end of a log, from a position on, at most its last 8 KiB."""
    try:
        with path.open("rb") as log:
            log.seek(max(since, path.stat().st_size - _LAST_BYTES))
            return log.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
