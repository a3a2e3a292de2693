"""``hoistscraper serve`` as its user runs it: one command, and nothing is left of it afterwards."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from hoistscraper.database.embedded import leases
from tests.database.server import reachable_folder
from tests.scraping.commands import COMMAND

_PATIENCE_SECONDS = 60.0


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as place:
        yield place
        leases.stop(place / "data", force=True)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command; yield its process and address."""
    said = folder / "said"
    with said.open("w") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | {"HOIST_DATA_DIR": str(folder / "data"), "HOIST_PACE_SECONDS": "0"},
            text=True,
        )
    try:
        until(lambda: "Answering at" in said.read_text() or process.poll() is not None)
        address = re.search(r"Answering at (\S+)", said.read_text())
        assert address, said.read_text()
        yield process, address.group(1)
    finally:
        process.kill()
        process.wait()


def test_what_is_asked_for_is_scraped_and_ctrl_c_ends_everything(folder: Path) -> None:
    with serving(folder, "--sample") as (process, address):
        [website] = got(address, "/api/websites")["items"]
        before = got(address, "/api/scrape-jobs")
        assert [job["found"] for job in before["items"]] == [60]
        posted(address, f"/api/websites/{website['id']}/scrape")
        until(lambda: all(j["status"] == "completed" for j in got(address, "/api/scrape-jobs")["items"]))
        assert got(address, "/api/scrape-jobs")["total"]["count"] == 2
        family = descendants(process.pid)
        assert len(family) >= 2
        process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE_SECONDS) == 0
        until(lambda: not any(is_alive(pid) for pid in family))


def test_processes_that_die_begin_again_and_none_outlives_the_command(folder: Path) -> None:
    with serving(folder, "--workers", "1") as (process, address):
        [answering] = [pid for pid in descendants(process.pid) if "--api-only" in command_of(pid)]
        os.kill(answering, signal.SIGKILL)
        until(lambda: is_answering(address))
        family = descendants(process.pid)
        process.kill()
        until(lambda: not any(is_alive(pid) for pid in family))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--host", "0.0.0.0"), "hoistscraper user add"),
        (("--host", "example.org"), "is no address of this machine"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    folder: Path, options: tuple[str, ...], sentence: str
) -> None:
    ended = subprocess.run(
        [*COMMAND, "serve", *options],
        env=os.environ | {"HOIST_DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert sentence in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_network_is_served_once_somebody_has_to_sign_in(folder: Path) -> None:
    environment = os.environ | {"HOIST_DATA_DIR": str(folder / "data")}
    administrator = [*COMMAND, "user", "add", "ana@example.org", "--role", "administrator"]
    password = "a bridge over still water"
    subprocess.run(administrator, input=f"{password}\n", env=environment, text=True, check=True)
    with serving(folder, "--api-only", "--host", "0.0.0.0") as (_, address):
        local = address.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(f"{local}/api/websites").status_code == 401
        assert httpx.get(f"{local}/api/health/live").status_code == 200
        with httpx.Client() as client:
            given = {"email": "ana@example.org", "password": password}
            assert client.post(f"{local}/api/session", json=given, timeout=30).status_code == 200
            assert client.get(f"{local}/api/websites", timeout=10).status_code == 200


def got(address: str, path: str) -> dict[str, Any]:
    return dict(httpx.get(f"{address}{path}", timeout=10).raise_for_status().json())


def posted(address: str, path: str) -> None:
    assert httpx.post(f"{address}{path}", timeout=10).status_code == 202


def is_answering(address: str) -> bool:
    try:
        return bool(got(address, "/api/health/ready"))
    except httpx.HTTPError:
        return False


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in children for each in (int(child), *descendants(int(child)))]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def is_alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
