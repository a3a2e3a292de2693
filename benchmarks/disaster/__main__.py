"""``python -m benchmarks.disaster``: the drill; exit 1 when anything was lost, or a sentence is missing."""

import argparse
import asyncio
import secrets
import sys
import time
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import psycopg

from benchmarks.api.dataset import fill
from benchmarks.disaster.drill import Drill, Outcome
from benchmarks.disaster.machine import Machine
from hoistscraper.database.embedded import leases
from hoistscraper.sample_portal.server import serve
from tests import invented
from tests.database.server import plain, reachable_folder

_INVENTED = 20


def main() -> int:
    """Play the drill; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disaster", description=__doc__)
    parser.add_argument("--opportunities", type=int, default=2_000, help="invented ones (%(default)s)")
    parser.add_argument("--seed", type=int, help="chooses which bit flips; by chance otherwise")
    options = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    with reachable_folder() as folder:
        outcomes = play(folder, seed, options.opportunities)
    faulty = [outcome.disaster for outcome in outcomes if outcome.faults]
    print(f"{len(outcomes)} disasters, {len(faulty)} in which something was lost; seed {seed}")
    return int(bool(faulty))


def play(folder: Path, seed: int, opportunities: int) -> list[Outcome]:
    """Fill a database from the sample portal and with invented rows, then play every disaster."""
    first = asyncio.run(_filled(folder, opportunities))
    drill = Drill(folder, first, Random(seed))  # noqa: S311 - a drill may be foreseen
    began = time.monotonic()
    outcomes: list[Outcome] = []
    try:
        for outcome in drill.play():
            outcomes.append(outcome)
            verdict = f"LOST: {'; '.join(outcome.faults)}" if outcome.faults else "nothing lost"
            print(f"{outcome.disaster}: {verdict}\n    {outcome.said}", flush=True)
    finally:
        for place in folder.iterdir():
            if (place / "postgres").is_dir():
                leases.stop(place, force=True)
    rows = sum(sum(table.values()) for table in drill.held.values())
    print(f"{rows:,} rows in {len(drill.held)} tables, {time.monotonic() - began:.0f} s")
    return outcomes


async def _filled(folder: Path, opportunities: int) -> Machine:
    async with serve(0) as portal:
        around = {"HOIST_ALLOW_HOSTS": urlsplit(portal.url).netloc, "HOIST_PACE_SECONDS": "0"}
        machine = Machine(folder / "first", HOIST_RENDER="never", **around)
        said = await asyncio.to_thread(machine.run, "scrape", portal.url)
        assert said.code == 0, said
        log_in = folder / "log-in"
        log_in.write_text("ada\nlovelace\n")
        words = ("credential", "set", portal.url, "--kind", "basic", "--from-file", str(log_in))
        stored = await asyncio.to_thread(machine.run, *words)
        assert stored.code == 0, stored
    await asyncio.to_thread(_invent, machine, opportunities)
    return machine


def _invent(machine: Machine, opportunities: int) -> None:
    with leases.attached(machine.folder) as url:
        fill(plain(url), opportunities=opportunities, site_count=50, job_count=200)
        with psycopg.connect(plain(url)) as connection:
            invented.fill(connection, rows=_INVENTED)


if __name__ == "__main__":
    sys.exit(main())
