"""Whom to ask: e-mail addresses (plain, linked or disguised), telephone numbers, names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.html import HtmlElement

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.lexicon import field_of, says

LONGEST_NAME = 60
_LOCAL = r"[A-Za-z0-9](?:[\w.+'-]{0,62}[\w+-])?"
_EMAIL = re.compile(rf"(?<![\w.+-]){_LOCAL}@(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}[A-Za-z]{{2,24}}(?![\w@-])")
_AT = r"\s{0,2}(?:[\[({<]\s{0,2}(?:at|@|arobase|ät|arroba|chiocciola)\s{0,2}[\])}>]|\s@\s)\s{0,2}"
_DOT = r"(?:\.|\s{0,2}[\[({<]\s{0,2}(?:dot|\.|point|punkt|punto)\s{0,2}[\])}>]\s{0,2}|\sdot\s)"
_DISGUISED = re.compile(
    rf"(?<![\w.+-])({_LOCAL})(?:{_AT}|\sat\s)([A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{0,4}}{_DOT}[A-Za-z]{{2,12}})(?![\w@])",
    re.IGNORECASE,
)
_PLAIN_AT = re.compile(
    rf"(?<![\w.+-])({_LOCAL})\sat\s((?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:org|com|net|edu|gov|eu|int|info|[a-z]{{2}}))(?![\w@.-])"
)
_SPELLED_END = re.compile(
    r"(?:\sdot\s|\s\.\s)(?:org|com|net|edu|gov|int|info|eu|de|fr|uk|ie|ch|nl|ca|au|za|example)$",
    re.IGNORECASE,
)
# What every disguise but the plain "name at host.org" holds; looked for first, because prose is full of "at".
_DISGUISE = re.compile(rf"{_AT}|\sdot\s|\s\.\s", re.IGNORECASE)
_MAYBE = re.compile(r"@|\bat\b|arobase|arroba|chiocciola|ät\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d\s().\-/]{6,20}\d(?![\w/])")
_ASKING = re.compile(
    r"contact|question|enquir|inquir|information|kontakt|ruckfrage|renseignement|contatt|contato|informacion|correo|apply|submit"
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
class _Address:
    text: str
    quote: str
    block: Block | None
    weight: int


def contact_of(page: Content) -> Contact:
    """Return the address, telephone number and name of the call's contact."""
    return Contact(_email(page), _phone(page), _name(page))


def emails_in(text: str) -> list[tuple[str, str]]:
    """Return the e-mail addresses in a text as (address, quote), the disguised ones spelled out."""
    if _MAYBE.search(text) is None:
        return []
    plain = [(found.group(), found.group()) for found in _EMAIL.finditer(text)]
    if plain:
        return plain
    return [
        (f"{found[1]}@{re.sub(_DOT, '.', found[2], flags=re.IGNORECASE)}", found.group())
        for found in (*_bracketed(text), *_PLAIN_AT.finditer(text))
    ]


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


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    if _DISGUISE.search(text) is None:
        return
    for found in _DISGUISED.finditer(text):
        # "look at the dot on ..." is no address: without brackets the end must be one that addresses have
        if re.search(r"[\[({<@]", found.group()) or _SPELLED_END.search(found.group()):
            yield found


def unveiled(code: str) -> str | None:
    """Decode the hexadecimal disguise in which each byte is combined with the first one."""
    try:
        key, *rest = bytes.fromhex(code)
        text = bytes(byte ^ key for byte in rest).decode()
    except ValueError:
        return None
    return text if _EMAIL.fullmatch(text) else None


def _email(page: Content) -> Finding[str] | None:
    addresses = [each for each in (*_written(page.blocks), *_linked(page)) if not is_service(each.text)]
    if not addresses:
        return None
    best = max(addresses, key=lambda each: each.weight)
    return Finding(best.text, best.quote, "link" if best.block is None else "prose")


def _written(blocks: Sequence[Block]) -> Iterator[_Address]:
    near, label_before = 0, False
    for block in blocks:
        folded = fold(block.text)
        asking = _ASKING.search(folded) is not None
        near = 4 if asking and "@" not in folded else max(0, near - 1)
        labelled = label_before or _is_label(block.text.partition(":")[0])
        for address, quote in emails_in(block.text):
            weight = 2 * asking + 4 * labelled + (near > 0)
            yield _Address(address, quote, block, weight + _weight(address, folded))
        label_before = _is_label(block.text)


def _is_label(text: str) -> bool:
    return field_of(text) in ("contact_email", "contact")


def _weight(address: str, around: str) -> int:
    return 2 * says("call", address.partition("@")[0].replace(".", " ")) - 2 * ("donat" in around)


def _linked(page: Content) -> Iterator[_Address]:
    for link in page.main.iter("a", "span"):
        if any(parent in page.side for parent in (link, *link.iterancestors())):
            continue
        address = _address_behind(link)
        if address:
            around = fold(
                " ".join((link.getparent() if link.getparent() is not None else link).itertext())[:400]
            )
            asking = _ASKING.search(around) is not None
            yield _Address(address, address, None, 2 * asking + _weight(address, around))


def _address_behind(link: HtmlElement) -> str | None:
    href = link.get("href") or ""
    if href.lower().startswith("mailto:"):
        found = _EMAIL.search(unquote(href[7:]))
        return found.group() if found else None
    code = link.get("data-cfemail") or (
        href.rpartition("email-protection#")[2] if "email-protection#" in href else ""
    )
    return unveiled(code) if code else None


def _phone(page: Content) -> Finding[str] | None:
    for pair in page.pairs:
        if pair.field == "contact_phone" or (pair.field == "contact" and pair.method != "label:heading"):
            found = phones_in(pair.value)
            if found:
                return Finding(found[0], found[0], pair.method)
    return None


def _name(page: Content) -> Finding[str] | None:
    for pair in page.pairs:
        if pair.field == "contact":
            first = pair.value.split("\n")[0].strip(" ,;")
            name = re.split(r"[,;|]|\s[-–]\s", first)[0].strip()
            if is_person(name):
                return Finding(name, name, pair.method)
    return None
