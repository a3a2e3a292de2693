"""``python -m checks.advisories``: are there known holes in what we install?

Exits 1 for a hole that is known. Where nobody answers, it says so on a line of its own, and exits 0: a check
that needs others must not stop work on a train. ``--strict``, as a release asks it, exits 1 then, too.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PATIENCE_SECONDS = 120
NOT_ASKED = "NOT CHECKED"


def main(arguments: Sequence[str]) -> int:
    """Ask for each kind of package, and say what came of it."""
    answers = [*python_packages(), *node_packages()]
    for is_good, sentence in answers:
        print(f"advisories: {'' if is_good is not None else NOT_ASKED + ': '}{sentence}")
    if any(is_good is False for is_good, _ in answers):
        return 1
    return int("--strict" in arguments and any(is_good is None for is_good, _ in answers))


def python_packages() -> Iterator[tuple[bool | None, str]]:
    """Yield what pip-audit knows of the locked packages; ``None``: it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format=json"]
    for lock in LOCKS:
        printed, failure = run([*command, "--progress-spinner=off", "-r", lock])
        yield judged_python(lock, printed) if printed else (None, f"{lock}: {failure}")


def judged_python(lock: str, printed: str) -> tuple[bool | None, str]:
    """Return what an answer of pip-audit means: what was skipped was not checked, whatever it says."""
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None, f"{lock}: pip-audit answered nothing that can be read."
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}"
        for each in packages
        for hole in each.get("vulns", ())
    ]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if holes:
        return False, f"{lock}: {', '.join(holes)}"
    if skipped or not packages:
        return None, f"{lock}: the registry knows nothing of {len(skipped)} of {len(packages)} packages."
    return True, f"{lock}: {len(packages)} packages, no known hole."


def node_packages() -> Iterator[tuple[bool | None, str]]:
    """Yield what npm knows of the packages of the web app, where there is one."""
    folder = ROOT / "frontend"
    if not (folder / "package-lock.json").exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        yield None, "frontend: npm is not here."
        return
    printed, failure = run([npm, "audit", "--json"], folder)
    yield judged_node(printed) if printed else (None, f"frontend: {failure}")


def judged_node(printed: str) -> tuple[bool | None, str]:
    """Return what an answer of npm means."""
    try:
        told = json.loads(printed)
        counts: dict[str, int] = told["metadata"]["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return None, "frontend: the registry does not answer npm audit."
    worse = {kind: count for kind, count in counts.items() if kind not in ("info", "low", "total") and count}
    if worse:
        return False, f"frontend: {', '.join(f'{count} {kind}' for kind, count in worse.items())}; npm audit"
    return True, "frontend: no known hole above low."


def run(command: Sequence[str], folder: Path = ROOT) -> tuple[str, str]:
    """Return what a command printed, or why it printed nothing."""
    try:
        ended = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "", f"no answer within {PATIENCE_SECONDS} seconds."
    last = (ended.stderr.strip().splitlines() or ["it said nothing."])[-1]
    return ended.stdout, last[:200]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
