"""``hoistscraper credential`` as a person meets it."""

import json
import os
import pty
import subprocess
import termios
from pathlib import Path

import pytest

from tests.cli.conftest import Printed, Run
from tests.scraping.commands import COMMAND
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.members import (
    API_KEY,
    PASSWORD,
    USER,
    FormSite,
    Members,
    MembersSite,
    basic_header,
    by_header,
)
from tests.sites.scripted_members import ScriptedMembersSite, log_in_page
from tests.sites.server import Site
from tests.sites.thread import in_thread


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Run:
    """Run a command with a data folder of its own."""

    def command(*arguments: str, **settings: str) -> Printed:
        return run(*arguments, **{"HOIST_DATA_DIR": str(tmp_path / "data"), **settings})

    return command


def secrets(tmp_path: Path, *lines: str) -> str:
    """Return a file with secrets."""
    file = tmp_path / "secrets.txt"
    file.write_text("\n".join(lines))
    return str(file)


def given_basic(own: Run, site: Site, tmp_path: Path, password: str = PASSWORD) -> Printed:
    """Add a website and its log-in."""
    own("website", "add", site.url())
    file = secrets(tmp_path, password)
    return own("credential", "set", site.url(), "--kind", "basic", "--user", USER, "--from-file", file)


def basic_site() -> MembersSite:
    """Return a website that wants HTTP basic."""
    return MembersSite(CallsWebsite(some_calls(3)), Members(by_header("Authorization", basic_header())))


def test_a_log_in_is_set_tested_used_listed_and_forgotten(own: Run, tmp_path: Path) -> None:
    with in_thread(basic_site()) as site:
        assert "is stored, locked" in given_basic(own, site, tmp_path).out
        assert "The website let us in: Open calls" in own("credential", "test", site.url()).out
        assert "3 calls, 3 new" in own("scrape", site.url()).out
        [listed] = json.loads(own("credential", "list", "--json").out)
        assert "is forgotten" in own("credential", "remove", site.url()).out
        assert own("scrape", site.url()).code == 1
    assert (listed["url"], listed["kind"], listed["failed_reason"]) == (site.url(), "basic", None)
    assert listed["last_verified_at"]
    assert "No log-in is stored" in own("credential", "list").out


def test_a_form_is_asked_for_all_that_it_needs(own: Run, tmp_path: Path) -> None:
    members = Members()
    with in_thread(FormSite(CallsWebsite(some_calls(3)), members)) as site:
        own("website", "add", site.url())
        file = secrets(tmp_path, USER, PASSWORD, "1234")
        more = ("--log-in-url", site.url("/login"), "--field", "pin", "--from-file", file)
        assert own("credential", "set", site.url(), "--kind", "form", *more).code == 0
        assert own("credential", "test", site.url()).code == 0
        posted = next(request.body for request in site.requests if request.method == "POST")
    assert b"pin=1234" in posted
    assert members.log_ins == 1


@pytest.mark.usefixtures("real_browser")
def test_recorded_steps_are_stored_and_tried_in_a_browser(own: Run, tmp_path: Path) -> None:
    steps = tmp_path / "steps.txt"
    steps.write_text(
        f"fill #user {USER}\nfill #password (asked)\nclick button[type=submit]\nwait .welcome 9\n"
    )
    members = Members()
    site = ScriptedMembersSite(CallsWebsite(some_calls(1)), members, log_in=log_in_page())
    with in_thread(site):
        own("website", "add", site.url())
        recorded = ("credential", "set", site.url(), "--kind", "recorded", "--log-in-url", site.url("/login"))
        unclear = own(*recorded)
        given = own(*recorded, "--steps", str(steps), "--from-file", secrets(tmp_path, PASSWORD))
        tested = own("credential", "test", site.url())
        without = own("credential", "test", site.url(), HOIST_RENDER="never")
    assert (unclear.code, given.code, members.log_ins) == (2, 0, 1)
    assert "--steps" in unclear.err
    assert "The website let us in: Calls" in tested.out
    assert "does not prove" not in tested.out
    assert "HOIST_RENDER" in without.err


@pytest.mark.parametrize(
    ("kind", "line"), [("cookie", f"X-Session={API_KEY}"), ("header", API_KEY)], ids=["cookie", "header"]
)
def test_one_line_is_enough_for_cookies_and_headers(own: Run, tmp_path: Path, kind: str, line: str) -> None:
    def is_let_in(exchange: object) -> bool:
        return API_KEY in str(getattr(exchange, "request", ""))

    with in_thread(MembersSite(CallsWebsite(some_calls(3)), Members(is_let_in))) as site:
        own("website", "add", site.url())
        name = ("--name", "X-Api-Key") if kind == "header" else ()
        file = secrets(tmp_path, line)
        own("credential", "set", site.url(), "--kind", kind, *name, "--from-file", file)
        assert own("credential", "test", site.url()).code == 0


