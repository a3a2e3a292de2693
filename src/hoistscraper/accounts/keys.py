"""The keys of the vault: where they are, how they are made, and that none is ever lost by us.

``HOIST_CREDENTIAL_KEY`` comes first, then the file ``keys/credentials.key`` in the data folder, one key a
line; in both the newest key comes first. Only the newest locks, all of them open.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

from hoistscraper.accounts.errors import KeyMissing, KeyRefused

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

VARIABLE = "HOIST_CREDENTIAL_KEY"
_OTHERS = 0o077


def key_file(settings: "Settings") -> Path:
    """Return where the key file is, or would be."""
    return settings.data_dir.expanduser() / "keys" / "credentials.key"


def load_keys(settings: "Settings") -> list[Fernet]:
    """Return the keys, newest first; none is made.

    :raises KeyMissing: there is none.
    :raises KeyRefused: one is malformed, or the file is open to other users.
    """
    named = settings.credential_key.get_secret_value() if settings.credential_key else ""
    file = key_file(settings)
    keys = [_key(text, VARIABLE) for text in named.replace(",", " ").split()]
    keys += [_key(text, str(file)) for text in _lines(file)]
    if not keys:
        raise KeyMissing(
            f"The key of the stored log-ins is missing: put {file} back from a backup, or set {VARIABLE}. "
            "If it is lost, remove the log-ins with `hoistscraper credential remove URL` and set them again."
        )
    return keys


def ensure_keys(settings: "Settings") -> list[Fernet]:
    """Return the keys, and make the first one where there is none."""
    try:
        return load_keys(settings)
    except KeyMissing:
        _create(key_file(settings), _new_key())
    return load_keys(settings)


def add_key(settings: "Settings") -> list[Fernet]:
    """Put a new key on top of the key file, whose older keys stay, and return all keys, newest first.

    :raises KeyRefused: the keys are in the environment, which only its owner can change.
    """
    if settings.credential_key:
        raise KeyRefused(
            f"The newest key is the first one of {VARIABLE}; put a new one in front of it there."
        )
    file = key_file(settings)
    older = _lines(file)
    if older:
        _replace(file, [_new_key(), *older])
    else:
        _create(file, _new_key())
    return load_keys(settings)


def put_back(settings: "Settings", kept: str) -> bool:
    """Put keys of a backup behind those that are here; say whether there were any that are not here yet.

    :raises KeyRefused: one is malformed.
    """
    file = key_file(settings)
    present = _lines(file)
    missing = [line.strip() for line in kept.splitlines() if line.strip() and line.strip() not in present]
    for text in missing:
        _key(text, "The backup's key file")
    if missing:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(file, [*present, *missing])
    return bool(missing)


def _new_key() -> str:
    return Fernet.generate_key().decode("ascii")


def _key(text: str, place: str) -> Fernet:
    try:
        return Fernet(text)
    except ValueError:
        raise KeyRefused(
            f"{place} holds something that is no key (a key is 44 letters, digits, - and _, ending with =); "
            "put the right one there."
        ) from None


def _lines(file: Path) -> list[str]:
    try:
        mode = file.stat().st_mode
        text = file.read_text("ascii", "replace")
    except FileNotFoundError:
        return []
    if os.name == "posix" and mode & _OTHERS:
        raise KeyRefused(f"Other users of this machine can read the key; run: chmod 600 {file}")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _create(file: Path, key: str) -> None:
    """Make the file whole or not at all; one that somebody else made meanwhile stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = _written(file, [key])
    try:
        os.link(written, file)
    except FileExistsError:
        return
    finally:
        written.unlink()
    _settle(file.parent)


def _replace(file: Path, keys: Sequence[str]) -> None:
    _written(file, keys).replace(file)
    _settle(file.parent)


def _written(file: Path, keys: Sequence[str]) -> Path:
    # Python makes temporary files with 0600.
    with NamedTemporaryFile("w", dir=file.parent, prefix=".key-", delete=False) as written:
        written.writelines(f"{key}\n" for key in keys)
        written.flush()
        os.fsync(written.fileno())
    return Path(written.name)


def _settle(folder: Path) -> None:
    """Have the folder's new entry survive a power cut before anything is locked with the key."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
