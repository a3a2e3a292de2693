"""What the fields are read from: a page's main blocks, and how its dates and sums are written."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from hoistscraper.extraction.blocks import Block, blocks_of
from hoistscraper.extraction.currencies import BY_COUNTRY
from hoistscraper.extraction.date_words import EXPIRY
from hoistscraper.extraction.dates import DateContext, Order, order_of
from hoistscraper.extraction.declared import Declared, declared_by
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.ground import Links, declared_in
from hoistscraper.extraction.labels import LONGEST_LABEL, Pair, pairs_of
from hoistscraper.extraction.lexicon import field_of
from hoistscraper.extraction.lines import one_line
from hoistscraper.extraction.main_content import main_of

_MONTH_FIRST = frozenset({"us", "gov", "mil", "edu", "ph"})
_DAY_FIRST = frozenset(
    """uk ie au nz in za ke ng gh ug tz lk pk bd my sg hk mt eu fr de es it pt nl be at ch pl cz se no
    dk""".split()
)
_ZIP = re.compile(
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|W[AIVY]),? \d{5}\b"
)
LEAST_BEFORE_RELATED = 5  # blocks
# What tells of one call stands before these.
MOST_BLOCKS = 5_000
MOST_CHARACTERS = 400_000
MOST_LINKS = 5_000
_RELATED = re.compile(
    r"(?:related|similar|you (?:may|might) also|more (?:grants?|tenders?|scholarships?|opportunit|"
    r"calls?|funding)|"
    r"other (?:grants?|tenders?|scholarships?|opportunit|calls?|open)|recent (?:posts?|news|tenders?|"
    r"grants?)|"
    r"latest (?:posts?|news|tenders?|grants?|scholarships?|opportunit)|see also|past (?:awards?|"
    r"winners?|recipients?|grantees)|"
    r"previous (?:awards?|winners?|recipients?|calls?)|autres (?:appels|bourses|consultations)|"
    r"appels similaires|"
    r"ahnliche|weitere (?:ausschreibungen|stipendien|programme)|otras (?:convocatorias|becas|licitaciones)|"
    r"convocatorias (?:relacionadas|similares)|altri bandi|bandi (?:correlati|simili)|outros editais|"
    r"podobne|souvisejici)"
)
_LISTED = {
    "en": "the and of for to is", "fr": "le les des et pour dans est", "de": "der die und den mit ist für",
    "es": "el los las para una del que", "it": "il della per che di dei con",
    "pt": "os das para uma não dos em",
    "nl": "het een van voor en de", "pl": "się nie dla jest oraz na", "cs": "je pro se na nebo",
}  # fmt: skip
_STOPWORDS = {name: listed.split() for name, listed in _LISTED.items()}


@dataclass(frozen=True, eq=False)
class Content:
    """A document with what several fields need of it, each computed once.

    ``usual_label`` is the one under which the deadline stands on other pages of the website.
    """

    document: Document
    today: date
    usual_label: str | None = None

    @cached_property
    def _main(self) -> tuple[HtmlElement, frozenset[HtmlElement]]:
        body = self.document.root.find("body")
        return main_of(self.document.root if body is None else body)

    @cached_property
    def pairs(self) -> Sequence[Pair]:
        """The labelled values of the main content in page order."""
        return pairs_of(self.blocks)

    @cached_property
    def labels_deadline(self) -> bool:
        """Whether a short line is the label of a deadline, other than of what expires."""
        labels = (block.text for block in self.blocks if len(block.text) <= LONGEST_LABEL)
        return any(field_of(label) == "deadline" and not EXPIRY.match(fold(label)) for label in labels)

    @cached_property
    def declared(self) -> Declared:
        """What the page declares for machines."""
        return declared_by(self.document)

    @property
    def main(self) -> HtmlElement:
        """The element that holds the main content."""
        return self._main[0]

    @property
    def side(self) -> frozenset[HtmlElement]:
        """Elements within the main one that do not belong to it."""
        return self._main[1]

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The main content's text blocks in page order."""
        return _without_related(_first(blocks_of(*self._main, most=MOST_BLOCKS)))

    @cached_property
    def everything(self) -> Sequence[Block]:
        """All text blocks of the page."""
        return blocks_of(self.document.root)

    @cached_property
    def visible_text(self) -> str:
        """The whole page's text on one line: what quotes are checked against."""
        return one_line(self.document.root)

    @property
    def url(self) -> str | None:
        """The page's own address."""
        return self.document.url

    def shows(self, line: str) -> bool:
        """Tell whether a line stands in the visible text."""
        return line in self.visible_text

    def declares(self, text: str) -> bool:
        """Tell whether the page declares a text for machines: as data, in its head or as its title."""
        stated = (each.text for part in (self.declared.values, self.declared.page) for each in part.values())
        return declared_in(text, (*stated, *self.document.meta.values(), self.document.title or ""))

    def links_to(self, address: str) -> bool:
        """Tell whether the page links to an address, or an e-mail address stands behind a link."""
        return address in self._links

    @cached_property
    def _links(self) -> Links:
        return Links(self.document)

    @cached_property
    def language(self) -> str | None:
        """The language that the text is written in, else the one declared."""
        words = Counter(self.visible_text[:6000].lower().split())
        counts = {name: sum(words.get(word, 0) for word in said) for name, said in _STOPWORDS.items()}
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] >= 8 else self.document.language

    @cached_property
    def country(self) -> str | None:
        """The last part of the host's name ("uk", "org")."""
        try:
            host = urlsplit(self.document.base_url or "").hostname or ""
        except ValueError:
            return None
        return host.rsplit(".", 1)[-1] or None

    @cached_property
    def dates(self) -> DateContext:
        """How this page writes dates."""
        return DateContext(today=self.today, language=self.language, order=self._order())

    def _order(self) -> Order | None:
        proven = order_of(self.visible_text)
        if proven is not None or self.language not in (None, "en"):
            return proven or "DMY"
        region = (self.document.root.get("lang") or "").lower()
        if self.country in _DAY_FIRST or region in ("en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za"):
            return "DMY"
        if self.country in _MONTH_FIRST or _ZIP.search(self.visible_text):
            return "MDY"
        return None

    @cached_property
    def currency(self) -> str | None:
        """The currency that a bare "$" means on this page, where its address tells."""
        return BY_COUNTRY.get(self.country or "")


def _first(blocks: list[Block]) -> list[Block]:
    """Cut the blocks where they have more text than is read of one call."""
    room = MOST_CHARACTERS
    for index, block in enumerate(blocks):
        if len(block.text) > room:
            return [*blocks[:index], block._replace(text=block.text[:room])]
        room -= len(block.text)
    return blocks


def _without_related(blocks: list[Block]) -> list[Block]:
    """Cut the blocks where a heading says that other calls follow."""
    for index, block in enumerate(blocks):
        if index >= LEAST_BEFORE_RELATED and block.heading and _RELATED.match(fold(block.text)):
            return blocks[:index]
    return blocks
