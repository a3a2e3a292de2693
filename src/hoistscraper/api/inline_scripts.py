"""Which inline scripts and styles of built pages a browser may run: named by their hashes, nothing else.

``python -m hoistscraper.api.inline_scripts FOLDER`` writes them beside the pages, as part of their build.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

FILE = "inline-scripts.json"
"""Name of the file in the folder of the pages: address of a page in it -> its scripts and styles."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Hashes of the inline scripts and styles of one page, as a Content-Security-Policy names them."""

    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()


def inline_of(html: str) -> Inline:
    """Return what stands between the tags of a page."""
    parser = _Parser()
    parser.feed(html.replace("\r\n", "\n"))
    parser.close()
    return Inline(
        tuple(dict.fromkeys(map(_hash, parser.found["script"]))),
        tuple(dict.fromkeys(map(_hash, parser.found["style"]))),
    )


def write_inline(folder: Path) -> Path:
    """Write the hashes of all pages of a folder into it; return the file."""
    pages = {
        page.relative_to(folder).as_posix(): inline_of(page.read_text("utf-8"))
        for page in sorted(folder.rglob("*.html"))
    }
    told = {name: {"scripts": page.scripts, "styles": page.styles} for name, page in pages.items()}
    written = folder / FILE
    written.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return written


def read_inline(folder: Path) -> Mapping[str, Inline]:
    """Return what was written; nothing where there are no pages."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {name: Inline(page["scripts"], page["styles"]) for name, page in told.items()}


@dataclass
class _Parser(HTMLParser):
    found: dict[str, list[str]] = field(default_factory=lambda: {"script": [], "style": []})
    _within: str | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.found and "src" not in dict(attrs):
            self._within = tag
            self.found[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._within:
            self.found[self._within][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = None


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


if __name__ == "__main__":
    print(write_inline(Path(sys.argv[1])))  # noqa: T201 - said to whoever builds
