"""A real Redis for tests, in a folder of its own."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import redis

PROGRAM = "redis-server"
HOW_TO_GET_IT = (
    "There is no redis-server here; get it with: apt-get install --no-install-recommends redis-server"
)


class RedisServer:
    """One server that can be paused, killed and begun again with what it had saved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start, and wait until it answers."""
        arguments = {"port": str(self._port), "bind": "127.0.0.1", "dir": str(self._folder), "save": ""}
        self._process = subprocess.Popen(
            [PROGRAM, *(word for name, value in arguments.items() for word in (f"--{name}", value))],
            stdout=subprocess.DEVNULL,
        )
        with closing(self._client()) as client:
            client.ping()

    def save(self) -> None:
        """Write everything to disk."""
        with closing(self._client()) as client:
            client.save()

    def overwrite(self, content: bytes) -> None:
        """Put something else where anything is."""
        with closing(self._client()) as client:
            for name in client.scan_iter():
                client.set(name, content)

    def send(self, number: int) -> None:
        """Send its process a signal."""
        assert self._process
        self._process.send_signal(number)

    def kill(self) -> None:
        """End it without a warning."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _client(self) -> redis.Redis:
        retry = redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 200)
        return redis.Redis.from_url(self.url, retry=retry, socket_timeout=10)


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """Yield a server; a machine without one skips the test, but not in CI."""
    if shutil.which(PROGRAM) is None:
        if "CI" in os.environ:
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
