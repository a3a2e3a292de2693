"""Feeds of all ages, and broken ones."""

from hoistscraper.discovery.feeds import is_feed, read_feed

RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Calls</title></channel>
<item><title>Pond fund</title><link>https://lindenfels.example/ponds</link><dc:date>2027-01-05</dc:date></item>
</rdf:RDF>"""


def test_rss_1_keeps_its_entries_beside_the_channel() -> None:
    feed = read_feed(RSS_1)

    assert feed is not None
    assert [(entry.title, entry.url, entry.published) for entry in feed.entries] == [
        ("Pond fund", "https://lindenfels.example/ponds", "2027-01-05")
    ]


def test_an_atom_entry_leads_to_its_page_and_not_to_its_picture() -> None:
    feed = read_feed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Choirs &amp;amp; bands</title>'
        '<link rel="enclosure" href="https://lindenfels.example/a.jpg"/>'
        '<link href="https://lindenfels.example/choirs"/><updated>2027-01-05</updated></entry></feed>'
    )

    assert feed is not None
    assert feed.entries[0].title == "Choirs & bands"
    assert feed.entries[0].url == "https://lindenfels.example/choirs"


def test_a_feed_that_is_cut_off_gives_what_was_there() -> None:
    feed = read_feed("<rss><channel><item><title>One & only</title></item><item><title>Two")

    assert feed is not None
    assert [entry.title for entry in feed.entries] == ["One & only", "Two"]


def test_prefixes_that_are_not_declared_and_broken_tags_are_read_all_the_same() -> None:
    feed = read_feed(
        "<rss><channel><chann: a><item><title>Pond fund</title><link>/ponds</link>"
        "<dc:date>2027-01-05</dc:date><media:title>Picture</media:title></item></channel></rss>"
    )

    assert feed is not None
    assert [(entry.title, entry.url, entry.published) for entry in feed.entries] == [
        ("Pond fund", "/ponds", "2027-01-05")
    ]


def test_a_file_of_this_machine_is_never_read_into_a_feed() -> None:
    feed = read_feed(
        '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
        "<rss><channel><item><title>a &secret; b</title></item></channel></rss>"
    )

    assert feed is None or all(len(entry.title) <= len("a &secret; b") for entry in feed.entries)


def test_a_web_page_that_speaks_of_feeds_is_none() -> None:
    assert not is_feed("<!doctype html><html><body>&lt;rss&gt; <p>Our feeds</p></body></html>")
    assert not is_feed("rss")
