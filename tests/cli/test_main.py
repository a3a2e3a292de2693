"""The entry point."""

import importlib
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import typer

from hoistscraper.cli.main import COMMANDS
from tests.cli.conftest import Run


def test_help_names_every_command(run: Run) -> None:
    printed = run("--help")
    assert printed.code == 0
    assert all(name in printed.out for name in COMMANDS)


def test_help_loads_no_room_but_its_own() -> None:
    asked = (
        "import sys; from hoistscraper.cli.main import build_app; build_app(['--help']); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert not {"sqlalchemy", "aiohttp", "lxml", "pydantic"} & set(loaded.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_teaches(run: Run, name: str) -> None:
    module = importlib.import_module(f"hoistscraper.cli.{name}")
    assert isinstance(getattr(module, "app", None), typer.Typer) or callable(module.command)
    printed = run(name, "--help")
    assert printed.code == 0
    assert len(printed.out) > 300


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    assert run("scrap").code == 2


def test_a_fault_of_ours_is_a_sentence_with_a_file_for_those_who_mend_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    module = importlib.import_module("hoistscraper.cli.config")

    def broken() -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(module, "command", broken)
    printed = run("config")
    assert printed.code == 1
    assert printed.err.startswith("HoistScraper made a mistake (ZeroDivisionError: oh); please report it")
    [kept] = tmp_path.iterdir()
    assert "ZeroDivisionError: oh" in kept.read_text()
