"""Servers as processes of their own, with what they take of the processor and of memory."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
HOST = "127.0.0.1"
_PATIENCE_SECONDS = 90
_STOPPING_SECONDS = 10
_GLANCE_SECONDS = 0.5
_IDLE_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; ``seconds_to_answer`` is from the start of its process to its first answer."""

    port: int
    pid: int
    seconds_to_answer: float

    @property
    def cpu_seconds(self) -> float:
        """Processor time of the process so far, its own and the system's for it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def settle(self) -> None:
        """Wait until it is idle: it still works on what was asked for by those who have left."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            before = self.cpu_seconds
            time.sleep(_GLANCE_SECONDS)
            if self.cpu_seconds - before <= _IDLE_SHARE * _GLANCE_SECONDS:
                return

    @property
    def memory_megabytes(self) -> float:
        """Resident memory of the process."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE_BYTES / 1e6


@contextmanager
def running(command: Sequence[str], path: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run a server, whose command is given a port at its end, until the end of the block."""
    port = _free_port()
    began = time.perf_counter()
    arguments = [*command, str(port)]
    with subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, env={**os.environ, **environment}, start_new_session=True
    ) as process:
        try:
            _wait_until_it_answers(process, port, path)
            yield Server(port, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            try:
                process.wait(_STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The server ended before it answered: {' '.join(map(str, process.args))}")  # type: ignore[arg-type]
        if is_answering(port, path):
            return
        time.sleep(0.01)
    raise SystemExit(f"The server did not answer within {_PATIENCE_SECONDS} s at {path}.")


def is_answering(port: int, path: str) -> bool:
    """Return whether a path is answered with 200."""
    connection = HTTPConnection(HOST, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
