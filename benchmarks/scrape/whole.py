"""Whole processes, from their start to their end: our command and the peer, by turns."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scrape.stored import forget_everything
from benchmarks.scrape.surroundings import Surroundings, command_line
from benchmarks.scrape.tenders import TENDERS


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took, by the clock and by the processor."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Runs:
    """All runs of each program."""

    saving: Sequence[Run]
    showing: Sequence[Run]
    peer: Sequence[Run]


def run_by_turns(around: Surroundings, rounds: int) -> Runs:
    """Run each program once a round, after one round that only warms the machine's caches."""
    saving: list[Run] = []
    showing: list[Run] = []
    peer: list[Run] = []
    turns: tuple[tuple[list[Run], Callable[[], Run]], ...] = (
        (saving, lambda: _ours(around)),
        (showing, lambda: _ours(around, "--no-save")),
        (peer, lambda: _peer(around)),
    )
    for number in range(rounds + 1):
        for kept, run in turns:
            measured = run()
            if number:
                kept.append(measured)
    return Runs(saving, showing, peer)


def _ours(around: Surroundings, *options: str) -> Run:
    forget_everything(around.database_url)
    out = around.folder / "ours.json"
    run = _timed([*command_line(), "scrape", around.listing_url, "--json", *options], out)
    _assert_all_found(json.loads(out.read_text())["found"])
    return run


def _peer(around: Surroundings) -> Run:
    out = around.folder / "peer.jsonl"
    command = [sys.executable, "-m", "benchmarks.scrape.spider", around.listing_url, str(out)]
    run = _timed(command, around.folder / "peer.out")
    _assert_all_found(len(out.read_text().splitlines()))
    return run


def _timed(command: Sequence[str], out: Path) -> Run:
    with out.open("wb") as stream:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=stream)
        try:
            _, status, used = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{' '.join(command)} ended with {process.returncode}"
    return Run(seconds, used.ru_utime + used.ru_stime)


def _assert_all_found(found: int) -> None:
    assert found == TENDERS, f"{found} of {TENDERS} were found"
