"""The API as its users meet it: ``hoistscraper serve`` in a process of its own."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.queue.conftest import COMMAND

_SAYS_WHERE = "Answering at "


@contextmanager
def api_process(database_url: str, *arguments: str, **variables: str) -> Iterator[str]:
    """Serve a database at any free port of loopback; yield the address."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--api-only", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": database_url} | variables,
    )
    try:
        assert process.stdout
        for line in process.stdout:
            if line.startswith(_SAYS_WHERE):
                yield line.removeprefix(_SAYS_WHERE).strip()
                break
        else:
            raise AssertionError("the server ended before it answered")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
