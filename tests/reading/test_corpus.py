"""Pages of real websites, where such are kept: none is named in the sources, every value is proven."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from hoistscraper.extraction.proof import counting_dropped
from hoistscraper.reading.read import read_page
from tests.corpus import corpus_or_skip

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "src", ROOT / "frontend" / "src", ROOT / "tests", ROOT / "docs")
BUILT = ROOT / "src" / "hoistscraper" / "api" / "web"
TODAY = date(2026, 11, 1)
# Shorter names of portals are words of other things, too.
LEAST_NAME = 5


def pages(corpus: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (corpus / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_no_portal_and_no_host_is_named_in_the_sources() -> None:
    listed = pages(corpus_or_skip())
    hosts = {urlsplit(page.get("url") or "").hostname or "" for page in listed}
    named = {page["portal"] for page in listed} | {host.removeprefix("www.") for host in hosts}
    named = {name.casefold() for name in named if len(name) >= LEAST_NAME}
    told = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in sorted(named)))
    files = [
        file
        for source in SOURCES
        for file in source.rglob("*")
        if file.is_file() and BUILT not in file.parents and "__pycache__" not in file.parts
    ]
    found = {
        (str(file.relative_to(ROOT)), match.group())
        for file in files
        for match in told.finditer(file.read_text("utf-8", errors="ignore").casefold())
    }
    assert found == set()


def test_of_real_pages_no_value_is_read_without_its_proof() -> None:
    corpus = corpus_or_skip()
    with counting_dropped() as dropped:
        for page in pages(corpus):
            read_page((corpus / page["file"]).read_bytes(), url=page.get("url"), today=TODAY)
    assert dropped == {}
