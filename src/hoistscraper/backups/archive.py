"""The file of a backup: a ZIP of few members, stored as they are, with a checksum of everything at its end.

Nothing in it is ever unpacked by its name: members are known, looked for and read as streams.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, Self, cast

from hoistscraper.backups import manifest as manifests
from hoistscraper.backups.manifest import Manifest, parse_manifest
from hoistscraper.backups.streams import PIECE
from hoistscraper.errors import NotFound, Refused

_DIGITS = 64
_MARK = b"hoistscraper sha256 "
_PLACEHOLDER = _MARK + b"0" * _DIGITS
_LARGEST_MANIFEST = 16 << 20
_MOST_MEMBERS = 10
_FOREIGN = "{file} is no backup of HoistScraper, or its end is missing: use another one."
_ALTERED = "{file} was altered or cut since it was made (its checksum differs): use another one."


class Writing:
    """A backup that is being written; :meth:`finish` makes it whole, and nothing else does."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sealing = _Sealing(file)
        self._zip = zipfile.ZipFile(cast("IO[bytes]", self._sealing), "w", zipfile.ZIP_STORED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Where it was given up, the index that is written at the end would fail as what is before it did.
        self._sealing.leave()
        self._zip.close()

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """Yield what takes the bytes of a member."""
        entry = zipfile.ZipInfo(name)
        entry.external_attr = 0o600 << 16
        with self._zip.open(entry, "w", force_zip64=True) as member:
            yield member

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, the index and the seal."""
        with self.member(manifests.NAME) as member:
            member.write(manifest.model_dump_json(indent=1).encode())
        self._zip.comment = _PLACEHOLDER
        self._zip.close()
        self._file.seek(-_DIGITS, 2)
        self._file.write(self._sealing.digest().encode())


class _Sealing:
    """A file that is written from its beginning to its end, and known by the checksum of all but its seal."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = sha256()
        self._last = b""
        self._is_left = False

    def write(self, piece: bytes) -> int:
        if self._is_left:
            return len(piece)
        self._file.write(piece)
        self._last += bytes(piece)
        self._hash.update(self._last[:-_DIGITS])
        self._last = self._last[-_DIGITS:]
        return len(piece)

    def flush(self) -> None:
        if not self._is_left:
            self._file.flush()

    def leave(self) -> None:
        self._is_left = True

    def digest(self) -> str:
        return self._hash.hexdigest()


class Archive:
    """A backup that is read."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
        self._zip = file
        self.manifest = manifest
        self.path = path

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """Yield the bytes of a member as they lie there.

        :raises Refused: the member is damaged.
        """
        try:
            with self._zip.open(name) as member:
                yield member
        except (zipfile.BadZipFile, EOFError):
            raise Refused(_ALTERED.format(file=self.path)) from None


@contextmanager
def opened(path: Path, *, is_checked: bool = True) -> Iterator[Archive]:
    """Open a backup; by default, all of it is compared with its seal first.

    :raises NotFound: there is no such file.
    :raises Refused: it is none, or it is cut, altered, or of a newer format.
    """
    try:
        file = path.open("rb")
    except (FileNotFoundError, IsADirectoryError):
        raise NotFound(f"There is no file {path}.") from None
    with file:
        _look_at_seal(file, path, is_checked=is_checked)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise Refused(_FOREIGN.format(file=path)) from None
        with archive:
            yield Archive(archive, _checked(archive, path), path)


def _look_at_seal(file: BinaryIO, path: Path, *, is_checked: bool) -> None:
    length = file.seek(0, 2)
    if length < len(_PLACEHOLDER):
        raise Refused(_FOREIGN.format(file=path))
    file.seek(-len(_PLACEHOLDER), 2)
    seal = file.read()
    if not seal.startswith(_MARK):
        raise Refused(_FOREIGN.format(file=path))
    if is_checked and _digest(file, length - _DIGITS) != seal.removeprefix(_MARK).decode("ascii", "replace"):
        raise Refused(_ALTERED.format(file=path))
    file.seek(0)


def _digest(file: BinaryIO, length: int) -> str:
    file.seek(0)
    digest = sha256()
    while length and (piece := file.read(min(PIECE, length))):
        digest.update(piece)
        length -= len(piece)
    return digest.hexdigest()


def _checked(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """Return the manifest of an archive that holds what it says, and nothing else.

    A seal keeps accidents away, not somebody who makes a file on purpose: members that are compressed, come
    twice, lead elsewhere or are larger than the file are refused whatever the seal says.
    """
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    is_plain = all(
        entry.compress_type == zipfile.ZIP_STORED
        and entry.file_size == entry.compress_size
        and not entry.flag_bits & 1
        for entry in entries
    )
    total = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _MOST_MEMBERS
        or len(set(names)) != len(names)
        or manifests.NAME not in names
        or not is_plain
        or total > path.stat().st_size
        or archive.getinfo(manifests.NAME).file_size > _LARGEST_MANIFEST
    ):
        raise Refused(_FOREIGN.format(file=path))
    try:
        manifest = parse_manifest(archive.read(manifests.NAME))
    except (zipfile.BadZipFile, EOFError):
        raise Refused(_ALTERED.format(file=path)) from None
    if sorted(names) != sorted([manifests.NAME, *(part.name for part in manifest.parts)]):
        raise Refused(f"{path} does not hold what it says: it was altered. Use another one.")
    return manifest
