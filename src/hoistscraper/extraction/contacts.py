"""Whom to ask: e-mail addresses (plain, linked or disguised), telephone numbers, names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.content import MOST_LINKS, Content
from hoistscraper.extraction.emails import address_behind, emails_in
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.lexicon import field_of, says

LONGEST_NAME = 60
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d\s().\-/]{6,20}\d(?![\w/])")
_ASKING = tuple(
    """contact question enquir inquir information kontakt ruckfrage renseignement contatt contato informacion
    correo apply submit""".split()
)
_PERSON = re.compile(
    r"^(?:(?:Mr|Ms|Mrs|Dr|Prof|Herr|Frau|Mme|M|Sig|Sra?|Ing|Dott)\.?\s)?[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){1,3}$"
)
_SERVICE = re.compile(
    r"^(?:no-?reply|do-?not-?reply|webmaster|privacy|abuse|postmaster|example|name|email|user|support-?web)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """What the page says of whom to ask."""

    email: Finding[str] | None = None
    phone: Finding[str] | None = None
    name: Finding[str] | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address of a page; ``weight`` is what speaks for it being the contact's."""

    text: str
    quote: str
    method: str
    weight: int


def contact_of(page: Content) -> Contact:
    """Return the address, telephone number and name of the call's contact."""
    name = next((each for each in labelled_names(page) if is_person(each.value)), None)
    return Contact(_email(page), next(labelled_phones(page), None), name)


def phones_in(text: str) -> list[str]:
    """Return the telephone numbers in a text, as they are written."""
    found = (each.group().strip() for each in _PHONE.finditer(text))
    return [number for number in found if sum(character.isdigit() for character in number) >= 7]


def is_person(name: str) -> bool:
    """Tell whether a text reads as a person's name and nothing else."""
    return len(name) <= LONGEST_NAME and _PERSON.match(name) is not None


def is_service(address: str) -> bool:
    """Tell whether nobody answers at an e-mail address, or somebody who knows nothing of calls."""
    return _SERVICE.match(address) is not None


def _email(page: Content) -> Finding[str] | None:
    addresses = [each for each in addresses_of(page) if not is_service(each.text)]
    if not addresses:
        return None
    best = max(addresses, key=lambda each: each.weight)
    return Finding(best.text, best.quote, best.method)


def addresses_of(page: Content) -> Iterator[Address]:
    """Yield the e-mail addresses of the main content: those that are written, then those behind links."""
    yield from _written(page.blocks)
    yield from _linked(page)


def _written(blocks: Sequence[Block]) -> Iterator[Address]:
    near, label_before = 0, False
    for block in blocks:
        folded = fold(block.text)
        asking = _asks(folded)
        near = 4 if asking and "@" not in folded else max(0, near - 1)
        labelled = label_before or _is_label(block.text.partition(":")[0])
        weight = 2 * asking + 4 * labelled + (near > 0) - 2 * ("donat" in folded)
        for address, quote in emails_in(block.text):
            yield Address(address, quote, "prose", weight + _weight(address))
        label_before = _is_label(block.text)


def _asks(folded: str) -> bool:
    return any(map(folded.__contains__, _ASKING))


def _is_label(text: str) -> bool:
    return field_of(text) in ("contact_email", "contact")


def _weight(address: str) -> int:
    return 2 * says("call", address.partition("@")[0].replace(".", " "))


def _linked(page: Content) -> Iterator[Address]:
    aside = {link for side in page.side for link in side.iter("a", "span")}
    weights: dict[HtmlElement, int] = {}
    for link in islice(page.main.iter("a", "span"), MOST_LINKS):
        address = None if link in aside else address_behind(link)
        if address:
            parent = link.getparent()
            box = link if parent is None else parent
            if box not in weights:
                weights[box] = _weight_of_box(box)
            yield Address(address, address, "link", weights[box] + _weight(address))


def _weight_of_box(box: HtmlElement) -> int:
    around = fold(" ".join(box.itertext())[:400])
    return 2 * _asks(around) - 2 * ("donat" in around)


def labelled_phones(page: Content) -> Iterator[Finding[str]]:
    """Yield the telephone numbers that labels name."""
    for pair in page.pairs:
        if pair.field == "contact_phone" or (pair.field == "contact" and pair.method != "label:heading"):
            yield from (Finding(number, number, pair.method) for number in phones_in(pair.value))


def labelled_names(page: Content) -> Iterator[Finding[str]]:
    """Yield what labels name as whom to ask, be it a person or not."""
    for pair in page.pairs:
        if pair.field == "contact":
            first = pair.value.split("\n")[0].strip(" ,;")
            name = re.split(r"[,;|]|\s[-–]\s", first)[0].strip()
            yield Finding(name, name, pair.method)
