"""Tabs that are open already show the same as new ones."""

import pytest

from hoistscraper.features import OFF, ON, Share
from tests.fetching.browsing.conftest import browser_for
from tests.sites import Site


@pytest.mark.parametrize("share", [ON, OFF], ids=str)
async def test_tabs_are_used_again_if_that_is_switched_on(scripted: Site, share: Share) -> None:
    async with browser_for(scripted, features_browser_reuse=share) as browser:
        async with browser.tab("calls") as first:
            pass
        async with browser.tab("calls") as second:
            assert (second is first) is (share is ON)
        pages = [await browser.render(scripted.url("/filled"), website="calls") for _ in range(2)]
    assert pages[0].html == pages[1].html
    assert pages[0].status == 200
