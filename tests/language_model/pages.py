"""Pages that rules leave open, and what a model could point at."""

from datetime import date

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse
from tests.sites.server import Exchange, Site

TODAY = date(2027, 1, 4)
URL = "https://grants.example/roof"

# The word that makes a date the deadline stands two lines above it, where no rule looks.
ROOF = """<html lang="en"><body><main><h1>Roof Grants 2027</h1>
<p>The fund helps small museums to mend their roofs, and it pays for slates, gutters and skylights.</p>
<p>Deadline</p>
<p>Our board sits in spring.</p>
<p>The counter shuts at the end of 15 March 2027.</p>
<p>A museum of any legal form with fewer than ten employees may come forward with its plan.</p>
<p>We pay EUR 8,000 to a museum.</p>
<p>Write to Ada Quill, roofs@grants.example.</p>
<p>Reference: RG-2027/4</p>
<p>Opens: in winter</p>
<h2>How to apply</h2>
</main></body></html>"""


SENTENCE = "A museum of any legal form with fewer than ten employees may come forward with its plan."


class Roofs:
    """A website that is the page of one call; ``html`` may change."""

    def __init__(self, html: str = ROOF) -> None:
        self.html = html

    def site(self) -> Site:
        """Serve it."""
        return Site({"/": self.answer})

    async def answer(self, exchange: Exchange) -> None:
        """Answer with the page as it is now."""
        await exchange.send(self.html)


def content_of(html: str, url: str = URL) -> Content:
    """Return a page as the rules see it."""
    return Content(parse(html, url), TODAY)


def read(html: str, url: str = URL) -> Candidate:
    """Return what the rules read."""
    return read_detail(parse(html, url), today=TODAY, source_url=url)
