"""How a call stands, as its page says it."""

from datetime import date

import pytest

from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse

PAGE = "<h1>Community arts grant</h1><p>The fund supports groups that bring people together.</p><p>{said}</p>"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("This call is now closed.", "closed"),
        ("We no longer accept applications.", "closed"),
        ("Closed to new applications.", "closed"),
        ("Die Bewerbungsfrist ist abgelaufen.", "closed"),
        ("Currently accepting applications.", "open"),
        ("Once the call is closed, we will review applications.", "unknown"),
        ("If the call is closed, please wait for the next one.", "unknown"),
        ("Our office is closed on Fridays.", "unknown"),
        ("The competition is open to everyone.", "unknown"),
        ("The 2026 round is closed. The 2027 round is open.", "unknown"),
    ],
)
def test_words_say_how_a_call_stands(said: str, status: str) -> None:
    assert read_detail(parse(PAGE.format(said=said)), today=date(2027, 1, 15)).status == status


@pytest.mark.parametrize(
    ("window", "heading", "title"),
    [
        ("Call for proposals: Weaving | Reeds", "Call for proposals", "Call for proposals: Weaving"),
        ("Weaving in the valley | Reeds", "Weaving in the valley", "Weaving in the valley"),
        ("Call for proposals | Reeds", "Call for proposals", "Call for proposals"),
    ],
)
def test_a_general_heading_is_completed_by_the_window(window: str, heading: str, title: str) -> None:
    page = f"<title>{window}</title><main><h1>{heading}</h1><p>For weavers. Deadline: 5 May 2027.</p></main>"
    assert read_detail(parse(page), today=date(2027, 1, 15)).title == title
