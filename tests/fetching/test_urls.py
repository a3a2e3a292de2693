import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.fetching.errors import UnsupportedAddress
from hoistscraper.fetching.urls import joined, normalise, typed_address


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/%7euser/%c3%a9", "https://example.org/~user/%C3%A9"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/?utm_source=x&b=2&a=1&gclid=3", "https://example.org/?b=2&a=1"),
        ("https://example.org/?utm_medium=x", "https://example.org/"),
        ("https://example.org/a;jsessionid=1F?PHPSESSID=2&id=3", "https://example.org/a?id=3"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org/?sid=4&gid=5", "https://example.org/?sid=4&gid=5"),
        ("https://example.org./", "https://example.org/"),
        ("http://[2A00:1450::64]:80/", "http://[2a00:1450::64]/"),
    ],
)
def test_equal_pages_have_one_form(url: str, same: str) -> None:
    assert normalise(url) == same


@given(st.text("abcé %/?&=#;:@+.~A1-_", max_size=40))
def test_the_form_is_its_own_form(rest: str) -> None:
    once = normalise(f"https://example.org/{rest}")
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_web_address_or_refused_in_words(text: str) -> None:
    try:
        outcome = typed_address(text)
    except UnsupportedAddress as refused:
        outcome = refused.message
    assert outcome.startswith(("http://", "https://")) or outcome.endswith(".")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org/grants", "https://example.org/grants"),
        ("  Example.org ", "https://example.org/"),
        ("<https://example.org/a b>", "https://example.org/a%20b"),
        ("//example.org/x", "https://example.org/x"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        ("localhost:8000", "http://localhost:8000/"),
        ("127.0.0.1:8000/calls", "http://127.0.0.1:8000/calls"),
        ("HTTP://example.org/#top", "http://example.org/"),
        ("exam\nple.org", "https://example.org/"),
    ],
)
def test_people_may_type_less_than_an_address(typed: str, meant: str) -> None:
    assert typed_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "mailto:a@example.org",
     "data:,x", "https://", "http://a b/", "https://user:pass@example.org/", "/etc/passwd", "http://x.example:99999/",
     "https://exa%6dple.org/", "http://1.2.3.4\\@example.org/", "C:\\page.html"],
)  # fmt: skip
def test_other_addresses_are_refused_in_words(typed: str) -> None:
    with pytest.raises(UnsupportedAddress) as refused:
        typed_address(typed)
    assert "pass@" not in refused.value.message


def test_a_link_is_joined_to_its_page() -> None:
    assert str(joined("https://example.org/a/b", "../c?d=1")) == "https://example.org/c?d=1"
    with pytest.raises(UnsupportedAddress, match="javascript:"):
        joined("https://example.org/", "java\nscript:alert(1)")
