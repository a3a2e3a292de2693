"""What tests of several rooms share: a real PostgreSQL, with our tables, a database a test."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from hoistscraper.database.engine import Database, open_database
from hoistscraper.features import FEATURES
from hoistscraper.migrations import upgrade
from hoistscraper.settings import Settings
from tests.browser import real_browser
from tests.database.server import database_from, embedded_server, reachable_folder

__all__ = ["real_browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the plans of searches be looked at over as many rows as there may be."""
    told = "look at the plans over this folder, which benchmarks.api.dataset filled, instead of few rows"
    parser.addoption("--filled", type=Path, metavar="FOLDER", help=told)
    told = "make the databases of tests on this PostgreSQL, as one who may, instead of on our own"
    parser.addoption("--server", metavar="URL", help=told)
    told = "switch this off in every test, but those that prove what it does; may be given several times"
    parser.addoption(
        "--without", action="append", default=[], choices=list(FEATURES), metavar="SWITCH", help=told
    )


def pytest_configure(config: pytest.Config) -> None:
    """Switch off what is to be done without, for this process and all that it starts."""
    for switch in config.getoption("--without"):
        os.environ[_variable(switch)] = "off"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that prove what a switch does that is off."""
    without = set(config.getoption("--without"))
    proving = [item for item in items if without & _proved(item)]
    if proving:
        config.hook.pytest_deselected(items=proving)
        items[:] = [item for item in items if item not in proving]


def _proved(item: pytest.Item) -> set[str]:
    return {name for marker in item.iter_markers("proves") for name in marker.args}


def _variable(switch: str) -> str:
    return f"HOIST_FEATURES_{switch.upper()}"


@pytest.fixture(autouse=True)
def _settings_of_nobody(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests change nothing."""
    kept = {f"features_{switch}" for switch in request.config.getoption("--without")}
    for name in Settings.model_fields.keys() - kept:
        monkeypatch.delenv(f"HOIST_{name.upper()}", raising=False)
    for name in ("DATABASE_URL", "REDIS_URL", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """A shell that runs the tests in the background lets them and their children ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server for all tests of this process."""
    if given := request.config.getoption("--server"):
        yield given
        return
    with reachable_folder() as folder, embedded_server(folder / "data") as url:
        yield url


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """The name of a database with our tables, made by migration."""
    with database_from(server) as url:
        upgrade(url)
        yield url


@pytest.fixture
def database_url(server: str, template: str) -> Iterator[str]:
    """A database of its own for one test."""
    name = template.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    with database_from(server, template=name) as url:
        yield url


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings for a test: its own database, no waiting."""
    return Settings(
        database_url=SecretStr(database_url),
        pace_seconds=0,
        # On a busy machine a page may take long, and none is asked for twice here.
        timeout_seconds=60,
        attempts=1,
        pool_size=5,
        render="never",
    )


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """An open database."""
    async with open_database(settings) as opened:
        yield opened
