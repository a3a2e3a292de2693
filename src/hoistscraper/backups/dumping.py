"""A database into a backup: one moment of it, read by ``pg_dump``, packed, locked and sealed on the way."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from psycopg import Connection

from hoistscraper.backups import comparing
from hoistscraper.backups.archive import Writing
from hoistscraper.backups.manifest import Manifest, Part
from hoistscraper.backups.programs import Programs, programs_for
from hoistscraper.backups.sealing import SUFFIX, Lock, copy
from hoistscraper.backups.streams import Compressing, Measured, Reader
from hoistscraper.database.urls import client_url, parse_url, without_password
from hoistscraper.errors import Conflict, Unavailable

DUMP = "database.dump.zst"
KEY = "key.scrypt"
CREDENTIAL_KEY = "credentials.key"
_FLAGS = (
    "--format=custom",
    "--compress=0",
    "--no-owner",
    "--no-privileges",
    "--no-comments",
    "--no-security-labels",
    "--no-publications",
    "--no-subscriptions",
    "--no-tablespaces",
    "--lock-wait-timeout=60s",
)
_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be backed up, and how. ``credential_key`` goes along only where there is a passphrase."""

    url: str
    passphrase: str | None
    credential_key: Path | None
    is_verified: bool
    at: datetime
    is_called_off: Callable[[], bool] = lambda: False


def dump(wish: Wish, writing: Writing) -> Manifest:
    """Write a whole backup of a database as it is at one moment, while others go on working.

    :raises HoistError: it cannot be read, or no fitting program is here.
    :raises OSError: it cannot be written.
    """
    with comparing.snapshot(wish.url) as (connection, name):
        server_version = str(comparing.one(connection, "SHOW server_version")).split()[0]
        revision = _revision(connection)
        programs = programs_for(int(server_version.split(".", maxsplit=1)[0]))
        numbers = comparing.sequences(connection)
        packing = _Packing(writing, Lock.new() if wish.passphrase else None, wish)
        packing.add_key()
        packing.add_database(programs, snapshot=name)
        packing.add_credential_key()
        tables = comparing.contents(connection)
    manifest = Manifest(
        program_version=version("hoistscraper"),
        created_at=wish.at,
        schema_revision=revision,
        server_version=server_version,
        dumped_by=programs.major,
        encryption="age" if packing.lock else None,
        was_verified=wish.is_verified,
        parts=tuple(packing.parts),
        tables=tables,
        sequences=numbers,
    )
    writing.finish(manifest)
    return manifest


def _revision(connection: Connection) -> str:
    tables = {name for _, name in comparing.table_names(connection)}
    if "alembic_version" not in tables:
        raise Conflict("There is nothing to back up: the database has no tables of HoistScraper yet.")
    schema = next(schema for schema, name in comparing.table_names(connection) if name == "alembic_version")
    return str(comparing.one(connection, f'SELECT version_num FROM "{schema}".alembic_version'))


class _Packing:
    """Puts one part after the other into a backup."""

    def __init__(self, writing: Writing, lock: Lock | None, wish: Wish) -> None:
        self._writing = writing
        self._wish = wish
        self.lock = lock
        self.parts: list[Part] = []

    def add_key(self) -> None:
        if not self.lock or not self._wish.passphrase:
            return
        with self._writing.member(KEY) as member:
            stored = Measured(member)
            stored.write(self.lock.locked_key(self._wish.passphrase))
        self._note(KEY, stored, stored)

    def add_database(self, programs: Programs, *, snapshot: str) -> None:
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, without a shell
                [programs.dump, *_FLAGS, f"--snapshot={snapshot}", *_target(self._wish.url)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment(self._wish.url),
                start_new_session=True,
            ) as process,
        ):
            assert process.stdout is not None  # noqa: S101 - it was asked for
            try:
                self._add(DUMP, process.stdout)
            except BaseException:
                process.kill()
                raise
            if process.wait() != 0:
                complaints.seek(0)
                said = last_words(complaints.read())
                raise Unavailable(f"pg_dump gave up ({said}); nothing was kept of it.")

    def add_credential_key(self) -> None:
        if self.lock and self._wish.credential_key:
            with suppress(FileNotFoundError), self._wish.credential_key.open("rb") as file:
                self._add(CREDENTIAL_KEY, file)

    def _add(self, name: str, source: Reader) -> None:
        packed = Compressing(source, self._wish.is_called_off)
        stored_name = name + SUFFIX if self.lock else name
        with self._writing.member(stored_name) as member:
            stored = Measured(member)
            if self.lock:
                self.lock.seal(packed, stored)
            else:
                copy(packed, stored)
        self._note(stored_name, stored, packed.plain)

    def _note(self, name: str, stored: Measured, plain: Measured) -> None:
        self.parts.append(
            Part(
                name=name,
                size=stored.size,
                sha256=stored.sha256,
                plain_size=plain.size,
                plain_sha256=plain.sha256,
            )
        )


def _target(url: str) -> list[str]:
    return ["--dbname", client_url(without_password(parse_url(url)))]


def environment(url: str) -> dict[str, str]:
    """Return the environment for a program of PostgreSQL: the list of processes shows no password."""
    password = parse_url(url).password
    return {**os.environ, "LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})


def last_words(complaints: bytes) -> str:
    """Return what a program of PostgreSQL complained of first, for a sentence."""
    lines = [line.strip() for line in complaints.decode(errors="replace").splitlines() if line.strip()]
    said = next((line for line in lines if "error:" in line), lines[0] if lines else "it gave no reason")
    return said.split("error:", maxsplit=1)[-1].strip()[:_LONGEST_WORDS].rstrip(".")
