"""What is not whole is not released."""

import io
import tarfile
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from checks.release import NotReleasable, must_be_whole

WEB = "hoistscraper/api/web/index.html"
SOURCES = ("frontend/package-lock.json", "frontend/src/a.ts", f"src/{WEB}", "hatch_build.py", "LICENSE")


def made(folder: Path, within: Sequence[str], sources: Sequence[str]) -> tuple[Path, Path]:
    wheel, sdist = folder / "hoistscraper-1.0-py3-none-any.whl", folder / "hoistscraper-1.0.tar.gz"
    with ZipFile(wheel, "w") as archive:
        for name in within:
            archive.writestr(name, "")
    with tarfile.open(sdist, "w:gz") as packed:
        for name in sources:
            packed.addfile(tarfile.TarInfo(f"hoistscraper-1.0/{name}"), io.BytesIO())
    return wheel, sdist


def test_a_whole_release_is_one(tmp_path: Path) -> None:
    must_be_whole(*made(tmp_path, [WEB], SOURCES))


@pytest.mark.parametrize("missing", SOURCES)
def test_an_sdist_without_what_it_is_built_of_is_none(tmp_path: Path, missing: str) -> None:
    with pytest.raises(NotReleasable, match=r"hoistscraper-1\.0\.tar\.gz lacks "):
        must_be_whole(*made(tmp_path, [WEB], [name for name in SOURCES if name != missing]))


def test_a_wheel_without_the_web_app_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotReleasable, match="holds no web app"):
        must_be_whole(*made(tmp_path, ["hoistscraper/__init__.py"], SOURCES))


def test_what_was_installed_to_build_it_stays_outside(tmp_path: Path) -> None:
    with pytest.raises(NotReleasable, match="does not belong there"):
        must_be_whole(*made(tmp_path, [WEB], [*SOURCES, "frontend/node_modules/next/a.js"]))
