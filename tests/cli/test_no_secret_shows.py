"""Log-ins are planted with marks, everything is run, and what is left behind is searched for the marks."""

import logging
import subprocess
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import psycopg
import pytest
from cryptography.fernet import Fernet

from hoistscraper.accounts import taking
from hoistscraper.database.embedded.binaries import installed
from hoistscraper.fetching import entrance, log_in
from tests.cli.conftest import Printed, Run
from tests.database.server import plain, reachable_folder
from tests.sites import members as doors
from tests.sites import scripted_members
from tests.sites.calls import CallsWebsite, some_calls
from tests.sites.members import FormSite, Members, MembersSite, basic_header, by_cookie, by_header
from tests.sites.scripted_members import ScriptedMembersSite, log_in_page
from tests.sites.server import Site
from tests.sites.thread import in_thread

USER, PASSWORD, PIN = "mark-user@x.example", "mark password: 7&%é", "mark-pin-0815"
COOKIE, KEY, WRONG = "mark-cookie-4711==", "mark-key-9f8e7d", "mark-wrong-2222"
PLANTED = (USER, PASSWORD, PIN, COOKIE, KEY, WRONG)


def traces(secret: str) -> set[bytes]:
    """Return the forms in which a secret may show."""
    told = {secret, quote(secret), quote_plus(secret), secret.encode().hex(), repr(secret)[1:-1]}
    return {form.encode() for form in told} | {b64encode(secret.encode()).rstrip(b"=")}


def shown_in(found: bytes, *secrets: str) -> list[str]:
    """Return the secrets that show in what was found."""
    return [secret for secret in secrets if secret and any(trace in found for trace in traces(secret))]


@pytest.fixture
def left_behind() -> list[bytes]:
    """What was printed, and all that was found elsewhere."""
    return []


