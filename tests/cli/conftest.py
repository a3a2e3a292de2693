"""Commands as a person runs them: arguments in, what is printed and the exit code out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hoistscraper.cli.main import main
from hoistscraper.settings import load_settings


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Printed]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str) -> Run:
    """Run a command with a database of its own and without waiting between pages."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("HOIST_PACE_SECONDS", "0")
    monkeypatch.setenv("HOIST_ATTEMPTS", "1")
    monkeypatch.setenv("HOIST_ALLOW_HOSTS", "127.0.0.1")

    def command(*arguments: str, **settings: str) -> Printed:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        load_settings.cache_clear()
        monkeypatch.setattr(sys, "argv", ["hoistscraper", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Printed(code, printed.out, printed.err)

    return command
