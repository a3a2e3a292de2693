"""Which browser is used: the one that the settings name, Playwright's own, or one of the system."""

import json
import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from platformdirs import user_cache_path

from hoistscraper.fetching.wording import shown

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PROGRAMS = ("chrome-headless-shell", "headless_shell", "chrome", "Chromium", "Google Chrome for Testing")
_KINDS = ("chromium-headless-shell", "chromium")


@dataclass(frozen=True, slots=True)
class BrowserChoice:
    """The browser that will be started: its program, and who provides it."""

    program: Path
    provider: Literal["setting", "playwright", "system"]


def find_browser(settings: "Settings") -> BrowserChoice | None:
    """Return the browser that will be used, or ``None`` where there is none.

    What the setting names is taken or nothing: another one in its place would be a surprise.
    """
    if settings.browser:
        named = shutil.which(settings.browser)
        return BrowserChoice(Path(named), "setting") if named else None
    if own := _playwrights_own(settings.playwright_browsers_path):
        return BrowserChoice(own, "playwright")
    found = next((path for name in SYSTEM_BROWSERS if (path := shutil.which(name))), None)
    return BrowserChoice(Path(found), "system") if found else None


def why_missing(named: str | None) -> str:
    """Return what to do about a browser that is not there; ``named`` is what the setting says."""
    if named:
        return f"There is no browser {shown(named)}; correct HOIST_BROWSER, or leave it out."
    return "There is no browser here; install chromium, or run `playwright install chromium`."


def _playwrights_own(browsers: Path | None) -> Path | None:
    """Return the Chromium that ``playwright install chromium`` brought, of the version that fits."""
    folder = browsers or user_cache_path("ms-playwright", appauthor=False)
    revisions = _revisions()
    for kind in _KINDS:
        place = folder / f"{kind.replace('-', '_')}-{revisions.get(kind, '')}"
        if (place / "INSTALLATION_COMPLETE").exists():
            programs = (found for name in _PROGRAMS for found in place.rglob(name))
            if program := next(
                (path for path in programs if path.is_file() and os.access(path, os.X_OK)), None
            ):
                return program
    return None


def _revisions() -> dict[str, str]:
    package = find_spec("playwright")
    for place in (package.submodule_search_locations if package else None) or ():
        listing = Path(place) / "driver" / "package" / "browsers.json"
        if listing.exists():
            browsers = json.loads(listing.read_text(encoding="utf-8"))["browsers"]
            return {browser["name"]: browser["revision"] for browser in browsers}
    return {}
