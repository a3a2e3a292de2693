"""A HoistScraper of its own to measure: the sample portal scraped, or a data folder that is filled."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.webapp.asking import ask

COMMAND = (sys.executable, "-c", "from hoistscraper.cli.main import main; main()")
SAMPLE_CALLS = 60
_PATIENCE_SECONDS = 120
_STOPPING_SECONDS = 20
_PIECE_BYTES = 8_000_000


@contextmanager
def sample(**variables: str) -> Iterator[str]:
    """Serve the sample portal, scraped, from a folder that goes again; yield the address."""
    with (
        TemporaryDirectory(prefix="webapp-bench-") as folder,
        serving(Path(folder), "--sample", "--workers", "1", **variables) as origin,
    ):
        until = time.monotonic() + _PATIENCE_SECONDS
        while _count(origin) < SAMPLE_CALLS:
            if time.monotonic() > until:
                raise SystemExit(f"The sample portal was not scraped within {_PATIENCE_SECONDS} s.")
            time.sleep(0.5)
        yield origin


@contextmanager
def filled(folder: Path) -> Iterator[str]:
    """Serve what a folder holds, and scrape nothing; yield the address.

    Its files are read once before: what is measured is not how fast the disk is. PostgreSQL's own memory
    begins empty.
    """
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            _read(file)
    with serving(folder, "--api-only") as origin:
        yield origin


@contextmanager
def serving(folder: Path, *options: str, **variables: str) -> Iterator[str]:
    """Run ``hoistscraper serve`` over a data folder until the end of the block; yield its address."""
    environment = os.environ | variables | {"HOIST_DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    command = [*COMMAND, "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=_STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _read(file: Path) -> None:
    with file.open("rb") as opened:
        while opened.read(_PIECE_BYTES):
            pass


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        for word in line.split():
            if word.startswith("http://") and "/" not in word.removeprefix("http://").rstrip("/."):
                return word.rstrip("/.")
    raise SystemExit("The server ended before it said where it answers.")


def _count(origin: str) -> int:
    return len(ask(origin, "/api/opportunities?limit=100")["items"])
