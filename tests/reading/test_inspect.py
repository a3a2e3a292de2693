"""``hoistscraper inspect`` as people and programs use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.scripted import ScriptedSite
from tests.sites.thread import in_thread

CASES = Path(__file__).parent / "cases"
PROGRAM = [sys.executable, "-c", "from hoistscraper.cli.main import main; main()", "inspect"]


def inspect(*arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run([*PROGRAM, *arguments], input=told, capture_output=True, text=True, check=False)


def test_a_person_sees_what_a_page_offers() -> None:
    run = inspect(str(CASES / "table-with-header" / "page.html"), "--today", "2027-01-15")

    assert run.returncode == 0
    assert "This page is a list of calls." in run.stdout
    assert "Supply of reading lamps" in run.stdout


def test_the_proof_of_each_value_is_shown() -> None:
    run = inspect(str(CASES / "detail-labelled" / "page.html"), "--today", "2027-01-15")

    assert run.returncode == 0
    assert "15 May 2027" in run.stdout
    assert "% sure" in run.stdout


def test_reasons_are_told_when_asked_for() -> None:
    page = str(CASES / "rounds-of-a-year" / "page.html")
    run = inspect(page, "--why", "--today", "2027-01-15")

    told = " ".join(run.stdout.split())
    assert run.returncode == 0
    assert "One call: " in told
    assert "A list: " in told
    assert "taken: the first rule that found something" in told
    assert "2027-02-26T17:00:00 (Round 1 closes" in told
    assert "taken: the next to come" in told
    assert "not taken: a better stated or sooner one is there" in told  # the second round
    assert "taken: " not in inspect(page, "--today", "2027-01-15").stdout


@pytest.mark.parametrize(("name", "asked"), [("feed-rss", ["--why"]), ("cards", ["--why", "--json"])])
def test_where_there_are_no_reasons_to_tell_one_sentence_says_so(name: str, asked: list[str]) -> None:
    run = inspect(str(next((CASES / name).glob("page.*"))), *asked)

    assert (run.returncode, run.stdout) == (1, "")
    assert "leave" in run.stderr


@pytest.mark.usefixtures("real_browser")
def test_an_address_that_only_a_browser_shows_is_shown_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIST_ALLOW_HOSTS", "127.0.0.1")
    with in_thread(ScriptedSite(CallsWebsite(some_calls(3)))) as site:
        run = inspect(site.url(), "--json")

    reading = json.loads(run.stdout)
    assert (reading["kind"], len(reading["items"]), reading["needs_browser"]) == ("listing", 3, True)


def test_a_page_that_only_a_browser_shows_is_called_so() -> None:
    run = inspect(str(CASES / "script-shell" / "page.html"))

    assert run.returncode == 0
    assert "Only a browser" in run.stdout


def test_each_line_is_answered_and_a_bad_one_does_not_stop_the_others() -> None:
    good = CASES / "cards" / "page.html"
    lines = [
        json.dumps({"file": str(good), "url": "https://lindenfels.example/grants"}),
        "this is no JSON",
        json.dumps({"file": "/there/is/no/such/file.html"}),
        json.dumps({"url": "file:///etc/hostname"}),
        "",
        json.dumps({"file": str(CASES)}),
    ]

    run = inspect("--jsonl", told="\n".join(lines))

    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 1
    assert len(answers) == 5
    read = next(answer for answer in answers if answer.get("file") == str(good))
    assert (read["kind"], len(read["items"])) == ("listing", 3)
    errors = sorted(answer["error"] for answer in answers if "error" in answer)
    assert len(errors) == 4
    assert any(error.startswith("Line 2 ") for error in errors)
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "named", ["/no/such/page.html", "file:///etc/hostname", "javascript:alert(1)", str(CASES)]
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_1(named: str) -> None:
    run = inspect(named)

    assert run.returncode == 1
    assert run.stdout == ""
    assert len(run.stderr.strip().splitlines()) == 1
