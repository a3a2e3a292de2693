"""``python -m benchmarks.extraction.peers NAME``: other ways of reading pages, in the form that is scored.

``trafilatura`` gives what its reading of metadata says of any page. ``first-system`` is what this project's
forerunner did: every link with a word of funding is a call, the first heading a title, the first five
paragraphs a summary.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import trafilatura

from hoistscraper.extraction.document import Document, parse
from hoistscraper.extraction.lines import one_line
from hoistscraper.fetching.decoding import decode

Answer = dict[str, object]
_FUNDING = re.compile(r"tender|grant|rfp|rfq|fund|bid|proposal|scholarship|fellowship|award", re.IGNORECASE)
_LEAST_LINKS = 3
_PARAGRAPHS = 5


def with_trafilatura(text: str, url: str | None) -> Answer:
    """Read the metadata of a page; it knows no lists and no kinds, so that every page is about one thing."""
    found = trafilatura.extract_metadata(text, default_url=url)
    told = {
        "title": found.title if found else None,
        "organisation": (found.sitename if found else None),
        "summary": found.description if found else None,
    }
    return {"kind": "detail", "items": [], "next_page": None, "opportunity": told}


def with_first_system(text: str, url: str | None) -> Answer:
    """Read a page by keywords."""
    page = parse(text, url)
    items = _links(page)
    heading = next((one_line(node) for node in page.root.iter("h1", "h2")), page.title)
    told = [one_line(node) for node in page.root.iter("p")][:_PARAGRAPHS]
    opportunity = {"title": heading, "summary": " ".join(told) or None}
    kind = "listing" if len(items) >= _LEAST_LINKS else "detail"
    return {"kind": kind, "items": items, "next_page": None, "opportunity": opportunity}


def _links(page: Document) -> list[Answer]:
    links = ((one_line(link), page.absolute(link.get("href"))) for link in page.root.iter("a"))
    return [{"title": text, "url": url} for text, url in links if url and _FUNDING.search(f"{text} {url}")]


PEERS: Mapping[str, Callable[[str, str | None], Answer]] = MappingProxyType(
    {"trafilatura": with_trafilatura, "first-system": with_first_system}
)


def main() -> None:
    """Answer each line of standard input."""
    read = PEERS[sys.argv[1]]
    for line in sys.stdin:
        asked = json.loads(line)
        text = decode(Path(asked["file"]).read_bytes(), declared=None)
        print(json.dumps({**asked, "needs_browser": False, **read(text, asked.get("url"))}))


if __name__ == "__main__":
    main()
