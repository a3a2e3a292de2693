"""``python -m benchmarks.largest``: the time and the memory that the largest pages take, in every form."""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.largest.pages import PAGES
from benchmarks.scrape.figures import Figure, as_json, as_table

_MOST_SECONDS = 3.0
_MOST_MEGABYTES = 300
_LARGEST = 20  # megabytes: HOIST_MAX_PAGE_MEGABYTES
_WAYS = ("page", "linked page", "page by a recipe")
_PROGRAM = """
import os, resource, sys
from pathlib import Path
from benchmarks.fuzz.readers import READERS
content = Path(sys.argv[1]).read_bytes()
started = sum(os.times()[:4])
reading = READERS[sys.argv[2]](content)
seconds = sum(os.times()[:4]) - started
peak = int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
reading = getattr(reading, "reading", reading)
print(max(peak, apart), seconds, len(reading.items), reading.note)
"""


def main() -> int:
    """Read each page in a process of its own, print what it took, and return 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.largest", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=_LARGEST, help="of each page (%(default)s)")
    parser.add_argument("--only", nargs="*", metavar="PART", help="pages whose name has one of these parts")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    chosen = [name for name in PAGES if not options.only or any(part in name for part in options.only)]
    if not chosen:
        parser.error(f"no page is named so; there are: {', '.join(PAGES)}")
    figures = []
    with TemporaryDirectory() as folder:
        for name in chosen:
            file = Path(folder) / "page"
            file.write_bytes(PAGES[name](round(options.megabytes * 1_000_000)))
            for way in _WAYS:
                made = _figures(f"{name}, {way}", file, way)
                figures += made
                if not options.json:
                    print(as_table(made), flush=True)
    missed = [figure for figure in figures if figure.is_missed]
    print(as_json(figures) if options.json else f"{len(figures)} figures, missed: {len(missed)}")
    return int(bool(missed))


def _figures(of: str, file: Path, way: str) -> list[Figure]:
    command = [sys.executable, "-c", _PROGRAM, str(file), way]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    kilobytes, seconds, items, _ = answer.stdout.split(maxsplit=3)
    return [
        Figure(of=of, name="calls", value=int(items)),
        Figure(of=of, name="CPU", value=float(seconds), unit="s", budget=_MOST_SECONDS),
        Figure(of=of, name="most memory", value=int(kilobytes) / 1024, unit="MB", budget=_MOST_MEGABYTES),
    ]


if __name__ == "__main__":
    sys.exit(main())
