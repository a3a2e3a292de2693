"""The peer: Scrapy with selectors written by hand for this one website.

``python -m benchmarks.scrape.spider URL OUT`` writes one JSON object a line.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
}


class TenderSpider(scrapy.Spider):
    """Follows each row of the listing and reads the page behind it."""

    name = "tenders"

    def __init__(self, start: str) -> None:
        super().__init__()
        self._start = start

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask for the listing."""
        yield scrapy.Request(self._start, callback=self.read_listing)

    def read_listing(self, response: Response) -> Iterator[scrapy.Request]:
        """Follow the rows."""
        rows = response.css("article.result h2 a::attr(href)").getall()
        yield from response.follow_all(rows, callback=self.read_tender)

    def read_tender(self, response: Response) -> Iterator[dict[str, object]]:
        """Read one tender."""
        facts = {
            row.css("dt::text").get(""): row.css("dd::text").get("").strip()
            for row in response.css("dl.facts .row")
        }
        value = int(facts["Contract value"].lstrip("£").replace(",", ""))
        yield {
            "url": response.url,
            "title": response.css("h1::text").get(),
            "organisation": facts["Department"],
            "reference_number": facts["Reference number"],
            "status": facts["Status"].lower(),
            "opening_date": _day(facts["Publication date"]).date().isoformat(),
            "deadline": _moment(facts["Closing date"]).isoformat(),
            "amount_min": value,
            "amount_max": value,
            "currency": "GBP",
            "eligibility": response.css("p.eligibility::text").get(),
            "summary": response.css("p.lead::text").get(),
            "contact_email": facts["Contact e-mail"],
        }


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%d %B %Y")  # noqa: DTZ007 - a day of the page has no zone


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%d %B %Y, %H:%M")  # noqa: DTZ007 - the page states no zone


def main(start: str, out: str) -> None:
    """Crawl and write."""
    process = CrawlerProcess({**SETTINGS, "FEEDS": {out: {"format": "jsonlines", "overwrite": True}}})
    process.crawl(TenderSpider, start=start)
    process.start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
