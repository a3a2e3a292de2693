"""Data folders that cannot be used: a sentence that names them, and nothing lost."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoistscraper.database.embedded import leases
from tests.cli.conftest import Run
from tests.database.server import reachable_folder
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.thread import in_thread


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk with room for a database and little more."""
    with reachable_folder() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=90m,mode=755", "tmpfs", folder],
            capture_output=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip("only root can make a small disk")
        try:
            yield folder
        finally:
            leases.stop(folder / "data", force=True)
            subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_file_in_the_place_of_the_folder_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    printed = run("website", "list", DATABASE_URL="", HOIST_DATA_DIR=str(file))
    assert printed.code == 1
    assert str(file) in printed.err
    assert file.read_text() == "mine"


def test_a_full_disk_is_a_sentence_and_the_next_scrape_completes(run: Run, small_disk: Path) -> None:
    embedded = {"DATABASE_URL": "", "HOIST_DATA_DIR": str(small_disk / "data")}
    website = CallsWebsite(some_calls(120), page_size=120)
    with in_thread(website.site()) as site:
        assert run("website", "add", site.url(), **embedded).code == 0
        free = os.statvfs(small_disk)
        (small_disk / "filler").write_bytes(b"\0" * (free.f_bavail * free.f_frsize))
        printed = run("scrape", site.url(), **embedded)
        assert printed.code == 1
        assert "full" in printed.err
        assert len(printed.err.strip().splitlines()) == 1
        (small_disk / "filler").unlink()
        assert "120 calls, 120 new" in run("scrape", site.url(), **embedded).out
