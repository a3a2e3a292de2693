"""Real workers, each a process of its own: started, watched and ended."""

import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from benchmarks.fleet.processes import peak_megabytes, processor_seconds, resident_megabytes
from benchmarks.scrape.surroundings import command_line

_READY_SECONDS = 30
_STOP_SECONDS = 30


class Worker:
    """One ``hoistscraper worker``."""

    def __init__(self, log: Path, *, concurrency: int | None) -> None:
        self.log = log
        options = ["--concurrency", str(concurrency)] if concurrency else []
        with log.open("wb") as stream:
            self._process = subprocess.Popen(
                [*command_line(), "worker", *options], stdout=stream, stderr=subprocess.STDOUT
            )

    @property
    def processor_seconds(self) -> float:
        """The processor time of the worker, and of browsers that it has ended."""
        return processor_seconds(self._process.pid)

    @property
    def peak_megabytes(self) -> float:
        """The most memory that it had resident, without its browser."""
        return peak_megabytes(self._process.pid)

    @property
    def resident_megabytes(self) -> float:
        """The memory that it has resident."""
        return resident_megabytes(self._process.pid)

    @property
    def is_running(self) -> bool:
        """Whether it works."""
        return self._process.poll() is None

    def stop(self) -> int:
        """End it as a service manager does; return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


@contextmanager
def working(
    number: int, *, folder: Path, connection: psycopg.Connection, concurrency: int | None = None
) -> Iterator[Sequence[Worker]]:
    """Run so many workers, all of them waiting for jobs before the block begins."""
    with ExitStack() as ending:
        workers = []
        for place in range(number):
            worker = Worker(folder / f"worker-{place + 1}.log", concurrency=concurrency)
            ending.callback(_end, worker)
            workers.append(worker)
        _await_all(connection, workers)
        yield workers


def _await_all(connection: psycopg.Connection, workers: Sequence[Worker]) -> None:
    patience = time.monotonic() + _READY_SECONDS
    waiting = "SELECT count(*) FROM procrastinate_workers"
    while True:
        [registered] = connection.execute(waiting).fetchone() or [0]
        if registered >= len(workers):
            return
        ended = [worker.log.read_text() for worker in workers if not worker.is_running]
        assert not ended, f"a worker ended at once: {ended}"
        assert time.monotonic() < patience, "the workers do not get ready"
        time.sleep(0.05)


def _end(worker: Worker) -> None:
    code = worker.stop() if worker.is_running else None
    assert code == 0, f"a worker ended with {code}: {worker.log.read_text()[-2_000:]}"
