"""Every example of the reference, run as it stands against a real server with a worker."""

import asyncio
import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hoistscraper.sample_portal.server import serve
from tests.api.server import api_process
from tests.queue.conftest import worker_process

REFERENCE = Path(__file__).parents[2] / "docs/reference/api.md"
_BLOCK = re.compile(r"^```console\n(.+?)^```$", re.MULTILINE | re.DOTALL)
_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|hst_[\w-]{43}|[0-9a-f]{64}", re.ASCII
)
"""What is another each time: ids, tokens, and what a page sends along with changes."""


@dataclass(frozen=True, slots=True)
class Example:
    """A command and what it prints; ``status`` is that of the answer."""

    command: str
    status: int | None
    printed: str


def examples() -> Iterator[Example]:
    """Yield the examples of the reference."""
    for block in _BLOCK.findall(REFERENCE.read_text()):
        first, _, rest = block.partition("\n")
        assert first.startswith("$ "), block
        status, _, printed = rest.partition("\n") if rest.startswith("# ") else ("", "", rest)
        yield Example(first[2:], int(status.split()[1]) if status else None, printed)


async def test_every_example_is_answered_as_it_says(database_url: str, tmp_path: Path) -> None:
    ids: dict[str, str] = {}
    run = 0
    async with serve(0) as portal:
        place = urlsplit(portal.url).netloc
        around = {"HOIST_ALLOW_HOSTS": place, "HOIST_PACE_SECONDS": "0"}
        calm = around | {"HOIST_STALLED_AFTER_SECONDS": "60"}
        with (
            api_process(database_url, **around) as address,
            worker_process({"DATABASE_URL": database_url}, more=calm),
        ):
            for example in examples():
                command = example.command.replace("http://127.0.0.1:8000", address)
                command = command.replace("127.0.0.1:8642", place)
                for told, real in ids.items():
                    command = command.replace(told, real)
                if example.status is None:
                    (tmp_path / command.removeprefix("cat ")).write_text(example.printed)
                    continue
                status, printed = await answered(command, tmp_path)
                assert status == example.status, (command, printed)
                if example.printed:
                    compare(json.loads(example.printed), json.loads(printed), ids, command)
                run += 1
    assert run >= 15
    assert "event: job" in (tmp_path / "events.txt").read_text()


async def answered(command: str, folder: Path) -> tuple[int, str]:
    """Run a curl command; return the status of the answer and its body."""
    process = await asyncio.create_subprocess_exec(
        *shlex.split(command),
        "-w",
        r"\n%{http_code}",
        cwd=folder,
        env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    body, _, status = printed.decode().rpartition("\n")
    return int(status), body


def compare(told: Any, real: Any, ids: dict[str, str], where: str) -> None:  # noqa: ANN401 - any JSON
    """See that an answer has the shape that is told, and note what its ids really are."""
    match told, real:
        case None, _:
            pass
        case dict(), dict() if not told:
            pass
        case dict(), dict():
            assert told.keys() == real.keys(), where
            for name in told:
                compare(told[name], real[name], ids, f"{where} {name}")
        case list(), list():
            assert len(real) >= len(told), where
            for one, other in zip(told, real, strict=False):
                compare(one, other, ids, where)
        case str(), str() if _ID.fullmatch(told):
            assert ids.setdefault(told, real) == real, where
        case _:
            assert type(told) is type(real) or real is None, (where, told, real)


def test_every_operation_group_is_in_the_reference() -> None:
    text = REFERENCE.read_text()
    for path in (
        "websites",
        "scrape-jobs",
        "opportunities",
        "stats",
        "settings",
        "health",
        "session",
        "tokens",
    ):
        assert f"/api/{path}" in text
