"""One backup from beginning to end: written, tried out, named, and older ones that are not needed let go."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hoistscraper.backups import loading
from hoistscraper.backups.archive import Writing, opened
from hoistscraper.backups.dumping import Wish, dump
from hoistscraper.backups.keeping import Keep, to_remove
from hoistscraper.backups.manifest import Manifest
from hoistscraper.backups.names import name_of
from hoistscraper.backups.places import Place
from hoistscraper.backups.scratch import trial_database
from hoistscraper.errors import Conflict, Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made; ``removed`` are the older ones that were let go."""

    name: str
    address: str
    size: int
    manifest: Manifest
    removed: tuple[str, ...]


def create(wish: Wish, place: Place, keep: Keep, *, tell: Callable[[str], None]) -> Made:
    """Make a backup; it has its name only once all of it is there and, if wished, was restored for a trial.

    :raises HoistError: it could not be made, and why; older ones are all still there.
    """
    name = name_of(wish.at)
    try:
        with place.working_file(name) as file:
            tell("Reading the database…")
            manifest = _write(wish, file)
            if wish.is_verified:
                tell("Restoring it into a database beside for a trial…")
                _try_out(wish, file)
            size = file.stat().st_size
            place.take_in(file, name)
    except FileExistsError:
        raise Conflict(f"There is a backup of this moment already, {name}: it stays as it is.") from None
    except OSError as error:
        raise _of_the_machine(error) from error
    return Made(
        name=name,
        address=place.address(name),
        size=size,
        manifest=manifest,
        removed=_let_go(place, keep),
    )


def _write(wish: Wish, file: Path) -> Manifest:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w+b") as target:
        with Writing(target) as writing:
            manifest = dump(wish, writing)
        target.flush()
        os.fsync(target.fileno())
    return manifest


def _try_out(wish: Wish, file: Path) -> None:
    with opened(file) as archive, trial_database(wish.url) as database:
        opener = loading.Opener.of(archive, lambda: wish.passphrase or "")
        opener.check()
        loading.load(opener, wish.url, database=database, is_called_off=wish.is_called_off)


def _let_go(place: Place, keep: Keep) -> tuple[str, ...]:
    stored = place.stored()
    leaving = to_remove((each.at for each in stored), keep)
    gone = tuple(each.name for each in stored if each.at in leaving)
    for name in gone:
        place.remove(name)
    return gone


def _of_the_machine(error: OSError) -> Unavailable:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return Unavailable(
            "There is no room for the backup: free some space or name another place; nothing was kept of it, "
            "and older backups are all still there."
        )
    place = f" ({error.filename})" if error.filename else ""
    return Unavailable(f"The backup cannot be written: {error.strerror or error}{place}.")
