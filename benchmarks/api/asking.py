"""Load by ``wrk``, which is in Debian: it asks faster than any server here answers."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.api.running import HOST, Server

_SCRIPT = Path(__file__).with_name("asking.lua")
TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a server did under one load; latencies in milliseconds, from when a request was sent."""

    connections: int
    requests: int
    per_second: float
    p50: float
    p95: float
    p99: float
    failures: int
    cpu_microseconds: float
    memory_megabytes: float


def ask(server: Server, paths: Sequence[str], *, connections: int, seconds: float) -> Answered:
    """Ask for paths in turn over connections that are kept, and never think."""
    server.settle()
    before = server.cpu_seconds
    with tempfile.NamedTemporaryFile("w", prefix="hoistscraper-paths-") as file:
        file.write("\n".join(paths))
        file.flush()
        printed = subprocess.run(
            [
                _wrk(),
                "--threads=1",
                f"--connections={connections}",
                f"--duration={max(1, round(seconds))}s",
                f"--timeout={TIMEOUT_SECONDS}s",
                f"--script={_SCRIPT}",
                f"http://{HOST}:{server.port}",
                "--",
                file.name,
            ],
            check=True,
            capture_output=True,
            text=True,
        )
    found = json.loads(printed.stdout.rstrip().splitlines()[-1])
    requests = found["requests"]
    # Those for whom the time was up are in no count of wrk's: none of its kinds of failure has happened yet.
    never_answered = max(0, connections - requests)
    return Answered(
        connections=connections,
        requests=requests,
        per_second=requests / (found["microseconds"] / 1e6),
        p50=found["p50"] / 1e3,
        p95=found["p95"] / 1e3,
        p99=found["p99"] / 1e3,
        failures=found["statuses"] + found["timeouts"] + found["lost"] + never_answered,
        cpu_microseconds=(server.cpu_seconds - before) / max(1, requests) * 1e6,
        memory_megabytes=server.memory_megabytes,
    )


def _wrk() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("The load comes from wrk, which is not here: apt-get install wrk.")
    return found
