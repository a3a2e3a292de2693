"""The memory that the largest pages take while they are read, each in a process of its own."""

import subprocess
import sys

from benchmarks.scrape.figures import Figure

_MOST_MEGABYTES = 300
_PROGRAM = """
import random, resource, sys
from benchmarks.recipes.pages import FIRST_DAY, Style, invent, page
from hoistscraper.reading.read import read_page
layout, size = sys.argv[1], int(sys.argv[2])
random_ = random.Random(1)
one = len(page(Style(layout), invent(random_, 101), random_)) - len(page(Style(layout), invent(random_, 1), random_))
content = page(Style(layout), invent(random_, 100 * size // one), random_).encode()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reading = read_page(content, url=None, today=FIRST_DAY)
print(len(content), before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(reading.items))
"""
_LAYOUTS = ("table", "cards", "headings")
_PAGE_BYTES = 10_000_000


def measure() -> list[Figure]:
    """Read a page of ten megabytes in some layouts."""
    figures = []
    for layout in _LAYOUTS:
        command = [sys.executable, "-c", _PROGRAM, layout, str(_PAGE_BYTES)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        _, _, most_kilobytes, items = map(int, answer.stdout.split())
        of = f"10 MB, {layout}"
        figures.append(Figure(of=of, name="calls read", value=items))
        megabytes = most_kilobytes / 1024
        figures.append(Figure(of=of, name="most memory", value=megabytes, unit="MB", budget=_MOST_MEGABYTES))
    return figures
