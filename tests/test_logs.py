"""Whatever strangers put into a log or on a screen: no secret, no forged line, no escape sequence."""

import asyncio
import io
import json
import logging
import sys

import pytest
from rich.table import Table
from rich.text import Text

from hoistscraper.cli import screen
from hoistscraper.cli.problems import print_problem
from hoistscraper.cli.screen import as_json
from hoistscraper.logs import JsonForm, LogForm, also_logged_with, log_to_screen, logged_with
from hoistscraper.redaction import for_logs, for_screen, hidden
from hoistscraper.scraping.report import Journal

SECRET = "hunter2-hunter2"
TELLTALE = [
    f"Authorization: Bearer {SECRET}",
    f"authorization: Basic {SECRET}==",
    f"{{'Authorization': 'Bearer {SECRET}'}}",
    f"Cookie: a=b; sid={SECRET}; c=d",
    f"Set-Cookie: session={SECRET}; Path=/",
    f"postgresql://me:{SECRET}@db.example/x",
    f"https://{SECRET}@example.org/",
    f"https://example.org/?a=b&access_token={SECRET}&c=d",
    f"password={SECRET}",
    f'"client_secret": "{SECRET}"',
    f"password: '{SECRET}'",
    f"X-Api-Key: {SECRET}",
    f"HOIST_CREDENTIAL_KEY={SECRET}",
    f"it was refused (bearer {SECRET})",
    f"the token hst_{SECRET} was not known",
]
PLAIN = [
    "Secretariat: European grants",
    "Session: autumn 2027",
    "https://example.org/grants?page=2#top",
    "The website let us in: Tokenised assets",
    "12 calls, 3 new",
]
EVIL = "\x1b]0;owned\x07\x1b[2J\r\nforged\x9b31m\u202egnp.exe\x00\u2028"


def formatted(message: str, **more: object) -> str:
    record = logging.LogRecord("hoistscraper.x", logging.ERROR, "x.py", 1, message, (), None)
    for name, value in more.items():
        setattr(record, name, value)
    return LogForm().format(record)


@pytest.mark.parametrize("text", TELLTALE)
def test_no_secret_is_logged(text: str) -> None:
    assert SECRET not in formatted(text)
    assert SECRET not in str(hidden({"note": text}))


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    assert for_logs(text) == text


def test_values_by_telling_names_are_hidden_however_deep() -> None:
    told = hidden(
        {"a": [{"api_token": SECRET, "count": 3}], "password": SECRET, "is_secret": True, "token": None}
    )
    assert told == {
        "a": [{"api_token": "(hidden)", "count": 3}],
        "password": "(hidden)",
        "is_secret": True,
        "token": None,
    }


def fail() -> None:
    raise ValueError(f"\nERROR forged\x1b[2J password={SECRET}")


def test_a_record_is_one_line_and_what_goes_on_is_indented() -> None:
    try:
        fail()
    except ValueError:
        text = formatted(f"failed {EVIL}", exc_info=sys.exc_info())
    first, *rest = text.split("\n")
    assert "failed \\x1b]0;owned" in first
    assert "\\r\\nforged" in first
    assert rest
    assert all(line.startswith("    ") for line in rest)
    assert SECRET not in text
    assert not set(text) & set("\x1b\x07\x9b\r\x00\u202e\u2028")


def test_everything_we_log_takes_this_form(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    try:
        log_to_screen()
        log_to_screen()
        logging.getLogger("anything.at.all").warning("got %s", f"password={SECRET}\r\nforged")
    finally:
        root.handlers = before
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert printed.endswith("anything.at.all: got password=(hidden)\\r\\nforged\n")


def test_a_line_of_a_job_holds_neither() -> None:
    journal = Journal()
    journal.note(f"Read {EVIL} password={SECRET}", f"https://me:{SECRET}@example.org/\x1b[0m")
    [line] = journal.lines
    assert SECRET not in f"{line.text}{line.url}"
    assert not set(f"{line.text}{line.url}") & set("\x1b\x07\x9b\r\n\x00\u202e\u2028")


def test_the_screen_cannot_be_steered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(screen.out, "file", shown)
    table = Table("Name")
    table.add_row(Text(EVIL))
    screen.out.print(table)
    screen.say(EVIL)
    print_problem(f"{EVIL} at https://me:{SECRET}@example.org/")
    printed = shown.getvalue() + capsys.readouterr().err
    assert not set(printed) & set("\x1b\x07\x9b\x00\u202e\u2028")
    assert SECRET not in printed
    assert for_screen("a\tb\nc") == "a\tb\nc"


def test_json_says_the_same_and_steers_nothing() -> None:
    document = as_json({"title": EVIL})
    assert json.loads(document) == {"title": EVIL}
    assert not set(document) & set("\x1b\x07\x9b\r\x00\u202e\u2028")


def as_json_record(message: str, **more: object) -> dict[str, object]:
    record = logging.LogRecord("hoistscraper.x", logging.ERROR, "x.py", 1, message, (), None)
    for name, value in more.items():
        setattr(record, name, value)
    line = JsonForm().format(record)
    assert "\n" not in line
    assert line.isascii()
    told: dict[str, object] = json.loads(line)
    return told


@pytest.mark.parametrize("text", TELLTALE)
def test_no_secret_is_logged_as_json(text: str) -> None:
    with logged_with(website=text):
        assert SECRET not in json.dumps(as_json_record(text))


def test_a_record_as_json_says_when_what_and_what_it_is_about() -> None:
    with logged_with(job_id="7"):
        also_logged_with(website="https://example.org/")
        with logged_with(request_id="8"):
            told = as_json_record(EVIL, created=0.25)
    assert told == {
        "time": "1970-01-01T00:00:00.250+00:00",
        "level": "error",
        "logger": "hoistscraper.x",
        "message": EVIL,
        "job_id": "7",
        "website": "https://example.org/",
        "request_id": "8",
    }
    assert "job_id" not in as_json_record("later")


def test_a_mistake_as_json_carries_its_trace_without_secrets() -> None:
    try:
        int(f"password={SECRET}")
    except ValueError:
        told = as_json_record("It failed", exc_info=sys.exc_info())
    assert "ValueError" in str(told["exception"])
    assert SECRET not in str(told)


async def test_records_of_tasks_side_by_side_are_not_mixed_up() -> None:
    async def told(number: int) -> object:
        with logged_with(job_id=str(number)):
            await asyncio.sleep(0)
            also_logged_with(website=f"https://{number}.example/")
            await asyncio.sleep(0)
            record = as_json_record("")
            return record["job_id"], record["website"]

    assert list(await asyncio.gather(told(1), told(2))) == [
        ("1", "https://1.example/"),
        ("2", "https://2.example/"),
    ]
