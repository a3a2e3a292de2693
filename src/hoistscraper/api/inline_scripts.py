"""Which inline scripts and styles of our pages a browser may run: named by their hashes, nothing else."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

FILE = "csp.json"
"""What the build of the web app leaves beside its pages: the file of each -> its inline scripts, as
``sha256-`` and their hash."""


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


def read_inline(folder: Path) -> Mapping[str, Inline]:
    """Return the scripts of built pages by their files; nothing where there are no pages."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {name: Inline([f"'{script}'" for script in scripts]) for name, scripts in told.items()}


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
