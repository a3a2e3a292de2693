"""The browser's processes as the system sees them: how much memory they hold, and their end."""

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")
_MEGABYTE = 1_000_000


def resident_megabytes(processes: Iterable[int]) -> float | None:
    """Return the memory that processes hold together, or ``None`` where the system does not tell.

    What they share (the program itself, mostly) counts once, as much as the largest of them shares.
    """
    own_pages, shared_pages = 0, [0]
    for process in processes:
        with suppress(OSError, ValueError):
            counts = (_PROCESSES / str(process) / "statm").read_text(encoding="ascii").split()
            resident, shared = int(counts[1]), int(counts[2])
            own_pages += resident - shared
            shared_pages.append(shared)
    if not own_pages:
        return None
    return (own_pages + max(shared_pages)) * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


def end_group(leader: int) -> None:
    """End a process that leads a group of its own, and the group, at once."""
    with suppress(ProcessLookupError, PermissionError):
        if os.getpgid(leader) == leader:
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGKILL)
