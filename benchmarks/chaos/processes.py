"""Processes as the system shows them: whose children they are, and who is left over."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A living process."""

    pid: int
    parent: int
    program: str
    command: str

    @property
    def is_browser(self) -> bool:
        """Whether it is a browser's first process, not one that shows a page or talks to the network."""
        return "chrom" in self.program and "--type=" not in self.command


def living() -> list[Process]:
    """Return every process that lives; those that have ended and wait for a word of their parents do not."""
    return [process for entry in _PROCESSES.glob("[0-9]*") if (process := _read(entry))]


def below(roots: set[int], processes: list[Process]) -> list[Process]:
    """Return the children of some processes, and their children."""
    found: list[Process] = []
    parents = set(roots)
    while children := [p for p in processes if p.parent in parents and p not in found]:
        found += children
        parents = {process.pid for process in children}
    return found


def marked(mark: str, processes: list[Process]) -> Iterator[Process]:
    """Yield the processes that were started with a word in their environment, whoever their parent is now."""
    for process in processes:
        with suppress(OSError):
            if mark.encode() in (_PROCESSES / str(process.pid) / "environ").read_bytes():
                yield process


def kill(pid: int) -> None:
    """End a process at once; it may be gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _read(entry: Path) -> Process | None:
    with suppress(OSError, ValueError):
        _, _, rest = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
        state, parent = rest.split()[:2]
        if state not in "ZX":
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            program = Path(os.readlink(entry / "exe")).name  # noqa: PTH115 - it may be deleted by now
            return Process(int(entry.name), int(parent), program, command)
    return None