def test_a_wrong_password_is_told_and_listed(own: Run, tmp_path: Path) -> None:
    with in_thread(basic_site()) as site:
        given_basic(own, site, tmp_path, "marker-wrong")
        tested = own("credential", "test", site.url())
        listed = own("credential", "list")
    assert (tested.code, tested.out) == (1, "")
    assert "does not let us in with the user name and password" in tested.err
    assert len(tested.err.strip().splitlines()) == 1
    assert "does not let us in" in " ".join(listed.out.split())


def test_a_page_that_everybody_sees_proves_nothing(own: Run, tmp_path: Path) -> None:
    with in_thread(CallsWebsite(some_calls(3)).site()) as site:
        given_basic(own, site, tmp_path)
        assert "does not prove" in own("credential", "test", site.url()).out


def test_a_test_revives_a_log_in_that_was_given_up(own: Run, tmp_path: Path) -> None:
    members = Members(lambda _: False)
    with in_thread(MembersSite(CallsWebsite(some_calls(3)), members)) as site:
        given_basic(own, site, tmp_path)
        for _ in range(3):
            own("scrape", site.url())
        assert "is not tried again" in own("scrape", site.url()).err
        members.is_let_in = by_header("Authorization", basic_header())
        assert "is not tried again" in own("scrape", site.url()).err
        assert own("credential", "test", site.url()).code == 0
        assert own("scrape", site.url()).code == 0


def test_a_new_key_is_put_on_top(own: Run, tmp_path: Path) -> None:
    file = tmp_path / "data" / "keys" / "credentials.key"
    with in_thread(basic_site()) as site:
        given_basic(own, site, tmp_path)
        before = file.read_text().split()
        assert "Log-ins locked with the newest key: 1" in own("credential", "rotate-key").out
        assert file.read_text().split()[1:] == before
        assert own("credential", "test", site.url()).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("set", "https://portal.example/", "--kind", "basic"), 1, "website add"),
        (("set", "https://portal.example/", "--kind", "telepathic"), 2, "recorded"),
        (("set", "https://portal.example/", "--kind", "basic", "--password", "x"), 2, "--password"),
        (("test", "https://portal.example/"), 1, "website add"),
        (("remove", "https://portal.example/"), 1, "website add"),
        (("rotate-key",), 1, "is missing"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    own: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    more = ("--from-file", secrets(tmp_path, "a", "b")) if arguments[0] == "set" else ()
    printed = own("credential", *arguments, *more)
    assert (printed.code, printed.out) == (code, "")
    assert said in printed.err


@pytest.mark.parametrize(
    ("file", "said"), [("nowhere", "There is no file"), (".", "is a folder"), ("", "line")]
)
def test_a_file_without_the_secrets_is_told(own: Run, tmp_path: Path, file: str, said: str) -> None:
    own("website", "add", "https://portal.example/")
    source = str(tmp_path / file) if file else secrets(tmp_path)
    printed = own("credential", "set", "https://portal.example/", "--kind", "basic", "--from-file", source)
    assert printed.code == 1
    assert said in printed.err


def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a command in a process of its own."""
    return os.environ | {"DATABASE_URL": database_url, "HOIST_DATA_DIR": str(tmp_path / "data")}


def test_secrets_may_come_through_a_pipe(own: Run, database_url: str, tmp_path: Path) -> None:
    own("website", "add", "https://portal.example/")
    done = subprocess.run(
        [*COMMAND, "credential", "set", "https://portal.example/", "--kind", "basic"],
        input="reader\nmarker-piped\n",
        env=environment(database_url, tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "is stored, locked" in done.stdout
    assert "marker" not in done.stdout + done.stderr


def test_a_secret_typed_at_the_terminal_does_not_show(own: Run, database_url: str, tmp_path: Path) -> None:
    own("website", "add", "https://portal.example/")
    ours, theirs = pty.openpty()
    command = [
        *COMMAND,
        "credential",
        "set",
        "https://portal.example/",
        "--kind",
        "basic",
        "--user",
        "reader",
    ]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(database_url, tmp_path),
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Password" not in shown:
            shown += os.read(ours, 1000)
        while termios.tcgetattr(ours)[3] & termios.ECHO:
            os.sched_yield()
        os.write(ours, b"marker-typed\n")
        while b"is stored, locked" not in shown:
            shown += os.read(ours, 1000)
        assert process.wait() == 0
    os.close(ours)
    assert b"marker" not in shown
