"""What each page of the built web app loads when it is opened first."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from hoistscraper.api.web_files import WEB

SCRIPT_BUDGET_BYTES = 170_000
"""What the scripts of one page may weigh, as gzip makes them."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of one page's files, each as gzip makes it."""

    page: str
    scripts: int
    styles: int


def weights(folder: Path = WEB) -> Iterator[Weight]:
    """Yield what each page names in its HTML, so that a browser fetches it at once; pages by name."""
    for page in sorted(folder.rglob("*.html")):
        files = _Files()
        files.feed(page.read_text("utf-8"))
        yield Weight(
            page.relative_to(folder).as_posix(),
            sum(_gzip_bytes(folder, address) for address in files.scripts),
            sum(_gzip_bytes(folder, address) for address in files.styles),
        )


def _gzip_bytes(folder: Path, address: str) -> int:
    file = folder / address.removeprefix("/")
    return len(gzip.compress(file.read_bytes(), 9))


class _Files(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: set[str] = set()
        self.styles: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # Scripts for browsers without modules are passed over by all others.
        if tag == "script" and (source := given.get("src")) and "nomodule" not in given:
            self.scripts.add(source)
        elif tag == "link" and given.get("rel") == "stylesheet" and (source := given.get("href")):
            self.styles.add(source)
