"""Where backups lie: a folder, or a bucket of any store that speaks S3."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hoistscraper.backups.names import SUFFIX, moment_of
from hoistscraper.clock import now
from hoistscraper.errors import Invalid, NotFound, Unavailable

if TYPE_CHECKING:
    from obstore.store import S3Store

_BUCKET = "s3://"
_PART = ".part"
_LEFT_BEHIND_SECONDS = 24 * 3600
_PIECE = 1 << 20
_XML_MESSAGE = re.compile(r"<Message>([^<]{1,200})")


@dataclass(frozen=True, slots=True)
class Stored:
    """A backup that lies somewhere; ``at`` is the moment that it shows."""

    name: str
    at: datetime
    size: int


class Place(Protocol):
    """Where backups lie. Whatever it complains of is a sentence (:class:`HoistError`) or an ``OSError``."""

    @contextmanager
    def working_file(self, name: str) -> Iterator[Path]:
        """Yield where a backup is to be written before it has its name; it is gone afterwards."""

    def take_in(self, file: Path, name: str) -> None:
        """Give a backup that is whole its name; it has it wholly or not at all."""

    def stored(self) -> list[Stored]:
        """Return the backups that lie here, the newest first."""

    def remove(self, name: str) -> None:
        """Remove one."""

    @contextmanager
    def reachable(self, name: str) -> Iterator[Path]:
        """Yield a file of this machine that holds one."""

    def address(self, name: str) -> str:
        """Return how to name one to ``hoistscraper restore``."""


def place_of(text: str, *, scratch: Path) -> Place:
    """Return a place as people write it; what comes from a bucket lies below ``scratch`` for a while.

    :raises Invalid: it cannot be understood, or what speaks to it is not installed.
    """
    if text.startswith(_BUCKET):
        return Bucket(text.rstrip("/"), scratch)
    if "://" in text:
        raise Invalid(f"{text} is no place for backups: name a folder, or a bucket as s3://bucket/folder.")
    return Folder(Path(text).expanduser().absolute())


@contextmanager
def file_at(text: str, *, scratch: Path) -> Iterator[Path]:
    """Yield the file of a backup that is named by its path or as ``s3://bucket/name``.

    :raises HoistError: it is not there, or cannot be had.
    """
    if text.startswith(_BUCKET):
        place, _, name = text.rpartition("/")
        with Bucket(place, scratch).reachable(name) as file:
            yield file
    else:
        yield Path(text).expanduser()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one that is mounted."""

    path: Path

    @contextmanager
    def working_file(self, name: str) -> Iterator[Path]:
        """Yield a file beside, so that giving it its name is one step."""
        self._make()
        file = self.path / f".{name}{_PART}"
        try:
            yield file
        finally:
            file.unlink(missing_ok=True)

    def take_in(self, file: Path, name: str) -> None:
        """Rename it, and see that the folder remembers."""
        target = self.path / name
        # Unlike a rename, a link never takes the place of a backup that is there.
        os.link(file, target)
        opened = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)

    def stored(self) -> list[Stored]:
        """Return the backups that lie here, the newest first."""
        if not self.path.is_dir():
            return []
        found = [
            Stored(path.name, at, path.stat().st_size)
            for path in self.path.glob(f"*{SUFFIX}")
            if (at := moment_of(path.name)) and path.is_file()
        ]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def remove(self, name: str) -> None:
        """Remove one."""
        (self.path / name).unlink(missing_ok=True)

    @contextmanager
    def reachable(self, name: str) -> Iterator[Path]:
        """Yield it as it lies there."""
        yield self.path / name

    def address(self, name: str) -> str:
        """Return its path."""
        return str(self.path / name)

    def _make(self) -> None:
        if not self.path.is_dir():
            self.path.mkdir(mode=0o700, parents=True)
        for leftover in self.path.glob(f".hoistscraper-*{SUFFIX}{_PART}"):
            # Of one that was killed; younger ones may still be written.
            if now().timestamp() - leftover.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                leftover.unlink(missing_ok=True)


class Bucket:
    """A bucket of a store that speaks S3; who we are there stands in the variables ``AWS_…``."""

    def __init__(self, url: str, scratch: Path) -> None:
        if find_spec("obstore") is None:
            raise Invalid("Backups to s3:// need one more package: run `pip install 'hoistscraper[s3]'`.")
        self._url = url
        self._scratch = scratch
        self._store = import_module("obstore")
        # Plain HTTP is for stores of one's own, whose address is given on purpose (AWS_ENDPOINT_URL).
        opened: S3Store = self._store.store.from_url(
            url,
            client_options={"allow_http": True, "timeout": "600s", "connect_timeout": "20s"},
            retry_config={"max_retries": 4},
        )
        self._bucket = opened

    @contextmanager
    def working_file(self, name: str) -> Iterator[Path]:
        """Yield a file of this machine."""
        with _folder_below(self._scratch) as folder:
            yield folder / name

    def take_in(self, file: Path, name: str) -> None:
        """Send it; the store shows it once it has all of it."""
        with self._told(), file.open("rb") as opened:
            self._store.put(self._bucket, name, opened)
            arrived = self._store.head(self._bucket, name)["size"]
        if arrived != file.stat().st_size:
            raise Unavailable(f"{self._url} kept {arrived} bytes of {file.stat().st_size}: try again.")

    def stored(self) -> list[Stored]:
        """Return the backups that lie here, the newest first."""
        with self._told():
            entries = [entry for batch in self._store.list(self._bucket) for entry in batch]
        found = [
            Stored(entry["path"], at, entry["size"]) for entry in entries if (at := moment_of(entry["path"]))
        ]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def remove(self, name: str) -> None:
        """Remove one."""
        with self._told():
            self._store.delete(self._bucket, name)

    @contextmanager
    def reachable(self, name: str) -> Iterator[Path]:
        """Yield a copy on this machine."""
        with _folder_below(self._scratch) as folder:
            file = folder / "backup"
            with self._told(), file.open("wb") as target:
                for piece in self._store.get(self._bucket, name).stream(min_chunk_size=_PIECE):
                    target.write(piece)
            yield file

    def address(self, name: str) -> str:
        """Return its address."""
        return f"{self._url}/{name}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise NotFound(
                f"There is no such backup at {self._url}; `hoistscraper backup list` shows all."
            ) from None
        except self._store.exceptions.BaseError as error:
            raise Unavailable(
                f"{self._url} cannot be used ({_said(str(error))}): check its name, AWS_ENDPOINT_URL, "
                "AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            ) from None


def _said(text: str) -> str:
    """Return the part of what the store said that is for people."""
    if found := _XML_MESSAGE.search(text):
        return found[1].rstrip(".")
    return text.split("Debug source", maxsplit=1)[0].strip().splitlines()[0][:200]


@contextmanager
def _folder_below(scratch: Path) -> Iterator[Path]:
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="backup-", dir=scratch))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
