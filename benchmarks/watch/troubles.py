"""What goes wrong, and how it is mended."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psycopg

HOIST = (sys.executable, "-m", "hoistscraper.cli.main")
_LOCKED_SECONDS, _FREE_SECONDS = 0.4, 0.05
_PAGE = """<html><body><h1>Open calls</h1><table><tr><th>Title</th><th>Deadline</th></tr>
<tr><td><a href="one.html">Reed weaving fund</a></td><td>3 May 2031</td></tr>
<tr><td><a href="two.html">Call for ferry timetables</a></td><td>4 May 2031</td></tr></table></body></html>"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that goes wrong; the alert that has to come; what ends it."""

    alert: str
    words: str
    begin: Callable[[], None]
    mend: Callable[[], None]


class Worker:
    """A worker of its own that can be killed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start one."""
        self._process = subprocess.Popen(
            [*HOIST, "worker"], env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self) -> None:
        """End it as if by the power."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """Let it end its pages."""
        if self._process:
            self._process.terminate()
            self._process.wait()


class Website:
    """A website that is away, and comes back."""

    def __init__(self, folder: Path, port: int, client: httpx.Client) -> None:
        self._folder, self._port, self._client = folder, port, client
        self._server: ThreadingHTTPServer | None = None
        self.url = f"http://127.0.0.1:{port}/"
        folder.mkdir()
        (folder / "index.html").write_text(_PAGE)
        for name in ("one", "two"):
            (folder / f"{name}.html").write_text("<h1>Reed weaving fund</h1><p>Deadline: 3 May 2031</p>")

    def watch(self) -> None:
        """Have it watched, and fail until it is told."""
        website = self._client.post("/websites", json={"url": self.url})
        website.raise_for_status()
        self._scrape = f"/websites/{website.json()['id']}/scrape"
        self.try_often()

    def try_often(self) -> None:
        """Scrape it several times: one failure alarms nobody."""
        for _ in range(4):
            self._client.post(self._scrape).raise_for_status()
            time.sleep(20)

    def come_back(self) -> None:
        """Answer from now on, and be scraped."""
        handler = partial(_Quiet, directory=str(self._folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._client.post(self._scrape).raise_for_status()

    def close(self) -> None:
        """Answer no more."""
        if self._server:
            self._server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class SlowDatabase:
    """Holds a table again and again, so that whoever reads it waits."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Slow it down."""
        self._thread = threading.Thread(target=self._hold, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let go."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def _hold(self) -> None:
        with psycopg.connect(self._url) as connection:
            while not self._over.is_set():
                connection.execute("LOCK TABLE opportunity, website IN ACCESS EXCLUSIVE MODE")
                time.sleep(_LOCKED_SECONDS)
                connection.rollback()
                time.sleep(_FREE_SECONDS)


@contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[None]:
    """Serve everything, with the sample portal."""
    command = [*HOIST, "serve", "--sample", "--workers", "1", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                try:
                    httpx.get(f"http://127.0.0.1:{port}/api/health/ready").raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.5)
            yield
        finally:
            process.terminate()


def back_up(environment: dict[str, str], folder: Path) -> None:
    """Make a backup, as somebody would whom the alert told."""
    subprocess.run(
        [*HOIST, "backup", "--to", str(folder)], env=environment, check=True, stdout=subprocess.DEVNULL
    )


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of every process of ours."""
    return {
        **os.environ,
        "HOIST_DATA_DIR": str(folder / "data"),
        "HOIST_ALLOW_HOSTS": "127.0.0.1",
        "HOIST_PACE_SECONDS": "0",
        "HOIST_RETRY_SECONDS": "1",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "OLLAMA_HOST": "127.0.0.1:1",
    }
