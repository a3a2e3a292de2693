"""A website that offers calls, and that changes, fails and shrinks as a test wants."""

import asyncio
import hashlib
from dataclasses import dataclass, field

from tests.sites.server import Exchange, Site

LISTING = """<!doctype html><html lang="en"><head><title>Open calls | {name}</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<main><h1>Open calls for proposals</h1>
<table><thead><tr><th>Call</th><th>Reference</th><th>Closing date</th></tr></thead>
<tbody>{rows}</tbody></table>
{pager}</main><footer><a href="/privacy">Privacy</a></footer></body></html>"""
ROW = '<tr><td><a href="{path}">{title}</a></td><td>{reference}</td><td>{deadline}</td></tr>'
DETAIL = """<!doctype html><html lang="en"><head><title>{title} | {name}</title></head><body>
<nav><a href="/">Home</a></nav>
<main><h1>{title}</h1>
<p>The {organisation} invites proposals. This call supports work in its region for up to two years.</p>
<dl><dt>Organisation</dt><dd>{organisation}</dd><dt>Reference number</dt><dd>{reference}</dd>
<dt>Deadline</dt><dd>{deadline}</dd><dt>Grant amount</dt><dd>EUR {amount}</dd></dl>
<h2>Who can apply</h2><p>Registered charities and public bodies may apply.</p></main></body></html>"""

SUBJECTS = "wetlands orchards libraries museums archives bridges harbours forests schools clinics".split()
WORKS = "Restoration Digitisation Renewal Study Extension Monitoring".split()


@dataclass(slots=True)
class Call:
    """One call as the website tells it."""

    number: int
    title: str
    organisation: str = "Riverside Foundation"
    deadline: str = "1 March 2031"
    amount: int = 25_000
    status: int = 200

    @property
    def path(self) -> str:
        """Where its own page is."""
        return f"/calls/{self.number}"

    @property
    def reference(self) -> str:
        """What it is called in writing."""
        return f"RF-2031-{self.number:03}"


def some_calls(count: int, *, first: int = 1) -> list[Call]:
    """Return so many different calls."""
    return [
        Call(
            number=number,
            title=f"{WORKS[number % len(WORKS)]} of {SUBJECTS[number % len(SUBJECTS)]} in district {number}",
            deadline=f"{number % 28 + 1} March 2031",
            amount=10_000 + number * 500,
        )
        for number in range(first, first + count)
    ]


@dataclass
class CallsWebsite:
    """The website's content, to be changed between visits; ``site()`` serves it."""

    calls: list[Call]
    name: str = "Riverside Foundation"
    page_size: int = 20
    listing_status: int = 200
    listing_body: str | None = None
    rebuilt_page: int | None = None
    refusal: str = "<p>Not now."
    retry_after: str | None = None
    validators: bool = True
    asked: list[str] = field(default_factory=list)
    arrival: asyncio.Event = field(default_factory=asyncio.Event)

    def site(self) -> Site:
        """Serve the website."""
        return CallsSite(self)

    @property
    def details_asked(self) -> int:
        """How often the page of a call was asked for."""
        return sum(path.startswith("/calls/") for path in self.asked)

    async def until_asked(self, requests: int) -> None:
        """Wait until the website was asked so many times."""
        while len(self.asked) < requests:
            self.arrival.clear()
            await self.arrival.wait()

    def listing(self, page: int) -> str:
        """Return one page of the listing, counted from 1."""
        shown = self.calls[(page - 1) * self.page_size : page * self.page_size]
        if page == self.rebuilt_page:  # its calls stand in one block, as if they were one
            return "".join(self.detail(call) for call in shown[:1])
        rows = "".join(
            ROW.format(path=c.path, title=c.title, reference=c.reference, deadline=c.deadline) for c in shown
        )
        more = len(self.calls) > page * self.page_size
        pager = f'<nav class="pager"><a rel="next" href="/?page={page + 1}">Next</a></nav>' if more else ""
        return LISTING.format(name=self.name, rows=rows, pager=pager)

    def detail(self, call: Call) -> str:
        """Return the page of a call."""
        return DETAIL.format(
            name=self.name,
            title=call.title,
            organisation=call.organisation,
            reference=call.reference,
            deadline=call.deadline,
            amount=f"{call.amount:,}",
        )


