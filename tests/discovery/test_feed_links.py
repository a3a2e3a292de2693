"""The feeds that a page declares."""

from hoistscraper.discovery.feed_links import feed_links
from tests.discovery.pages import document


def test_declared_feeds_are_found_once_and_comments_are_left_out() -> None:
    page = document(
        "",
        head='<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="application/atom+xml" href="/comments/feed">'
        '<link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" href="/a.css">',
    )

    assert feed_links(page) == ["https://lindenfels.example/feed"]
