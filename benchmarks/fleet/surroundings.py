"""What the fleet needs around it, and ends with it: its websites, a data folder, the database."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.fleet.site import CONTROL, FIGURES_PATH, ROUND_PATH, Counts
from benchmarks.fleet.websites import FleetWebsite
from benchmarks.scrape.surroundings import embedded_database
from hoistscraper.settings import load_settings

JOB_ATTEMPTS = 3
_PATIENCE_SECONDS = 20
_SETTINGS = {
    "HOIST_ALLOW_HOSTS": "127.0.0.0/8",
    # Nobody's server suffers, and what is to be measured is the workers.
    "HOIST_PACE_SECONDS": "0",
    "HOIST_ATTEMPTS": "2",
    "HOIST_JOB_ATTEMPTS": str(JOB_ATTEMPTS),
    "HOIST_RETRY_SECONDS": "1",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the fleet shall be."""

    websites: int
    seed: int
    today: date
    latency_seconds: float = 0.0
    calm: bool = False


@dataclass(frozen=True, slots=True)
class FleetSurroundings:
    """Where the websites are, their server's process, and a folder for what the measured programs write."""

    port: int
    site_pid: int
    database_url: str
    folder: Path

    def url_of(self, website: FleetWebsite) -> str:
        """Return the address that is watched."""
        return f"http://{website.host}:{self.port}{website.start_path}"

    def counts(self) -> dict[str, Counts]:
        """Return what each host was asked for in this round."""
        return self._ask(FIGURES_PATH)

    def begin_round(self, visit: int) -> None:
        """Have the websites be as they are in a round, and count anew."""
        self._ask(f"{ROUND_PATH}?visit={visit}")

    def _ask(self, path: str) -> dict[str, Counts]:
        connection = HTTPConnection(CONTROL, self.port, timeout=_PATIENCE_SECONDS)
        try:
            connection.request("GET", path)
            told = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return {host: Counts(**counts) for host, counts in told.items()}


@contextmanager
def fleet_surroundings(wishes: Wishes) -> Iterator[FleetSurroundings]:
    """Start the websites and the database; point this process and its children at them."""
    with tempfile.TemporaryDirectory(prefix="hoistscraper-fleet-") as folder, _site(wishes) as (pid, port):
        # Started as root, the database runs as another user, who has to find its way through.
        Path(folder).chmod(0o755)
        for unwanted in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(unwanted, None)
        os.environ.update(_SETTINGS, HOIST_DATA_DIR=f"{folder}/data")
        load_settings.cache_clear()
        with embedded_database() as database_url:
            yield FleetSurroundings(port, pid, database_url, Path(folder))


@contextmanager
def _site(wishes: Wishes) -> Iterator[tuple[int, int]]:
    command = [
        *(sys.executable, "-m", "benchmarks.fleet.site"),
        *("--websites", str(wishes.websites), "--seed", str(wishes.seed)),
        *("--today", wishes.today.isoformat(), "--latency", str(wishes.latency_seconds)),
        *(["--calm"] if wishes.calm else []),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout
            yield process.pid, int(process.stdout.readline())
        finally:
            process.terminate()
            process.wait(_PATIENCE_SECONDS)
