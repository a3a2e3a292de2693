"""``python -m benchmarks.watch``: a system under load and in trouble, watched as ``deploy/`` has it watched.

A worker is killed, a source fails, the database is slowed down, backups are missing; Redis and the language
model are away all the time. Each has to raise its alert at a local webhook, and the alert has to end when the
trouble is mended. Exit code 1: an alert did not come or did not go, a figure had no data, a rule was sick.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import httpx
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.watch.ports import free_port
from benchmarks.watch.troubles import (
    HOIST,
    SlowDatabase,
    Trouble,
    Website,
    Worker,
    back_up,
    serving,
    surroundings,
)  # fmt: skip
from benchmarks.watch.watchers import Inbox, Prometheus, watching
from hoistscraper.database.embedded import leases
from hoistscraper.database.urls import client_url, parse_url

_LONGEST_SECONDS = 20 * 60.0
_CALM_SECONDS = 60.0


def main() -> int:
    """Run it, print what came when, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.watch", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="at least so long (%(default)s)")
    parser.add_argument("--users", type=int, default=20, help="who read meanwhile (%(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoistscraper-watch-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        environment, port, inbox, began = surroundings(folder), free_port(), Inbox(), monotonic()
        stack.enter_context(serving(environment, port))
        prometheus = stack.enter_context(watching(folder, f"127.0.0.1:{port}", inbox))
        load = [*HOIST, "loadtest", f"http://127.0.0.1:{port}", "--users", str(options.users)]
        duration = ["--duration", str(options.minutes * 60), "--max-failures", "1000000000"]
        readers = stack.enter_context(
            subprocess.Popen([*load, *duration], env=environment, stdout=subprocess.DEVNULL)
        )
        stack.callback(readers.terminate)
        url = client_url(parse_url(stack.enter_context(leases.attached(folder / "data"))))
        client = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=60))
        worker, slow = Worker(environment), SlowDatabase(url)
        worker.start()
        stack.callback(worker.stop)
        website = Website(folder / "site", free_port(), client)
        stack.callback(website.close)
        time.sleep(_CALM_SECONDS)
        troubles = (
            Trouble(
                "BackupTooOld",
                "no backup was ever made",
                lambda: None,
                lambda: back_up(environment, folder / "kept"),
            ),
            Trouble("SourcesFailing", "a website refuses connections", website.watch, website.come_back),
            Trouble("WorkerGone", "a worker is killed", worker.kill, worker.start),
            Trouble("DatabaseSlow", "the database is slowed down", slow.begin, slow.end),
        )
        faults = sum(_suffer(trouble, inbox) for trouble in troubles)
        faults += _judge(prometheus, port)
        while monotonic() - began < options.minutes * 60:
            time.sleep(1)
        faults += _judge(prometheus, port)
        print(f"alerts that came: {', '.join(sorted(inbox.names))}")
    print(f"{(monotonic() - began) / 60:.0f} minutes, {faults} faults")
    return int(faults > 0)


def _suffer(trouble: Trouble, inbox: Inbox) -> int:
    since = monotonic() if trouble.alert != "BackupTooOld" else 0.0
    began = monotonic()
    trouble.begin()
    came = _wait_for(inbox, trouble.alert, "firing", since)
    mended = monotonic()
    trouble.mend()
    went = _wait_for(inbox, trouble.alert, "resolved", mended) if came else None
    told = f"came after {came - began:.0f} s" if came else "DID NOT COME"
    ended = f"went {went - mended:.0f} s after it was mended" if went else "DID NOT GO"
    print(f"{trouble.alert:<16} {trouble.words}: {told}, {ended}", flush=True)
    return int(came is None or went is None)


def _wait_for(inbox: Inbox, alert: str, status: str, since: float) -> float | None:
    end = monotonic() + _LONGEST_SECONDS
    while (at := inbox.first(alert, status, since=since)) is None and monotonic() < end:
        time.sleep(1)
    return at


def _judge(prometheus: Prometheus, port: int) -> int:
    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    names = [family.samples[0].name for family in text_string_to_metric_families(text) if family.samples]
    missing = [name for name in names if not prometheus.has_data(name)]
    sick = prometheus.sick_rules()
    print(f"{len(names)} figures, without data: {', '.join(missing) or 'none'}")
    print(f"rules that cannot be evaluated: {', '.join(sick) or 'none'}", flush=True)
    return len(missing) + len(sick)


if __name__ == "__main__":
    sys.exit(main())
