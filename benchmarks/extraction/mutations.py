"""Pages changed in what a careful reader does not see, or does not mind: the answers must stay the same."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType

from lxml import etree, html
from lxml.html import HtmlElement

from benchmarks.extraction.corpus import Corpus
from hoistscraper.extraction.dates import DateContext, find_moments
from hoistscraper.extraction.lexicon import months
from hoistscraper.fetching.decoding import decode

Mutation = Callable[[HtmlElement, Random], None]
_WRAPPED = frozenset("p table ul ol dl h1 h2 h3 h4 form article section".split())
_WRAPPERS = frozenset("body main div section article".split())
_NAMED = ("class", "id", "for", "aria-controls", "aria-labelledby", "aria-describedby")
# Names that scripts fill a page by say that it is empty without them.
_ROOTS = frozenset("root app __next __nuxt ___gatsby react-root app-root svelte main-app".split())
_RAW = frozenset({"script", "style", "textarea", "pre", "title"})
_SHARE = 0.3


def _elements(root: HtmlElement) -> Iterator[HtmlElement]:
    return (node for node in list(root.iter(etree.Element)) if isinstance(node.tag, str))


def names(root: HtmlElement, random: Random) -> None:
    """Give every class and id another name, the same one everywhere on the page."""
    salt = str(random.random())

    def other(name: str) -> str:
        return name if name in _ROOTS else f"x{hashlib.sha256((salt + name).encode()).hexdigest()[:8]}"

    for node in _elements(root):
        for attribute in _NAMED:
            written = node.get(attribute)
            if written:
                node.set(attribute, " ".join(map(other, written.split())))
        href = node.get("href") or ""
        if node.tag == "a" and len(href) > 1 and href.startswith("#"):
            node.set("href", f"#{other(href[1:])}")


def wrappers(root: HtmlElement, random: Random) -> None:
    """Put elements without a meaning around blocks, as a template does: around all of a kind or none."""
    chosen: dict[tuple[str | None, ...], bool] = {}
    for node in _elements(root):
        parent = node.getparent()
        if node.tag in _WRAPPED and parent is not None and parent.tag in _WRAPPERS:
            kind = (str(node.tag), str(parent.tag), parent.get("class"))
            if chosen.setdefault(kind, random.random() < _SHARE):
                wrapper = html.Element("div")
                wrapper.tail, node.tail = node.tail, None
                parent.replace(node, wrapper)
                wrapper.append(node)


def columns(root: HtmlElement, random: Random) -> None:
    """Change the order of the columns of tables, their headers along."""
    for table in root.iter("table"):
        rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
        whole = [row for row in rows if row]
        width = len(whole[0]) if whole else 0
        spanned = any(cell.get("colspan") or cell.get("rowspan") for row in whole for cell in row)
        nested = next(table.iterdescendants("table"), None) is not None
        # Two columns are a label and its value: their order is what the page says.
        if width < 3 or spanned or nested or any(len(row) != width for row in whole):
            continue
        order = random.sample(range(width), width)
        for row in whole:
            parent = row[0].getparent()
            assert parent is not None
            for cell in row:
                parent.remove(cell)
            parent.extend([row[place] for place in order])


def dates(root: HtmlElement, random: Random) -> None:
    """Write dates that name their month in another form of the page's language."""
    language = (root.get("lang") or "en")[:2].lower()
    _texts(root, lambda text: _DATE.sub(lambda found: _rewritten(found, language), text))


_MONTHS = "|".join(sorted((re.escape(name) for name in months() if len(name) > 3), key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>\d{{1,2}})\s(?P<month>{_MONTHS})|(?P<month2>{_MONTHS})\s(?P<day2>\d{{1,2}}),)"
    rf"\s(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_ANY_DAY = DateContext(today=date(2020, 1, 1))


def _rewritten(found: re.Match[str], language: str) -> str:
    read = find_moments(found.group(), _ANY_DAY)
    if len(read) != 1:
        return found.group()
    day = read[0].moment.date
    if language != "en":
        if language in ("de", "pl", "cs"):
            return f"{day:%d.%m.%Y}"
        return f"{day:%d/%m/%Y}" if day.day > 12 else found.group()
    return f"{day.day} {day:%B %Y}" if found["month2"] else f"{day:%B} {day.day}, {day.year}"


def spaces(root: HtmlElement, random: Random) -> None:
    """Write white space as line breaks, tabs and spaces that do not break."""

    def other(_: re.Match[str]) -> str:
        return random.choice((" ", "\n    ", "\t", "  ", "\u00a0"))

    _texts(root, lambda text: re.sub(r"[ \t\r\n]+", other, text))


def attributes(root: HtmlElement, random: Random) -> None:
    """Change the order of attributes."""
    for node in _elements(root):
        written = list(node.attrib.items())
        random.shuffle(written)
        node.attrib.clear()
        node.attrib.update(written)


def comments(root: HtmlElement, random: Random) -> None:
    """Put comments between and into texts."""
    for node in _elements(root):
        if node.tag in _RAW or node.tag in ("html", "head") or random.random() > _SHARE:
            continue
        text = node.text or ""
        place = text.find(" ") + 1
        comment = etree.Comment(" block begins ")
        node.text, comment.tail = text[:place], text[place:]
        node.insert(0, comment)


def _texts(root: HtmlElement, change: Callable[[str], str]) -> None:
    for node in _elements(root):
        if node.text and node.tag not in _RAW:
            node.text = change(node.text)
        if node.tail:
            node.tail = change(node.tail)


def nothing(_: HtmlElement, __: Random) -> None:
    """Only parse the page and write it out again."""


MUTATIONS: Mapping[str, Mutation] = MappingProxyType(
    {
        "written out again": nothing,
        "names hashed": names,
        "wrappers added": wrappers,
        "columns moved": columns,
        "dates rewritten": dates,
        "white space": spaces,
        "attributes moved": attributes,
        "comments added": comments,
    }
)


def mutated(corpus: Corpus, mutation: Mutation, folder: Path, seed: int) -> None:
    """Write a copy of the corpus with every HTML page changed; feeds stay as they are."""
    (folder / "gold").symlink_to((corpus.folder / "gold").resolve())
    shutil.copy(corpus.folder / "manifest.jsonl", folder)
    for page in corpus.pages():
        target = folder / page.file.relative_to(corpus.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = page.file.read_bytes()
        target.write_bytes(content if page.file.suffix == ".xml" else _changed(content, mutation, seed))


def _changed(content: bytes, mutation: Mutation, seed: int) -> bytes:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(content, declared=None).replace("\x00", ""))
    root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    mutation(root, Random(json.dumps([seed, len(text)])))  # noqa: S311 - repeatable, not secret
    written: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    # The page is written in one encoding whatever it declared; a byte order mark is believed first.
    return b"\xef\xbb\xbf" + written.encode()
