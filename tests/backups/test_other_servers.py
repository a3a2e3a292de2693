"""A backup of a server of the system's, and from there to a newer one."""

from pathlib import Path

import psycopg
import pytest

from hoistscraper import migrations
from hoistscraper.backups import programs
from hoistscraper.backups.archive import opened
from hoistscraper.backups.creating import create
from hoistscraper.backups.dumping import Wish
from hoistscraper.backups.loading import Opener
from hoistscraper.backups.places import Folder
from hoistscraper.clock import now
from hoistscraper.database.urls import parse_url, whole_url
from tests import invented
from tests.backups.conftest import KEEP_ALL, everything
from tests.backups.test_round_trip import ENDED, back, new_name
from tests.database.server import plain
from tests.search.test_other_servers import url

__all__ = ["url"]


@pytest.mark.parametrize("is_bare", [False, True], ids=["with its programs", "with ours alone"])
def test_what_one_server_has_comes_back_on_itself_and_on_a_newer_one(
    url: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_bare: bool
) -> None:
    if is_bare:
        ours = tuple(each for each in programs.installed_programs() if "pixeltable" in str(each.folder))
        monkeypatch.setattr(programs, "installed_programs", lambda: ours)
    with new_name(url) as name:
        source = whole_url(parse_url(url).set(database=name))
        with psycopg.connect(plain(url), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        migrations.upgrade(source)
        with psycopg.connect(plain(source)) as connection:
            invented.fill(connection, rows=3)
        before = everything(source, but=ENDED)
        wish = Wish(url=source, passphrase=None, credential_key=None, is_verified=True, at=now())
        made = create(wish, Folder(tmp_path), KEEP_ALL, tell=lambda _: None)
        with opened(Path(made.address)) as archive:
            Opener.of(archive, lambda: "").check()
        with new_name(server) as newer:
            assert everything(back(made.address, server, newer).url, but=ENDED) == before
