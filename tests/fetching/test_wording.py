import pytest

from hoistscraper.fetching.wording import shown, site_of, spell_seconds


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("https://user:pass@example.org/", "https://example.org/"),
        (
            "https://example.org/?api_key=1&id=2&access_token=3#x",
            "https://example.org/?api_key=…&id=2&access_token=…#x",
        ),
        ("a\x1b[31m\u202eb\r\n", "a[31mb"),
        ("x" * 300, "x" * 200 + "…"),
    ],
)
def test_messages_show_neither_secrets_nor_control_characters(text: str, fit: str) -> None:
    assert shown(text) == fit


def test_a_website_is_called_by_its_host() -> None:
    assert site_of("https://user@example.org:8443/a?b") == "example.org:8443"
    assert site_of("example.org/a") == "example.org"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.1, "0.1 seconds"),
        (1, "1 second"),
        (90, "90 seconds"),
        (600, "10 minutes"),
        (86_400, "24 hours"),
        (864_000, "10 days"),
    ],
)
def test_lengths_of_time_are_spelt_for_people(seconds: float, words: str) -> None:
    assert spell_seconds(seconds) == words
