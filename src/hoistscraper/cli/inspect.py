"""``hoistscraper inspect``: what would be read from a page, with the proof of every value."""

import asyncio
import re
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hoistscraper import clock
from hoistscraper.cli.inspect_many import inspect_many
from hoistscraper.cli.inspect_model import Inspected, with_a_model
from hoistscraper.cli.inspect_view import print_reading
from hoistscraper.cli.screen import print_json, say
from hoistscraper.cli.why_view import print_explanation
from hoistscraper.errors import Invalid, NotFound
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.page import Page
from hoistscraper.fetching.urls import typed_address
from hoistscraper.reading.contract import reading_as_json
from hoistscraper.reading.documents.formats import is_document
from hoistscraper.reading.read import read_page
from hoistscraper.reading.values import PageKind
from hoistscraper.reading.why import Explanation, explain
from hoistscraper.settings import load_settings

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


def command(
    file_or_url: Annotated[
        str | None,
        typer.Argument(help="A page (HTML, feed, JSON, PDF, Word) or a web address.", metavar="FILE_OR_URL"),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    as_jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read {"file": …, "url": …} lines from standard input, print one JSON line for each, in any '
            "order, using every core.",
        ),
    ] = False,
    url: Annotated[
        str | None, typer.Option("--url", help="The address that FILE was saved from, to complete its links.")
    ] = None,
    with_reasons: Annotated[
        bool,
        typer.Option("--why", help="Also show what else was possible for each value, and why it lost."),
    ] = False,
    language_model: Annotated[
        bool,
        typer.Option(
            "--language-model",
            help="Ask the language model, too, for what is missing on the page of one call, at once.",
        ),
    ] = False,
    today: Annotated[
        datetime | None,
        typer.Option(
            "--today", formats=["%Y-%m-%d"], help="Read as on this day: it decides what has closed."
        ),
    ] = None,
) -> None:
    """Show what would be read from a page: its kind, its calls, and the proof of every value.

    Nothing is saved. Try `hoistscraper inspect https://example.org/grants`.
    """
    day = today.date() if today else clock.now().date()
    if as_jsonl:
        if asyncio.run(inspect_many(sys.stdin, sys.stdout, today=day)):
            raise typer.Exit(1)
        return
    if file_or_url is None:
        raise Invalid("Name a file or a web address to inspect, such as https://example.org/grants.")
    if with_reasons and as_json:
        raise Invalid("--why is for people: leave --json and --jsonl out.")
    seen = _read(file_or_url, url, day)
    explained = _explained(seen, day) if with_reasons else None
    reading, told = seen.reading, None
    if language_model:
        reading, told = asyncio.run(with_a_model(seen, load_settings(), today=day))
    if as_json:
        print_json(reading_as_json(reading))
        return
    print_reading(reading)
    if explained is not None:
        print_explanation(explained)
    if told:
        say(told, style="bold")


def _explained(seen: Inspected, today: date) -> Explanation:
    reading = seen.reading
    if reading.kind is PageKind.FEED or reading.sitemap is not None or is_document(seen.content):
        raise Invalid("Only HTML pages have reasons to tell: leave --why out.")
    return explain(seen.content, url=reading.url, charset=seen.charset, today=today)


def _read(file_or_url: str, url: str | None, today: date) -> Inspected:
    path = Path(file_or_url)
    if path.is_dir():
        raise Invalid(f"{file_or_url} is a folder; name a file in it.")
    if path.is_file():
        content = path.read_bytes()
        return Inspected(read_page(content, url=url, today=today), content)
    if not _SCHEME.match(file_or_url) and _looks_like_a_file(path):
        raise NotFound(f"There is no file {file_or_url} here; a web address begins with https://.")
    return asyncio.run(_fetched(typed_address(file_or_url), today))


def _looks_like_a_file(path: Path) -> bool:
    return (
        path.suffix.lower()
        in (".html", ".htm", ".xml", ".json", ".pdf", ".docx", ".txt", ".rss", ".atom", "")
        or path.is_absolute()
    )


async def _fetched(url: str, today: date) -> Inspected:
    """Return what is read at an address, shown by a browser if it is empty without one."""
    settings = load_settings()
    async with Fetcher(settings) as fetcher, OneBrowser(settings) as browser:
        seen = _inspected(await fetcher.fetch(url), today)
        if not seen.reading.needs_browser or settings.render == "never" or not browser.is_there:
            return seen
        rendered = await browser.render(url, website=url, manners=fetcher.manners)
        shown = _inspected(rendered.as_page(), today)
        return replace(shown, reading=replace(shown.reading, needs_browser=True))


def _inspected(page: Page, today: date) -> Inspected:
    reading = read_page(
        page.content,
        url=page.final_url,
        media_type=page.media_type,
        charset=page.charset,
        is_rendered=page.is_rendered,
        answers=page.answers,
        today=today,
    )
    return Inspected(reading, page.content, page.charset)
