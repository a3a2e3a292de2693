"""What the portal tells machines: feed, sitemap and the rules for robots."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from hoistscraper.sample_portal.calls import Call
from hoistscraper.sample_portal.pages.frame import INVENTED, PORTAL_NAME
from hoistscraper.sample_portal.wording import deadline_in_words

FEED_LENGTH = 15


def feed(calls: Sequence[Call], origin: str, year: int) -> str:
    """Return the newest calls that one can still apply to, as RSS 2.0."""
    current = [call for call in calls if not call.outcome.is_past][:FEED_LENGTH]
    items = "\n".join(_item(call, origin) for call in current)
    built = format_datetime(datetime(year, 1, 1, tzinfo=UTC))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{PORTAL_NAME}: new calls</title>
<link>{escape(origin)}/calls/</link>
<description>{INVENTED}</description>
<language>en</language>
<lastBuildDate>{built}</lastBuildDate>
<atom:link href="{escape(origin)}/feed.xml" rel="self" type="application/rss+xml"/>
{items}
</channel>
</rss>
"""


def sitemap(paths: Iterable[str], origin: str) -> str:
    """Return the addresses of all pages."""
    places = "\n".join(f"<url><loc>{escape(origin + path)}</loc></url>" for path in paths)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<!-- {INVENTED} -->
{places}
</urlset>
"""


def robots(origin: str) -> str:
    """Return the rules for robots: all may read everything."""
    return f"# {INVENTED}\nUser-agent: *\nAllow: /\n\nSitemap: {origin}/sitemap.xml\n"


def _item(call: Call, origin: str) -> str:
    deadline = f" Deadline: {deadline_in_words(call.deadline, call.organisation)}." if call.deadline else ""
    return f"""<item>
<title>{escape(call.title)}</title>
<link>{escape(origin + call.path)}</link>
<guid>{escape(origin + call.path)}</guid>
<description>{escape(call.summary + deadline)}</description>
</item>"""
