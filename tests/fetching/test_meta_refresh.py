import pytest

from hoistscraper.fetching.meta_refresh import refresh_target

REFRESH = '<meta http-equiv="refresh" content="0; url=/new">'


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        (REFRESH, "/new"),
        ("<META HTTP-EQUIV='Refresh' CONTENT='3;URL=/new'>", "/new"),
        ("<meta content=\"0;url='/new'\" http-equiv=refresh>", "/new"),
        ('<meta http-equiv="refresh" content="0; url=/new?a=1&amp;b=2">', "/new?a=1&b=2"),
        ('<meta http-equiv="refresh" content="600; url=/new">', None),
        ('<meta http-equiv="refresh" content="30">', None),
        ("<!-- " + REFRESH + " -->", None),
        ("<noscript>" + REFRESH + "</noscript>", None),
        ('<meta name="refresh" content="0; url=/new">', None),
    ],
)
def test_an_empty_page_may_send_the_reader_on(tag: str, target: str | None) -> None:
    page = f"<html><head>{tag}<script>var words;</script></head><body>Moving on.</body></html>"
    assert refresh_target(page) == target


def test_a_page_with_content_sends_nobody_on() -> None:
    assert refresh_target(REFRESH + "<p>A call for proposals with many words. </p>" * 20) is None
