"""Pages as browsers forgive them."""

import pytest

from hoistscraper.extraction.document import lines, one_line, parse, remembering_lines


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


def test_lines_that_are_remembered_are_those_that_are_written() -> None:
    root = parse("<ul><li>one<li>two <b>three</b> four</ul> five<br>six").root
    fresh = {node: lines(node) for node in root.iter()}
    with remembering_lines():
        for _ in range(2):
            assert {node: lines(node) for node in root.iter()} == fresh
        [item] = root.iter("b")
        item.text = "changed"
        assert lines(item) == ["three"]
    assert lines(item) == ["changed"]
