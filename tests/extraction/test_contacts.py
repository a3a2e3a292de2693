"""E-mail addresses, plain and disguised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.extraction.emails import emails_in, unveiled


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to grants@trust.example.", "grants@trust.example"),
        ("grants [at] trust [dot] example", "grants@trust.example"),
        ("grants (at) trust.example", "grants@trust.example"),
        ("grants at trust dot example", "grants@trust.example"),
        ("Email the form to grants at river-trust.org today", "grants@river-trust.org"),
        ("first.last+x@sub.trust.example", "first.last+x@sub.trust.example"),
    ],
)
def test_an_address_is_read(text: str, address: str) -> None:
    assert [found for found, _ in emails_in(text)] == [address]


@pytest.mark.parametrize(
    "text", ["meet us at 5 pm", "@handle", "a@b", "price@once", "look at the dot on the map"]
)
def test_other_text_holds_no_address(text: str) -> None:
    assert emails_in(text) == []


def test_a_veiled_address_is_unveiled() -> None:
    key = 0x5A
    code = bytes([key, *(byte ^ key for byte in b"grants@trust.example")]).hex()
    assert unveiled(code) == "grants@trust.example"
    assert unveiled("zz") is None
    assert unveiled("") is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert all(quote in text for _, quote in emails_in(text))


@pytest.mark.parametrize("word", ["at", "AT", "@", "arobase", "ät", "arroba", "chiocciola"])
@pytest.mark.parametrize("form", ["[{}]", "( {} )", " {{{}}} ", "<{}>"])
def test_every_disguise_of_the_sign_is_seen_through(word: str, form: str) -> None:
    text = f"Ask grants{form.format(word)}trust.example, all at once."
    assert [found for found, _ in emails_in(text)] == ["grants@trust.example"]
