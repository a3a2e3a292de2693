"""What processes take of the machine, as Linux tells it."""

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_STATES_BUSY = (0, 1, 2, 5, 6)  # user, nice, system, interrupts


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and of its children that have ended."""
    fields = _fields(pid)
    return sum(map(int, fields[11:15])) / _TICKS


def family_seconds(pid: int) -> float:
    """Return the processor time of a process and of all its children, ended or not."""
    return processor_seconds(pid) + sum(processor_seconds(child) for child in family(pid))


def machine_seconds() -> float:
    """Return the processor time that everything on this machine took since it started."""
    first = (_PROC / "stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(first[place]) for place in _STATES_BUSY) / _TICKS


def parent_of(pid: int) -> int:
    """Return who started a process."""
    return int(_fields(pid)[1])


def peak_megabytes(pid: int) -> float:
    """Return the most memory that a process had resident, without its children."""
    return _status(pid, "VmHWM:")


def resident_megabytes(pid: int) -> float:
    """Return the memory that a process has resident now, without its children."""
    return _status(pid, "VmRSS:")


def private_megabytes(pid: int) -> float:
    """Return the memory that a process has to itself: neither shared nor that of files."""
    return _status(pid, "RssAnon:")


def _status(pid: int, name: str) -> float:
    lines = (_PROC / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) / 1_024 for line in lines if line.startswith(name))


def _fields(pid: int) -> list[str]:
    # The name of the program, in brackets, may have spaces.
    return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def family(pid: int) -> list[int]:
    """Return the children of a process that run."""
    return [
        int(child)
        for task in (_PROC / str(pid) / "task").iterdir()
        for child in (task / "children").read_text().split()
    ]
