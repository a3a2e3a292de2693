"""Prometheus and its companions, as the system has them."""

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
_PACKAGES = {
    "promtool": "prometheus",
    "prometheus": "prometheus",
    "amtool": "prometheus-alertmanager",
    "prometheus-alertmanager": "prometheus-alertmanager",
    "caddy": "caddy",
    "systemd-analyze": "systemd",
}


def program(name: str) -> str:
    """Return where a program is, or skip the test, saying how to get it."""
    found = shutil.which(name)
    if found is None:
        package = _PACKAGES[Path(name).name]
        pytest.skip(
            f"There is no {name} here; get it with: apt-get install --no-install-recommends {package}"
        )
    return found


def said(name: str, *arguments: str | Path) -> str:
    """Run a program that has to succeed, and return what it said."""
    ran = subprocess.run([program(name), *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr
