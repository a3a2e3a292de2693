"""Where the embedded database lives, and whose it is."""

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hoistscraper.database.embedded.accounts import Account, account_of, current_account, service_account
from hoistscraper.database.embedded.sentences import naming
from hoistscraper.errors import Invalid, Refused

SYSTEM_FOLDER = Path("/var/lib/hoistscraper")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one embedded database and the account its server runs under.

    ``wanted`` is the folder below the data folder; ``home`` differs from it only where root keeps the
    database elsewhere, because the server's account cannot enter ``wanted``.
    """

    home: Path
    account: Account
    wanted: Path

    @property
    def cluster(self) -> Path:
        """What PostgreSQL calls its data directory."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "server.log"

    @property
    def kept(self) -> Path:
        """A file that is there while the server shall stay without anybody using it."""
        return self.home / "kept"

    @property
    def starting_lock(self) -> Path:
        """Held while the server is made, started or stopped."""
        return self.home / "starting.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by the commands that are attached."""
        return self.home / "users.lock"

    @property
    def server_lock(self) -> Path:
        """Held by every process of the server."""
        return self.home / "server.lock"

    @property
    def digest(self) -> str:
        """A short name for this place, different from any other's."""
        return _digest(self.home)


def place_for(data_dir: Path) -> Place:
    """Return where the database of a data folder is, or would be made; nothing is written.

    :raises Refused: a database is there, but may not be used by this user.
    """
    wanted = data_dir.expanduser().absolute() / "postgres"
    if _CONTROL.search(str(wanted)):
        raise Invalid(
            f"The folder name {str(wanted)!r} holds a control character: choose another HOIST_DATA_DIR."
        )
    with naming(wanted):
        return _of_root(wanted) if os.geteuid() == 0 else _of_user(wanted)


def make_folders(place: Place) -> None:
    """Make the folder of a place, enterable by nobody but its owner and the server's account.

    Folders that exist already keep their permissions.
    """
    with naming(place.home):
        _make_parents(place.home.parent)
        try:
            place.home.mkdir(mode=0o700)
        except FileExistsError:
            # Perhaps another command made it a moment ago.
            if not place.home.is_dir():
                raise
        else:
            if os.geteuid() == 0:
                os.chown(place.home, 0, place.account.gid)
                place.home.chmod(0o710)


def _of_user(wanted: Path) -> Place:
    account = current_account()
    place = Place(wanted, account, wanted)
    if _exists(place.cluster) and (owner := place.cluster.stat().st_uid) != account.uid:
        raise Refused(
            f"The database in {place.home} belongs to {account_of(owner, -1)}, not to {account}: "
            "run this as its owner, or choose another folder with HOIST_DATA_DIR."
        )
    return place


def _of_root(wanted: Path) -> Place:
    for home in (wanted, _elsewhere(wanted)):
        if _exists(home / "cluster"):
            return Place(home, _owner_of(home / "cluster"), wanted)
    account = service_account()
    reachable = account.can_enter(_nearest_folder(wanted))
    return Place(wanted if reachable else _elsewhere(wanted), account, wanted)


def _owner_of(cluster: Path) -> Account:
    found = cluster.stat()
    owner = account_of(found.st_uid, found.st_gid)
    if owner.uid == 0:
        raise Refused(
            f"The database in {cluster} belongs to root, as whom PostgreSQL does not run: "
            f"give it back with `chown -R {service_account()} '{cluster}'`."
        )
    if not owner.can_enter(cluster):
        raise Refused(
            f"The database in {cluster} cannot be reached by its owner, {owner}: "
            "let that user enter the folders above it (chmod o+x), or run this as that user."
        )
    return owner


def _elsewhere(wanted: Path) -> Path:
    name = re.sub(r"[^A-Za-z0-9]+", "-", wanted.parent.name).strip("-")[:40] or "data"
    return SYSTEM_FOLDER / f"{name}-{_digest(wanted)}"


def _digest(path: Path) -> str:
    return sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]


def _nearest_folder(path: Path) -> Path:
    return next(parent for parent in path.parents if _exists(parent))


def _exists(path: Path) -> bool:
    # Unlike Path.exists, a folder that may not be looked into is an error rather than an absence.
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def _make_parents(folder: Path) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not _exists(parent)]
    for parent in reversed(missing):
        parent.mkdir(exist_ok=True)
        # Made by us, so ours to open for passing through; root's server runs as somebody else.
        parent.chmod(0o711 if os.geteuid() == 0 else 0o700)
