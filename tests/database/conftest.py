"""A data folder of its own for every test, whose server never outlives the test."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoistscraper.database.embedded import leases
from hoistscraper.settings import Settings
from tests.database.server import embedded_server, reachable_folder


@pytest.fixture
def new_dir() -> Iterator[Path]:
    """A data folder that does not exist yet."""
    with reachable_folder() as folder:
        yield folder / "data"
        leases.stop(folder / "data", force=True)


@pytest.fixture(scope="session")
def made_dir() -> Iterator[Path]:
    """A data folder with an empty database, for copying: making one takes half a second."""
    with reachable_folder() as folder:
        with leases.attached(folder / "data"):
            pass
        yield folder / "data"


@pytest.fixture
def data_dir(made_dir: Path) -> Iterator[Path]:
    """A data folder with an empty database."""
    with reachable_folder() as folder:
        subprocess.run(["cp", "-a", made_dir, folder / "data"], check=True)
        yield folder / "data"
        leases.stop(folder / "data", force=True)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A running server that the tests of one worker share."""
    with reachable_folder() as folder, embedded_server(folder / "data") as url:
        yield url


@pytest.fixture
def settings(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings without any DATABASE_URL."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("HOIST_DATA_DIR", str(data_dir))
    return Settings()
