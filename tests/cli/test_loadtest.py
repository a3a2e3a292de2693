"""``hoistscraper loadtest`` as its user meets it, against the real API."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "hoistscraper.cli.main"]


@pytest.fixture
def serving(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The API over a database of its own, at an address."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    with subprocess.Popen(
        [*COMMAND, "serve", "--api-only", "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def loadtest(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, "loadtest", *arguments], capture_output=True, text=True, check=False)


def test_a_server_that_stands_up_to_it_passes_and_one_that_does_not_fails(
    serving: str, tmp_path: Path
) -> None:
    patient = ["--users", "40", "--duration", "4", "--max-p95-ms", "60000", "--max-memory-growth", "1000"]
    report = tmp_path / "report.html"
    passed = loadtest(serving, *patient, "--json", "--report", str(report))
    assert passed.returncode == 0, passed.stdout
    document = json.loads(passed.stdout)
    assert document["passed"] is True
    assert document["all"]["requests"] > 5
    assert document["all"]["failures"] == {}
    assert {"/api/opportunities", "/api/websites"} <= set(document["endpoints"])
    # Nothing is watched yet, so no single thing can be asked for.
    assert "/api/websites/{website_id}" in document["not_asked"]
    assert re.match(r"<!doctype html>", report.read_text())
    missed = loadtest(serving, *patient, "--think", "0.1", "--min-rate", "1", "--max-p95-ms", "0")
    assert missed.returncode == 1
    assert "MISS" in missed.stdout


def test_where_one_has_to_sign_in_a_token_does(serving: str) -> None:
    administrator = [*COMMAND, "user", "add", "ana@example.org", "--role", "administrator"]
    subprocess.run(administrator, input="a bridge over still water\n", text=True, check=True)
    made = [*COMMAND, "token", "add", "ana@example.org", "--name", "loadtest", "--role", "viewer"]
    token = subprocess.run(made, capture_output=True, text=True, check=True).stdout.strip()
    patient = ["--users", "2", "--duration", "2", "--max-p95-ms", "60000", "--max-memory-growth", "1000"]
    refused = loadtest(serving, *patient)
    assert (refused.returncode, "HOIST_TOKEN" in refused.stderr) == (1, True)
    passed = loadtest(serving, *patient, "--min-rate", "0.1", "--json", "--token", token)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert json.loads(passed.stdout)["all"]["failures"] == {}
    assert token not in passed.stdout


def test_strangers_are_left_alone() -> None:
    refused = loadtest("http://93.184.216.34")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "somebody else's server is an attack" in refused.stderr
