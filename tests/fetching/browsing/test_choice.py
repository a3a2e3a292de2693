import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from hoistscraper.fetching.browsing.choice import BrowserChoice, find_browser
from hoistscraper.settings import Settings


def _program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def _revision() -> str:
    package = find_spec("playwright")
    assert package is not None
    assert package.submodule_search_locations is not None
    listing = Path(package.submodule_search_locations[0]) / "driver" / "package" / "browsers.json"
    browsers = json.loads(listing.read_text(encoding="utf-8"))["browsers"]
    return next(str(browser["revision"]) for browser in browsers if browser["name"] == "chromium")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system that has just one browser."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return _program(tmp_path / "bin" / "chromium-browser")


def test_playwrights_own_browser_comes_first(tmp_path: Path, system: Path) -> None:
    place = tmp_path / "browsers" / f"chromium-{_revision()}"
    own = _program(place / "chrome-linux" / "chrome")
    settings = Settings(PLAYWRIGHT_BROWSERS_PATH=tmp_path / "browsers")  # type: ignore[call-arg]  # its alias
    assert find_browser(settings) == BrowserChoice(system, "system"), "it is not wholly there yet"
    (place / "INSTALLATION_COMPLETE").touch()
    assert find_browser(settings) == BrowserChoice(own, "playwright")


def test_without_it_the_systems_browser_is_taken(tmp_path: Path, system: Path) -> None:
    settings = Settings(PLAYWRIGHT_BROWSERS_PATH=tmp_path)  # type: ignore[call-arg]  # its alias
    assert find_browser(settings) == BrowserChoice(system, "system")


def test_the_setting_decides_or_nothing(tmp_path: Path, system: Path) -> None:
    named = _program(tmp_path / "mine")
    assert find_browser(Settings(browser=str(named))) == BrowserChoice(named, "setting")
    assert find_browser(Settings(browser="chromium-browser")) == BrowserChoice(system, "setting")
    assert find_browser(Settings(browser="no-such-browser")) is None


def test_there_may_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    settings = Settings(PLAYWRIGHT_BROWSERS_PATH=tmp_path)  # type: ignore[call-arg]  # its alias
    assert find_browser(settings) is None
