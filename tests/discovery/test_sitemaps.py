"""Sitemaps and their indexes."""

from hoistscraper.discovery.sitemaps import SitemapPage, is_sitemap, read_sitemap

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_a_sitemap_names_pages_with_the_day_they_changed() -> None:
    text = f"""<?xml version="1.0"?><urlset {NAMESPACE}><url><loc> https://lindenfels.example/a </loc>
    <lastmod>2027-01-02</lastmod></url><url><loc>/relative</loc></url></urlset>"""

    sitemap = read_sitemap(text)

    assert sitemap is not None
    assert sitemap.pages == (SitemapPage("https://lindenfels.example/a", "2027-01-02"),)


def test_an_index_names_sitemaps() -> None:
    text = f"<sitemapindex {NAMESPACE}><sitemap><loc>https://lindenfels.example/s.xml.gz</loc></sitemap></sitemapindex>"

    sitemap = read_sitemap(text)

    assert sitemap is not None
    assert sitemap.sitemaps == ("https://lindenfels.example/s.xml.gz",)


def test_a_feed_is_no_sitemap() -> None:
    assert not is_sitemap("<rss><channel/></rss>")
    assert read_sitemap("<rss><channel/></rss>") is None
