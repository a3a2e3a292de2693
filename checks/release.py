"""``python -m checks.release``: build what is given to people, and try it as somebody who installs it does.

Wheel and sdist come to ``dist/`` with the web app built in; the wheel is then installed by pipx into a home
of its own, where it has to tell its version and scrape the sample portal. Nothing is uploaded.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
_RELEASE = re.compile(r"\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?")
_WEB = "hoistscraper/api/web/index.html"
_SOURCES = ("frontend/package-lock.json", "frontend/src", f"src/{_WEB}", "hatch_build.py", "LICENSE")


class NotReleasable(Exception):
    """Something is not as a release has to be; the message says what."""


def main() -> int:
    """Build and try; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m checks.release", description=__doc__)
    parser.add_argument("--trial", action="store_true", help="go on where no tag or no clean tree is")
    options = parser.parse_args()
    try:
        version = _version(is_trial=options.trial)
        wheel, sdist = _built(version)
        must_be_whole(wheel, sdist)
        _run("twine", "check", "--strict", str(wheel), str(sdist))
        _tried(wheel, version)
    except NotReleasable as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"{wheel.name} and {sdist.name} are in dist/, installed and tried.")
    return 0


def _version(*, is_trial: bool) -> str:
    """Return what the tag says.

    :raises NotReleasable: there is none at this commit, changes are not committed, or the changelog lacks it.
    """
    version = _run("hatchling", "version").strip()
    if is_trial:
        return version
    if _git("status", "--porcelain"):
        raise NotReleasable("There are changes that are not committed; commit them, or take --trial.")
    if not _RELEASE.fullmatch(version):
        raise NotReleasable(f"This commit has no tag ({version}); set one, such as v0.2.0, or take --trial.")
    if f"## {version} " not in (ROOT / "CHANGELOG.md").read_text():
        raise NotReleasable(
            f"CHANGELOG.md has no section “## {version} (date)”; docs/how-to/release.md tells."
        )
    return version


def _built(version: str) -> tuple[Path, Path]:
    for old in (*DIST.glob("*.whl"), *DIST.glob("*.tar.gz")):
        old.unlink()
    _run("hatchling", "build", "--target", "sdist", "--target", "wheel", "--directory", str(DIST))
    return DIST / f"hoistscraper-{version}-py3-none-any.whl", DIST / f"hoistscraper-{version}.tar.gz"


def must_be_whole(wheel: Path, sdist: Path) -> None:
    """See that both hold the built web app, and the sdist what it is built of.

    :raises NotReleasable: naming what is missing, or what does not belong there.
    """
    within = ZipFile(wheel).namelist()
    if _WEB not in within:
        raise NotReleasable(f"{wheel.name} holds no web app ({_WEB}).")
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    for needed in _SOURCES:
        if not any(name == needed or name.startswith(f"{needed}/") for name in names):
            raise NotReleasable(f"{sdist.name} lacks {needed}.")
    strangers = [name for name in [*within, *names] if "node_modules" in name or name.startswith("dist/")]
    if strangers:
        raise NotReleasable(f"What was built holds what does not belong there, such as {strangers[0]}.")


def _tried(wheel: Path, version: str) -> None:
    with tempfile.TemporaryDirectory(prefix="hoistscraper-release-") as folder:
        # Started as root, the database runs as another user, who has to find its way through.
        Path(folder).chmod(0o755)
        home = {"HOME": folder, "PIPX_HOME": f"{folder}/pipx", "PIPX_BIN_DIR": f"{folder}/bin"}
        _run("pipx", "install", "--quiet", "--python", sys.executable, str(wheel), environment=home)
        command = f"{folder}/bin/hoistscraper"
        told = _run(command, "--version", environment=home).strip()
        if told != f"hoistscraper {version}":
            raise NotReleasable(f"What was installed says “{told}”.")
        print(_run(command, "demo", "--port", "0", environment=home | {"HOIST_DATA_DIR": f"{folder}/data"}))


def _run(program: str, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    known = Path(sys.executable).parent / program
    command = [str(known) if known.exists() else program, *arguments]
    # What belongs to this checkout stays outside of what is tried.
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HOIST_", "DATABASE_URL"))
    }
    ran = subprocess.run(
        command,
        cwd=ROOT if environment is None else environment["HOME"],
        env=kept | dict(environment or {}),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise NotReleasable(f"This failed with {ran.returncode}: {' '.join(command)}\n{ran.stdout}")
    return ran.stdout


def _git(*arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        raise NotReleasable("There is no git here, which knows the version.")
    return _run(git, *arguments).strip()


if __name__ == "__main__":
    sys.exit(main())
