"""Commands in processes of their own, which use the embedded database until they are told to end."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ATTACH = """
import sys
from pathlib import Path
from hoistscraper.database.embedded import leases, postmaster
with leases.attached(Path(sys.argv[1])):
    print(postmaster.recorded(leases.place_for(Path(sys.argv[1]))).pid, flush=True)
    sys.stdin.readline()
"""


class Command:
    """A process that attaches to the database of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ATTACH, data_dir],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def server_pid(self) -> int:
        """Wait until the command is attached; return its server's process number."""
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def end(self) -> int:
        """Let the command end by itself; return its exit code."""
        self.process.communicate("\n")
        return self.process.returncode

    def kill(self) -> None:
        """End the command as ``kill -9`` does."""
        self.process.kill()
        self.process.communicate()


@contextmanager
def command(data_dir: Path) -> Iterator[Command]:
    """Run a command; whatever the test does, it is gone afterwards."""
    started = Command(data_dir)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.kill()
