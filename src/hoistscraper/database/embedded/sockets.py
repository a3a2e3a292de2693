"""The server's unix socket: the folder it lies in, and whether anybody answers on it."""

import os
import socket
import stat
import struct
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from hoistscraper.database.embedded.places import Place
from hoistscraper.database.embedded.sentences import naming

PORT = 5432
ROLE = "hoistscraper"
DATABASE = "hoistscraper"
_FILE = f".s.PGSQL.{PORT}"
_LONGEST_PATH_BYTES = 107 if sys.platform == "linux" else 103
# Only for a folder of a random name that nobody else may enter.
_SHORT_FOLDERS = Path("/tmp")  # noqa: S108 # nosec B108
_STARTING = "57P03"
_PATIENCE_SECONDS = 2.0


def socket_folder(place: Place) -> Path:
    """Return the folder of the server's socket, as the command that started it chose."""
    link = place.home / "socket"
    return link.readlink() if link.is_symlink() else link


def prepare_socket_folder(place: Place) -> Path:
    """Return an empty folder for the socket that only the server's account (and root) can enter.

    The addresses of unix sockets are short and the client parts several hosts by commas, so that a long or
    unusual path gets a folder below ``/tmp`` instead, remembered by a symbolic link.
    """
    link = place.home / "socket"
    with naming(place.home):
        folder = _own_folder(link) if _fits(link) else _short_folder(place, link)
        if os.geteuid() == 0:
            os.chown(folder, place.account.uid, place.account.gid, follow_symlinks=False)
        for leftover in (folder / _FILE, folder / f"{_FILE}.lock"):
            leftover.unlink(missing_ok=True)
    return folder


def remove_short_folder(place: Place) -> None:
    """Take away the folder below ``/tmp``, if there is one, when its server has stopped."""
    folder = socket_folder(place)
    if folder.name.startswith(_prefix(place)) and _belongs_to(place.account.uid, folder):
        with suppress(OSError):
            folder.rmdir()


def answers(folder: Path) -> bool:
    """Say whether a server accepts sessions on the socket in a folder."""
    user = f"user\0{ROLE}\0database\0{DATABASE}\0\0".encode()
    greeting = struct.pack("!ii", 8 + len(user), 196_608) + user
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_PATIENCE_SECONDS)
        try:
            connection.connect(str(folder / _FILE))
            connection.sendall(greeting)
            answer = connection.recv(1024)
        except OSError:
            return False
    # Any other answer, even a refusal such as "too many clients", comes from a server that is up.
    return bool(answer) and not (answer[:1] == b"E" and _STARTING.encode() in answer)


def _fits(link: Path) -> bool:
    try:
        address = str(link / _FILE).encode()
    except UnicodeEncodeError:
        return False
    return len(address) <= _LONGEST_PATH_BYTES and b"," not in address


def _own_folder(folder: Path) -> Path:
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _short_folder(place: Place, link: Path) -> Path:
    prefix = _prefix(place)
    if link.is_symlink():
        folder = link.readlink()
        if folder.name.startswith(prefix) and _belongs_to(place.account.uid, folder):
            return folder
        link.unlink()
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_SHORT_FOLDERS))
    link.symlink_to(folder)
    return folder


def _prefix(place: Place) -> str:
    # The digest keeps a copied data folder from sharing the socket of its original.
    return f"hoistscraper-{place.digest}-"


def _belongs_to(uid: int, folder: Path) -> bool:
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077