class CallsSite(Site):
    def __init__(self, website: CallsWebsite) -> None:
        super().__init__({})
        self._website = website

    async def answer(self, exchange: Exchange) -> None:
        website, path = self._website, exchange.request.path
        website.asked.append(path)
        website.arrival.set()
        if path == "/robots.txt":
            await exchange.send("User-agent: *\nAllow: /\n", kind="text/plain")
        elif path == "/" or path.startswith("/?page="):
            page = int(path.rpartition("=")[2]) if "=" in path else 1
            listing = website.listing(page) if website.listing_body is None else website.listing_body
            await self._send(exchange, listing, website.listing_status)
        else:
            call = next((call for call in website.calls if call.path == path), None)
            if call is None:
                await exchange.send("<p>There is no such page.", status=404)
            else:
                await self._send(exchange, website.detail(call), call.status)

    async def _send(self, exchange: Exchange, body: str, status: int) -> None:
        if status != 200:
            later = {"retry_after": self._website.retry_after} if self._website.retry_after else {}
            await exchange.send(self._website.refusal, status=status, **later)
            return
        if not self._website.validators:
            await exchange.send(body)
            return
        etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
        if exchange.request.headers.get("if-none-match") == etag:
            await exchange.send(status=304, etag=etag)
        else:
            await exchange.send(body, etag=etag)


SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'
FEED = '<rss version="2.0"><channel><title>Calls</title>{entries}</channel></rss>'
HOME = """<!doctype html><html lang="en"><head><title>Riverside Foundation</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><main><h1>Welcome</h1>
<p>We have worked for our region for thirty years, and our house is open to visitors every day.</p></main>
</body></html>"""
ABOUT = "<html><body><h1>About us</h1><p>We have worked for our region for thirty years.</p></body></html>"


def site_with_sitemap(website: CallsWebsite) -> Site:
    """Serve a website that lists its calls nowhere but in an index of sitemaps, among other pages."""
    return _Elsewhere(
        website,
        {
            "/": (HOME.replace("alternate", "none"), "text/html"),
            "/sitemap.xml": (
                INDEX.format(entries="<sitemap><loc>{site}/pages.xml</loc></sitemap>"),
                "text/xml",
            ),
            "/pages.xml": (
                SITEMAP.format(
                    entries="".join(
                        f"<url><loc>{{site}}{path}</loc></url>"
                        for path in ("/about", *(call.path for call in website.calls))
                    )
                ),
                "text/xml",
            ),
            "/about": (ABOUT, "text/html"),
        },
    )


def site_with_feed(website: CallsWebsite) -> Site:
    """Serve a website whose start page shows no call, but names a feed of them."""
    entries = "".join(
        f"<item><title>{call.title}</title><link>{{site}}{call.path}</link></item>" for call in website.calls
    )
    return _Elsewhere(
        website,
        {"/": (HOME, "text/html"), "/feed.xml": (FEED.format(entries=entries), "application/rss+xml")},
    )


class _Elsewhere(CallsSite):
    def __init__(self, website: CallsWebsite, pages: dict[str, tuple[str, str]]) -> None:
        super().__init__(website)
        self._pages = pages

    async def answer(self, exchange: Exchange) -> None:
        if exchange.request.path not in self._pages:
            await super().answer(exchange)
            return
        self._website.asked.append(exchange.request.path)
        text, kind = self._pages[exchange.request.path]
        await exchange.send(text.replace("{site}", self.url("").rstrip("/")), kind=kind)
