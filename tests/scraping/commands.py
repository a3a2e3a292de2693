"""The scrape command in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-c", "from hoistscraper.cli.main import main; main()")


def start_scrape(url: str, data_dir: Path, *, more: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Start ``hoistscraper scrape`` with an embedded database, as a user would."""
    return subprocess.Popen(
        [*COMMAND, "scrape", url, "--json", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ
        | {
            "HOIST_DATA_DIR": str(data_dir),
            "HOIST_ALLOW_HOSTS": "127.0.0.1",
            "HOIST_PACE_SECONDS": "0",
            "HOIST_ATTEMPTS": "1",
        },
    )
