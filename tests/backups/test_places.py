"""Backups in a folder and in a bucket."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoistscraper.backups.archive import opened
from hoistscraper.backups.creating import create
from hoistscraper.backups.dumping import Wish
from hoistscraper.backups.keeping import Keep
from hoistscraper.backups.loading import Opener
from hoistscraper.backups.names import name_of
from hoistscraper.backups.places import Folder, Place, file_at, place_of
from hoistscraper.errors import Invalid, NotFound, Unavailable
from tests.backups.bucket_server import bucket_server

MOMENTS = [datetime(2031, 3, day, 2, tzinfo=UTC) for day in (1, 2, 3)]


@pytest.fixture(params=["folder", "bucket"])
def named(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A place as people write it."""
    if request.param == "folder":
        yield str(tmp_path / "backups")
        return
    with bucket_server() as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_REGION", "us-east-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "us")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nobody knows")
        yield "s3://calls/of/ours"


def place(named: str, tmp_path: Path) -> Place:
    """Return the place."""
    return place_of(named, scratch=tmp_path / "scratch")


def wish(url: str, at: datetime) -> Wish:
    """Return a wish for a backup that is not locked, which takes less time."""
    return Wish(url=url, passphrase=None, credential_key=None, is_verified=False, at=at)


def test_a_backup_is_made_listed_fetched_and_let_go(named: str, tmp_path: Path, filled_url: str) -> None:
    where = place(named, tmp_path)
    assert where.stored() == []
    made = [create(wish(filled_url, at), where, Keep(2, 0, 0), tell=lambda _: None) for at in MOMENTS]
    assert [each.at for each in where.stored()] == [MOMENTS[2], MOMENTS[1]]
    assert made[-1].removed == (name_of(MOMENTS[0]),)
    with file_at(made[-1].address, scratch=tmp_path / "scratch") as file, opened(file) as archive:
        assert archive.manifest.tables == made[-1].manifest.tables
        Opener.of(archive, lambda: "").check()
    assert not list((tmp_path / "scratch").glob("*"))


def test_what_is_not_there_is_told(named: str, tmp_path: Path) -> None:
    missing = place(named, tmp_path).address("none.hoist")
    with (
        pytest.raises(NotFound, match="There is no"),
        file_at(missing, scratch=tmp_path) as file,
        opened(file),
    ):
        pass


def test_a_bucket_that_cannot_be_reached_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "us")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nobody knows")
    with pytest.raises(Unavailable, match="check its name, AWS_ENDPOINT_URL"):
        place("s3://calls/of/ours", tmp_path).stored()


def test_another_kind_of_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="name a folder, or a bucket as s3://"):
        place("ftp://calls.example.org/", tmp_path)


def test_a_backup_never_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    name = name_of(MOMENTS[0])
    (tmp_path / name).write_text("the older one")
    with folder.working_file(name) as file:
        file.write_text("the newer one")
        with pytest.raises(FileExistsError):
            folder.take_in(file, name)
    assert (tmp_path / name).read_text() == "the older one"


def test_what_a_killed_one_left_is_removed_a_day_later(tmp_path: Path) -> None:
    old, young = (tmp_path / f".{name_of(at)}.part" for at in MOMENTS[:2])
    for path in (old, young):
        path.write_text("half")
    os.utime(old, (1, 1))
    with Folder(tmp_path).working_file(name_of(MOMENTS[2])):
        pass
    assert sorted(tmp_path.iterdir()) == [young]