@pytest.fixture
def own(run: Run, tmp_path: Path, left_behind: list[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command and remember what it printed; its reports of faults go to a folder of the test."""
    (tmp_path / "faults").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "faults"))

    def command(*arguments: str, **settings: str) -> Printed:
        printed = run(
            *arguments, HOIST_DATA_DIR=str(tmp_path / "data"), HOIST_HOST_CONNECTIONS="1", **settings
        )
        left_behind.append(f"{printed.out}{printed.err}".encode())
        return printed

    return command


@pytest.fixture
def plant(own: Run, tmp_path: Path) -> Callable[..., None]:
    """Add a website and its log-in, whose secrets come from a file that is removed."""

    def command(site: Site, kind: str, *lines: str, more: tuple[str, ...] = ()) -> None:
        own("website", "add", site.url())
        file = tmp_path / "secrets.txt"
        file.write_text("\n".join(lines))
        printed = own("credential", "set", site.url(), "--kind", kind, *more, "--from-file", str(file))
        assert printed.code == 0, printed.err
        file.unlink()

    return command


def everything(own: Run, site: Site) -> None:
    """Run every command that may come near a log-in."""
    for command in (
        ("credential", "test", site.url()),
        ("scrape", site.url()),
        ("scrape", site.url(), "--json"),
        ("scrape", "--all"),
        ("credential", "list"),
        ("credential", "list", "--json"),
        ("credential", "rotate-key"),
        ("website", "list", "--json"),
        ("opportunity", "list", "--json"),
        ("opportunity", "export", "--format", "json"),
        ("opportunity", "export", "--format", "csv"),
        ("config",),
        ("doctor",),
    ):
        own(*command)


def dump(database_url: str) -> bytes:
    """Return the whole database as a backup has it, and the saved pages unpacked."""
    backup = subprocess.run(
        [str(installed().program("pg_dump")), "--dbname", plain(database_url)],
        capture_output=True,
        check=True,
    ).stdout
    with psycopg.connect(plain(database_url)) as connection:
        pages = connection.execute("SELECT snapshot FROM page WHERE snapshot IS NOT NULL").fetchall()
    return backup + b"".join(zlib.decompress(bytes(page)) for (page,) in pages)


def test_no_secret_shows_anywhere_whatever_happens(
    own: Run,
    plant: Callable[..., None],
    database_url: str,
    tmp_path: Path,
    left_behind: list[bytes],
    *,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(doors, "USER", USER)
    monkeypatch.setattr(doors, "PASSWORD", PASSWORD)
    form_members = Members(requests_a_session=6)
    form = FormSite(CallsWebsite(some_calls(6)), form_members)
    basic = MembersSite(
        CallsWebsite(some_calls(3)), Members(by_header("Authorization", basic_header(USER, PASSWORD)))
    )
    cookie = MembersSite(CallsWebsite(some_calls(3)), Members(by_cookie("sid", COOKIE)))
    header = MembersSite(CallsWebsite(some_calls(3)), Members(by_header("X-Key", KEY)))
    with in_thread(form), in_thread(basic), in_thread(cookie), in_thread(header):
        more = ("--log-in-url", form.url("/login"), "--field", "pin")
        plant(form, "form", USER, PASSWORD, PIN, more=more)
        plant(basic, "basic", USER, PASSWORD)
        plant(cookie, "cookie", f"sid={COOKIE}")
        plant(header, "header", KEY, more=("--name", "X-Key"))
        for site in (form, basic, cookie, header):
            everything(own, site)
        assert form_members.log_ins
        assert all("3 calls" in own("scrape", site.url()).out for site in (basic, cookie, header))

        # Log-ins that fail, keys that are wrong, and faults of ours while secrets are at hand.
        plant(form, "form", USER, WRONG, PIN, more=more)
        plant(basic, "basic", USER, WRONG)
        plant(cookie, "cookie", f"sid={WRONG}")
        plant(header, "header", WRONG, more=("--name", "X-Key"))
        for site in (form, basic, cookie, header):
            everything(own, site)
        own("credential", "test", form.url(), HOIST_CREDENTIAL_KEY=WRONG)
        own("config", HOIST_CREDENTIAL_KEY=WRONG)
        own("scrape", form.url(), HOIST_CREDENTIAL_KEY=WRONG)
        monkeypatch.delenv("HOIST_CREDENTIAL_KEY")
        plant(form, "form", USER, PASSWORD, PIN, more=more)
        for module, name in ((log_in, "shows_log_in"), (log_in, "log_in_form"), (entrance, "log_in_wanted")):
            with monkeypatch.context() as broken:
                broken.setattr(module, name, _fault)
                assert "made a mistake" in own("credential", "test", form.url()).err
                assert "made a mistake" in own("scrape", form.url()).err
        key_file = tmp_path / "data" / "keys" / "credentials.key"
        keys = key_file.read_text().split()
        key_file.write_bytes(Fernet.generate_key())
        assert "put back the key" in own("credential", "test", form.url()).err
        everything(own, form)

    left_behind += [path.read_bytes() for path in (tmp_path / "faults").iterdir()]
    left_behind += [caplog.text.encode(), dump(database_url)]
    assert len(list((tmp_path / "faults").iterdir())) == 6
    found = b"\n".join(left_behind)
    given_by_site = (*form_members.tokens, *form_members.sessions)
    pair = basic_header(USER, PASSWORD).removeprefix("Basic ")
    assert shown_in(found, *PLANTED, *keys, pair, *given_by_site) == []
    assert b"COPY public.credential" in found
    assert b"Registered charities" in found


@pytest.fixture
def browsers_folder() -> Iterator[Path]:
    """Where the browser and its driver leave their files; its path is short, for sockets."""
    with reachable_folder() as folder:
        yield folder


STEPS = f"""
fill #user {USER}
fill #password (asked)
click button[type=submit]
wait .welcome 3
"""


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("real_browser")
def test_no_secret_shows_where_a_browser_logs_in_and_shows_the_pages(
    own: Run,
    plant: Callable[..., None],
    database_url: str,
    tmp_path: Path,
    left_behind: list[bytes],
    *,
    browsers_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("TMPDIR", str(browsers_folder))
    monkeypatch.setattr(scripted_members, "USER", USER)
    monkeypatch.setattr(scripted_members, "PASSWORD", PASSWORD)
    members = Members()
    recorded = ScriptedMembersSite(CallsWebsite(some_calls(2)), members, log_in=log_in_page())
    header = ScriptedMembersSite(
        CallsWebsite(some_calls(2)), Members(by_header("X-Key", KEY)), guards_all=True
    )
    cookie = ScriptedMembersSite(CallsWebsite(some_calls(2)), Members(by_cookie("sid", COOKIE)))
    thief = Site({}, host="127.0.0.2")
    steps = tmp_path / "steps.txt"
    steps.write_text(STEPS)
    with in_thread(recorded), in_thread(header), in_thread(cookie), in_thread(thief):
        more = ("--log-in-url", recorded.url("/login"), "--steps", str(steps))
        plant(recorded, "recorded", PASSWORD, more=more)
        plant(header, "header", KEY, more=("--name", "X-Key"))
        plant(cookie, "cookie", f"sid={COOKIE}")
        for site in (recorded, header, cookie):
            assert own("credential", "test", site.url()).code == 0
            assert "2 calls" in own("scrape", site.url()).out
        # Log-ins that fail, pages that send them elsewhere, and faults of ours while secrets are at hand.
        plant(recorded, "recorded", WRONG, more=more)
        plant(cookie, "cookie", f"sid={WRONG}")
        for site in (recorded, cookie):
            assert own("credential", "test", site.url()).code == 1
            assert own("scrape", site.url(), "--json").code == 1
        plant(recorded, "recorded", PASSWORD, more=more)
        with monkeypatch.context() as broken:
            broken.setattr(taking, "refuse_landing", _fault)
            assert "made a mistake" in own("credential", "test", recorded.url()).err
        recorded._log_in = log_in_page(thief.url("/take"))
        assert "where it was not sent" in own("credential", "test", recorded.url()).err
        for command in (("credential", "list"), ("opportunity", "export", "--format", "json")):
            own(*command)
    steps.unlink()
    files = [path for folder in (tmp_path, browsers_folder) for path in folder.rglob("*") if path.is_file()]
    left_behind += [path.read_bytes() for path in files if path.parent.name != "keys"]
    left_behind += [caplog.text.encode(), dump(database_url)]
    found = b"\n".join(left_behind)
    assert (members.log_ins, members.refused) == (3, 2)
    assert thief.requests == []
    assert shown_in(found, *PLANTED, *members.sessions) == []
    assert b"COPY public.credential" in found
    assert b"Registered charities" in found


def _fault(*_: object, **__: object) -> None:
    raise ZeroDivisionError("oh")
