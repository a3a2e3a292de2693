"""Pages that only a browser would show, and pages that only look like it."""

from datetime import date

import pytest

from hoistscraper.reading.read import read_page

TODAY = date(2027, 1, 15)
PROSE = "<p>" + "The trust was founded by three sisters and looks after the old harbour. " * 30 + "</p>"


@pytest.mark.parametrize(
    "page",
    [
        '<div id="root"></div><script src="a.js"></script>',
        '<div id="__next"></div><script src="a.js"></script>',
        '<app-root></app-root><script src="a.js"></script>',
        "<noscript>Please enable JavaScript to view this page.</noscript><div></div>",
        "<noscript>Bitte aktivieren Sie JavaScript.</noscript><div></div>",
        "<h1>Tenders</h1><table><tr><td>{{ tender.title }}</td><td>{{ tender.deadline }}</td></tr></table>",
        "<h1>Tenders</h1><p>Loading...</p>",
    ],
)
def test_an_empty_shell_needs_a_browser(page: str) -> None:
    reading = read_page(page, url=None, today=TODAY)

    assert reading.needs_browser
    assert reading.items == ()


@pytest.mark.parametrize(
    "page",
    [
        "<p>Nothing is open at the moment.</p>",
        f"<div id='root'>{PROSE}</div><script src='a.js'></script>",
        f"<noscript>Enable JavaScript to see our map.</noscript>{PROSE}",
        "",
    ],
)
def test_a_page_with_content_or_without_scripts_needs_none(page: str) -> None:
    assert not read_page(page, url=None, today=TODAY).needs_browser
