"""Prometheus, Alertmanager and the place where alerts arrive, on free ports of this machine."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import yaml

from benchmarks.watch.ports import free_port

DEPLOY = Path(__file__).parents[2] / "deploy"
_SCRAPE_SECONDS = 5


class Inbox:
    """What Alertmanager sent, and when: ``fired`` and ``resolved`` by the name of the alert."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[tuple[float, str, str]] = []

    def take(self, letter: dict[str, Any]) -> None:
        """Note each alert of a letter."""
        with self._lock:
            for alert in letter["alerts"]:
                self._events.append((monotonic(), alert["labels"]["alertname"], alert["status"]))

    def first(self, name: str, status: str, *, since: float) -> float | None:
        """Return when an alert came or went first since a moment."""
        with self._lock:
            return next(
                (at for at, who, what in self._events if (who, what) == (name, status) and at >= since), None
            )

    @property
    def names(self) -> set[str]:
        """Every alert that came."""
        with self._lock:
            return {name for _, name, status in self._events if status == "firing"}


@contextmanager
def receiving(inbox: Inbox) -> Iterator[int]:
    """Take letters at a port of this machine."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            inbox.take(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


class Prometheus:
    """Answers what it saw."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=30)

    def is_ready(self) -> bool:
        """Whether it answers."""
        try:
            return self._client.get("/status/config").is_success
        except httpx.TransportError:
            return False

    def has_data(self, name: str) -> bool:
        """Whether it has ever seen a figure."""
        answer = self._client.get("/query", params={"query": f"count_over_time({name}[1h])"})
        return bool(answer.json()["data"]["result"])

    def sick_rules(self) -> list[str]:
        """Return the rules that it cannot evaluate, or has not yet."""
        groups = self._client.get("/rules").json()["data"]["groups"]
        return [rule["name"] for group in groups for rule in group["rules"] if rule["health"] != "ok"]


@contextmanager
def watching(folder: Path, target: str, inbox: Inbox) -> Iterator[Prometheus]:
    """Run both over a target, with the files of ``deploy/``."""
    with ExitStack() as stack:
        letters, bell, port = stack.enter_context(receiving(inbox)), free_port(), free_port()
        routes = yaml.safe_load((DEPLOY / "alertmanager" / "alertmanager.yml").read_text())
        routes["receivers"][0]["webhook_configs"][0]["url"] = f"http://127.0.0.1:{letters}/"
        config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
        config["global"] = dict.fromkeys(("scrape_interval", "evaluation_interval"), f"{_SCRAPE_SECONDS}s")
        config["rule_files"] = [str(DEPLOY / "prometheus" / "rules.yml")]
        config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] = [f"127.0.0.1:{bell}"]
        config["scrape_configs"][0]["static_configs"][0]["targets"] = [target]
        for name, content in (("alertmanager.yml", routes), ("prometheus.yml", config)):
            (folder / name).write_text(yaml.safe_dump(content))
        stack.enter_context(
            program(
                "prometheus-alertmanager",
                f"--config.file={folder / 'alertmanager.yml'}",
                f"--storage.path={folder / 'alertmanager'}",
                f"--web.listen-address=127.0.0.1:{bell}",
                "--cluster.listen-address=",
            )
        )
        stack.enter_context(
            program(
                "prometheus",
                f"--config.file={folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={folder / 'prometheus'}",
                f"--web.listen-address=127.0.0.1:{port}",
            )
        )
        yield Prometheus(port)


@contextmanager
def program(
    name: str, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the end."""
    where = shutil.which(name)
    if where is None:
        raise SystemExit(
            f"There is no {name} here; on Debian: apt-get install prometheus prometheus-alertmanager"
        )
    yield from _run([where, *arguments], environment)


def _run(command: Sequence[str], environment: dict[str, str] | None) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
