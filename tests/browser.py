"""Tests that need a browser: missing, they fail where everything must run, and say so elsewhere."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings


@pytest.fixture
def real_browser() -> None:
    """There is a browser here."""
    if find_browser(Settings()) is None:
        missing = "no browser here: install chromium"
        pytest.fail(missing) if "CI" in os.environ else pytest.skip(missing)


def family_of(*ancestors: int) -> set[int]:
    """Return processes and all that descend from them."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(place.parent.name)] = int(place.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended in the meantime
    family = set(ancestors)
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def is_running(process: int) -> bool:
    """Tell whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def browsers_of(process: int) -> tuple[int, ...]:
    """Return the main processes of the browsers that a process has started."""
    return tuple(_browsers(process))


def _browsers(process: int) -> Iterator[int]:
    for member in family_of(process):
        try:
            command = Path(f"/proc/{member}/cmdline").read_bytes()
        except OSError:
            continue
        if b"--remote-debugging-pipe" in command and b"--type=" not in command:
            yield member
