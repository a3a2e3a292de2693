"""The memory that the largest pages take while they are read, each in a process of its own."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.recipes.pages import Style, invent, page, randomness
from benchmarks.scrape.figures import Figure

_MOST_MEGABYTES = 300
_PROGRAM = """
import resource, sys
from datetime import date
from pathlib import Path
from time import process_time
from hoistscraper.reading.read import read_page
content = Path(sys.argv[1]).read_bytes()
started = process_time()
reading = read_page(content, url=None, today=date(2031, 1, 10))
seconds = process_time() - started
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(reading.items), seconds)
"""
_LAYOUTS = ("table", "cards", "headings")
_PAGE_BYTES = 10_000_000


def measure() -> list[Figure]:
    """Read a page of ten megabytes in some layouts."""
    figures = []
    for layout in _LAYOUTS:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "page.html"
            file.write_text(_page(layout), "utf-8")
            command = [sys.executable, "-c", _PROGRAM, str(file)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
        kilobytes, items, seconds = map(float, answer.stdout.split())
        of = f"10 MB, {layout}"
        figures += [
            Figure(of=of, name="calls read", value=items),
            Figure(of=of, name="CPU", value=seconds, unit="s"),
            Figure(of=of, name="most memory", value=kilobytes / 1024, unit="MB", budget=_MOST_MEGABYTES),
        ]
    return figures


def _page(layout: str) -> str:
    random_ = randomness(1)
    some = page(Style(layout), invent(random_, 100), random_)
    return page(Style(layout), invent(random_, 100 * _PAGE_BYTES // len(some)), random_)
