"""The service that is disturbed: an embedded database, two workers, whoever dies replaced."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import psycopg

from benchmarks.chaos.processes import Process, below, living, marked
from benchmarks.chaos.websites import CuttableSite
from hoistscraper.database.embedded import leases
from hoistscraper.database.urls import client_url, parse_url

STALLED_AFTER_SECONDS = 2.0
WORKERS = 2
_COMMAND = (sys.executable, "-c", "from hoistscraper.cli.main import main; main()", "worker")
_LOOK_SECONDS = 0.02
_LEAVE_SECONDS = 30.0


class Service:
    """Two ``hoistscraper worker`` on the embedded database of a folder, as a user would run them."""

    def __init__(self, folder: Path, sites: list[CuttableSite]) -> None:
        self.data_dir = folder / "data"
        self.url = leases.state(self.data_dir).url
        self.workers: list[subprocess.Popen[bytes]] = []
        self._quitters: list[str] = []
        self._log = (folder / "workers.log").open("ab")
        scratch = folder / "scratch"
        scratch.mkdir()
        self._environment = os.environ | {
            "HOIST_DATA_DIR": str(self.data_dir),
            "HOIST_ALLOW_HOSTS": ",".join(site.authority for site in sites),
            "HOIST_PACE_SECONDS": "0",
            "HOIST_STALLED_AFTER_SECONDS": str(STALLED_AFTER_SECONDS),
            "HOIST_RETRY_SECONDS": "0.3",
            "HOIST_JOB_ATTEMPTS": "10",
            "HOIST_STOP_SECONDS": "5",
            "TMPDIR": str(scratch),
        }

    def man(self) -> None:
        """Start a worker in the place of each that is not there."""
        for worker in self.workers:
            if worker.poll() not in (None, -signal.SIGKILL):
                last = Path(self._log.name).read_text(encoding="utf-8").strip().splitlines()[-1:]
                self._quitters.append(f"worker {worker.pid} ended with {worker.returncode}: {last}")
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < WORKERS:
            self.workers.append(
                subprocess.Popen(_COMMAND, env=self._environment, stdout=self._log, stderr=self._log)
            )

    def quitters(self) -> list[str]:
        """Return, once, the workers that gave up by themselves, which none ever should."""
        told, self._quitters = self._quitters, []
        return told

    def leave(self) -> None:
        """Have all workers stop, and the database with the last of them."""
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.wait(_LEAVE_SECONDS)
        leases.stop(self.data_dir, force=True)
        self._log.close()

    def browsers(self) -> list[Process]:
        """Return the browsers of the workers."""
        roots = {worker.pid for worker in self.workers}
        return [process for process in below(roots, living()) if process.is_browser]

    def orphans(self) -> list[Process]:
        """Return processes of ours that belong to no living worker; the database's own are its business."""
        processes = living()
        kept = {worker.pid for worker in self.workers} | {os.getpid()}
        kept |= {process.pid for process in below(kept, processes)}
        ours = marked(f"HOIST_DATA_DIR={self.data_dir}", processes)
        left = [p for p in ours if p.pid not in kept and "postgres" not in p.program]
        # A browser has two that wait for its crash; they cut themselves loose, but end with it.
        waiting = [p for p in left if "crashpad" in p.program]
        excused = waiting if len(waiting) <= 2 * len(self.browsers()) else []
        return [p for p in left if p not in excused]

    def servers(self) -> list[Process]:
        """Return the database's processes, the first one first."""
        pid = leases.state(self.data_dir).pid
        processes = living()
        first = [process for process in processes if process.pid == pid]
        return first + (below({pid}, processes) if pid else [])

    def wait_for_tables(self) -> None:
        """Wait until the first worker has made the tables and is there."""
        while not self.ask("SELECT 1 FROM pg_tables WHERE tablename = 'procrastinate_workers'"):
            if self.workers[0].poll() is not None:
                raise RuntimeError(Path(self._log.name).read_text(encoding="utf-8"))
            time.sleep(_LOOK_SECONDS)

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """Connect to the database, and wait for it where it is away."""
        while True:
            with suppress(psycopg.OperationalError):
                connection = psycopg.connect(client_url(parse_url(self.url)), autocommit=True)
                break
            time.sleep(_LOOK_SECONDS)
        with connection:
            yield connection

    def ask(self, query: LiteralString, *values: object) -> list[tuple[object, ...]]:
        """Return what the database answers, whatever becomes of it in between."""
        while True:
            with suppress(psycopg.OperationalError), self.connection() as connection:
                return connection.execute(query, values).fetchall()
            time.sleep(_LOOK_SECONDS)
