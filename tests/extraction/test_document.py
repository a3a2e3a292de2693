"""Pages as browsers forgive them."""

from urllib.parse import urljoin, urlsplit

import pytest

from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import one_line


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<title>T</title><main><h1>Open calls</h1> all of them</main>", "Open calls all of them"),
        ("<!doctype html><title>T</title><main><p>one</main> two <p>three", "one two three"),
        ("<title>T</title><main><p>one</main><div>two</div><section>three</section>", "one two three"),
        ("<html><head><title>T</title></head><main>one</main></html>", "one"),
        ("<title>T</title><meta name=x content=y><p>one", "one"),
    ],
)
def test_a_body_begins_where_nobody_says_so(page: str, said: str) -> None:
    document = parse(page)
    assert document.title == "T"
    body = document.root.find("body")
    assert body is not None
    assert one_line(body) == said


@pytest.mark.parametrize("base", ["https://a.example/x/y", "http://b.example:80/?q", "", "file:///a/b"])
@pytest.mark.parametrize(
    "href",
    "http://d.example https://d.example/a/../b https://d.example/a?b=1,2 http://d.example? HTTP://d.example/"
    " http://d.example/#x /a/b?c=d /a/./b /a/../b /.a //e.example/f / /? /a;b /a?b?c /a?b#c /a//b a/b"
    " ?a".split(),
)
def test_addresses_are_completed_as_the_standard_says(base: str, href: str) -> None:
    address = parse(f"<base href='{base}'>").absolute(href)

    whole = urljoin(base, href)
    is_page = whole.lower().startswith("http") or not (urlsplit(whole).scheme or urlsplit(base).scheme)
    assert address == (whole if is_page else None)
