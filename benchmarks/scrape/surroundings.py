"""What the measurements need around them, and end with them: the website, a data folder, the database."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scrape.tenders import LISTING_PATH
from hoistscraper.database.engine import open_database
from hoistscraper.settings import load_settings

_PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the website is, and a folder for what the measured programs write."""

    origin: str
    database_url: str
    folder: Path

    @property
    def listing_url(self) -> str:
        """The address to scrape."""
        return f"{self.origin}{LISTING_PATH}"


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    """Start the website and the database; point this process and its children at them."""
    with tempfile.TemporaryDirectory(prefix="hoistscraper-bench-") as folder, _site() as origin:
        # Started as root, the database runs as another user, who has to find its way through.
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        # Installed programs keep their bytecode, as the peer's was kept when it was installed.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.update(
            HOIST_DATA_DIR=f"{folder}/data",
            HOIST_PACE_SECONDS="0",
            HOIST_ALLOW_HOSTS=origin.removeprefix("http://"),
        )
        with embedded_database() as database_url:
            yield Surroundings(origin, database_url, Path(folder))


@contextmanager
def _site() -> Iterator[str]:
    command = (sys.executable, "-m", "benchmarks.scrape.site")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()
            process.wait(_PATIENCE_SECONDS)


@contextmanager
def embedded_database() -> Iterator[str]:
    """Run the embedded database of this process's settings, its tables made; yield its address."""
    try:
        _db("start")
        _db("upgrade")
        yield asyncio.run(_database_url())
    finally:
        _db("stop", "--force")


async def _database_url() -> str:
    async with open_database(load_settings()) as database:
        return database.url


def _db(*arguments: str) -> None:
    # In a session of its own, so that Ctrl-C reaches only us, who then end it in order.
    subprocess.run(
        [*command_line(), "db", *arguments], check=True, stdout=subprocess.DEVNULL, start_new_session=True
    )


def command_line() -> list[str]:
    """Return how the installed command is called."""
    return [str(Path(sys.executable).with_name("hoistscraper"))]
