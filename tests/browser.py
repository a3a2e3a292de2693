"""Tests that need a browser: missing, they fail where everything must run, and say so elsewhere."""

import os

import pytest

from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.settings import Settings


@pytest.fixture
def real_browser() -> None:
    """There is a browser here."""
    if find_browser(Settings()) is None:
        missing = "no browser here: install chromium"
        pytest.fail(missing) if "CI" in os.environ else pytest.skip(missing)
