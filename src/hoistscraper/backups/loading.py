"""A backup into an empty database: checked to its last byte, loaded in one transaction, then compared."""

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from hoistscraper.backups import comparing
from hoistscraper.backups.archive import Archive
from hoistscraper.backups.dumping import CREDENTIAL_KEY, DUMP, KEY, environment, last_words
from hoistscraper.backups.manifest import Part
from hoistscraper.backups.programs import Programs, programs_for
from hoistscraper.backups.sealing import SUFFIX, Lock, copy
from hoistscraper.backups.streams import CalledOff, Decompressing, Measured, Writer
from hoistscraper.database.urls import client_url, parse_url, without_password
from hoistscraper.errors import Refused, Unavailable

_FLAGS = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
_LARGEST_CREDENTIAL_KEY = 1 << 20


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens the parts of one backup."""

    archive: Archive
    lock: Lock | None

    @classmethod
    def of(cls, archive: Archive, ask_passphrase: Callable[[], str]) -> "Opener":
        """Return what opens a backup; whoever has the passphrase is asked only where it is locked.

        :raises Refused: the passphrase is another one.
        """
        if archive.manifest.encryption is None:
            return cls(archive, None)
        if archive.manifest.part(KEY) is None:
            raise Refused("The backup is damaged: its key is missing. Use another one.")
        with archive.member(KEY) as member:
            locked = member.read(_LARGEST_CREDENTIAL_KEY)
        return cls(archive, Lock.open(locked, ask_passphrase()))

    def pour(self, name: str, target: Writer) -> None:
        """Write a part, open, to a target.

        :raises Refused: it is not what it was when it was backed up; the target has a part of it.
        """
        part = self._part(name)
        with self.archive.member(part.name) as member:
            stored = _Hashing(member)
            opening = Decompressing(target, most=part.plain_size)
            if self.lock:
                self.lock.unseal(stored, opening)
            else:
                copy(stored, opening)
            stored.read_rest()
        plain = opening.plain
        if (stored.seen.size, stored.seen.sha256, plain.size, plain.sha256) != (
            part.size,
            part.sha256,
            part.plain_size,
            part.plain_sha256,
        ):
            raise Refused(f"The backup is damaged: the checksum of {part.name} differs. Use another one.")

    def check(self) -> None:
        """Open every part to its end without keeping it.

        :raises Refused: one is not what it was.
        """
        for name in (DUMP, CREDENTIAL_KEY):
            if name == DUMP or self.archive.manifest.part(name):
                self.pour(name, Measured())

    def credential_key(self) -> bytes | None:
        """Return the vault's key file, if it went along."""
        part = self.archive.manifest.part(CREDENTIAL_KEY)
        if part is None:
            return None
        if part.plain_size > _LARGEST_CREDENTIAL_KEY:
            raise Refused("The backup is damaged: its key file is too large. Use another one.")
        kept = _Kept()
        self.pour(CREDENTIAL_KEY, kept)
        return bytes(kept.all)

    def _part(self, name: str) -> Part:
        part = self.archive.manifest.part(name)
        if part is None or (self.lock is not None) != part.name.endswith(SUFFIX):
            raise Refused(f"The backup is damaged: {name} is missing. Use another one.")
        return part


def load(
    opener: Opener, url: str, *, database: str, is_called_off: Callable[[], bool] = lambda: False
) -> None:
    """Fill an empty database and compare it with what was backed up.

    :raises Refused: the server is older than the backup's, or what is there now is not what was backed up.
    :raises Unavailable: the server did not take it; the database is as empty as before.
    """
    manifest = opener.archive.manifest
    programs = fitting_programs(url, database=database, opener=opener)
    _fill(opener, programs, url, database, is_called_off)
    found = comparing.differences(url, database=database, tables=manifest.tables, numbers=manifest.sequences)
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise Refused(
            f"What was restored into {database} is not what was backed up ({found[0]}{more}): do not use it."
        )


def fitting_programs(url: str, *, database: str, opener: Opener) -> Programs:
    """Return the programs that read this backup and suit this server.

    :raises Refused: the server is older than that of the backup.
    """
    with comparing.connected(url, database=database) as connection:
        major = connection.info.server_version // 10_000
    manifest = opener.archive.manifest
    if major < manifest.server_major:
        raise Refused(
            f"The backup comes from PostgreSQL {manifest.server_major}, which is newer than this server "
            f"({major}): restore it on PostgreSQL {manifest.server_major} or newer."
        )
    return programs_for(max(major, manifest.dumped_by))


def _fill(
    opener: Opener, programs: Programs, url: str, database: str, is_called_off: Callable[[], bool]
) -> None:
    address = client_url(without_password(parse_url(url).set(database=database)))
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, without a shell
            [programs.restore, *_FLAGS, "--dbname", address],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            env=environment(url),
            start_new_session=True,
            bufsize=0,
        ) as process,
    ):
        assert process.stdin is not None  # noqa: S101 - it was asked for
        try:
            opener.pour(DUMP, _Into(process.stdin, is_called_off))
            process.stdin.close()
        except BrokenPipeError:
            pass  # it gave up, and says why
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            complaints.seek(0)
            raise Unavailable(
                f"The server did not take the backup ({last_words(complaints.read())}); nothing was changed."
            )


class _Into:
    """The input of a program, as long as nobody calls it off."""

    def __init__(self, pipe: IO[bytes], is_called_off: Callable[[], bool]) -> None:
        self._pipe = pipe
        self._is_called_off = is_called_off

    def write(self, piece: bytes, /) -> int:
        if self._is_called_off():
            raise CalledOff
        rest = memoryview(piece)
        while rest:
            rest = rest[self._pipe.write(rest) :]
        return len(piece)


class _Hashing:
    """A source that knows what was read of it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.seen = Measured()

    def read(self, size: int = -1, /) -> bytes:
        piece = self._source.read(size)
        self.seen.write(piece)
        return piece

    def read_rest(self) -> None:
        while self.read(1 << 16):
            pass


class _Kept:
    """Keeps what is written, which is little."""

    def __init__(self) -> None:
        self.all = bytearray()

    def write(self, piece: bytes, /) -> int:
        self.all += piece
        return len(piece)
