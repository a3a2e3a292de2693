"""Who gives the money or buys."""

import re

from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding, first_of
from hoistscraper.extraction.lexicon import field_of, is_phrase
from hoistscraper.extraction.prose import paragraphs, sentences

LONGEST = 140
_NAME = (
    r"(?:The |Die |Der |Das |Le |La |L['’]|Les |El |Il |Lo |A |O |De |"
    r"Het )?(?P<name>[A-ZÀ-ÖØ-Þ][^\n.;:!?]{1,120}?)"
)
_VERBS = (
    r"(?:is (?:currently |now )?(?:accepting|inviting|seeking|offering|pleased|calling|launching|"
    r"looking|soliciting|requesting)|"
    r"are (?:currently |now )?(?:accepting|inviting|seeking|offering|pleased|launching)|"
    r"has (?:launched|announced|opened|issued|released|established)|have (?:launched|announced|opened)|"
    r"invites|invite|offers|offer|announces|announce|awards|provides|seeks|requests|solicits|launches|opens|funds|supports|"
    r"hereinafter|lance|propose|lancent|offre|octroie|finance|schreibt|vergibt|fördert|bietet|stellt|convoca|ofrece|lanza|invita|otorga|"
    r"bandisce|promuove|indice|mette|eroga|lança|oferece|abre|biedt|verstrekt|ogłasza|vyhlašuje)\b"
)
_SUBJECT = re.compile(
    rf"^(?:(?:Through|With|Under|Via|"
    rf"By) [^,.]{{3,90}}, )?{_NAME},?\s(?:\([^()]{{1,40}}\),?\s)?(?:through |via |"
    rf"with [^,]{{1,60}}, )?{_VERBS}"
)
_GIVER = re.compile(
    r"^The (?P<name>[A-Z][\w&.'-]*(?: (?:of |for |and |the )*[A-Z][\w&.'-]*){0,6}?) "
    r"(?:[Gg]rants?|[Ss]cholarships?|[Ff]ellowships?|[Ff]unding|[Aa]wards?)\b"
)
_INSTITUTION = re.compile(
    r"^(?:(?:The )?(?:Bureau|Department|Ministry|Office|University|National|Federal|European|Agency|"
    r"Institute|City|County|Council) (?:of |for )|"
    r"Minist(?:ère|erio|ero|ry)|Universi(?:tät|tà|dad|té|dade)|Bundes(?:ministerium|amt|anstalt)|"
    r"Stadt |Comune di|Regione |"
    r"Ayuntamiento|Fundación|Fondazione|Fondation|Gobierno|Ville de|Région |Conseil |Consejería|"
    r"Provincia |Gemeente )[^.:;?!]{2,90}$"
)
_ACRONYM = re.compile(r"^[^()]{3,100}\([A-Z][\w&-]{1,12}\)")
_NOT_NAMES = re.compile(
    r"^(?:this|these|we|it|our|you|your|applicants?|each|all|in|on|for|if|as|there|students?|please|to|by|with|at|"
    r"scholarships?|grants?|candidates?|cette|ce|dieses?|nous|wir|il bando|esta|este)\b",
    re.IGNORECASE,
)
_CALL_IN_NAME = re.compile(
    r"\b(?:programme?|program|scholarships?|grants?|fellowships?|call|award|awards|prize|competition|initiative|scheme|project|funding|stipendium|bando|convocatoria|bourse)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:The|Die|Der|Das|Les?|La|El|Il|Lo|De|Het)\s+")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:©\s?)?(?:copyright\s)?(?:(?:19|20)\d\d)?(?:\s?[-–]\s?(?:19|20)\d\d)?[\s,.|:-]{0,4}(?P<name>[^|.©\n]{2,90})",
    re.IGNORECASE,
)
_PLACE = re.compile(r",? [A-Z]{2},? \d{5}.*$")
_NOISE = re.compile(
    r"\s*(?:all rights reserved|alle rechte vorbehalten|tous droits réservés).*$", re.IGNORECASE
)


def organisation_of(page: Content) -> Finding[str] | None:
    """Return the funder or buyer that the page names, else whose website it is."""
    return first_of(ATTEMPTS, page)


def _declared(page: Content) -> Finding[str] | None:
    stated = page.declared.values.get("organisation")
    return Finding(stated.text, stated.text, stated.method) if stated and is_a_name(stated.text) else None


def _labelled(page: Content) -> Finding[str] | None:
    for pair in page.pairs:
        first = pair.value.split("\n")[0].strip()
        short = pair.method != "label:heading" or len(pair.blocks) == 1
        if pair.field == "organisation" and short and is_a_name(first):
            return Finding(first, first, pair.method)
    return None


def _announcing(page: Content) -> Finding[str] | None:
    """Read "The X Foundation invites ..." in the first paragraphs."""
    for block in list(paragraphs(page.blocks))[:3]:
        for sentence in sentences(block.text)[:2]:
            found = _SUBJECT.match(sentence)
            if found and (name := _named(found["name"])):
                return Finding(name, sentence[: found.end()], "prose")
    return None


def _named(text: str) -> str | None:
    name = text.strip(" ,")
    acronym = _ACRONYM.match(name)
    name = acronym.group() if acronym else name.split(",")[0]
    words = name.split()
    if not _ARTICLE.sub("", name)[:1].isupper():
        return None  # "The fund supports ..."
    if _NOT_NAMES.match(name) or not 1 <= len(words) <= 14 or _CALL_IN_NAME.search(name):
        return None
    capitals = sum(word[:1].isupper() or word[:1] == "(" for word in words)
    return name if capitals >= 0.5 * len(words) and (len(words) > 1 or name.isupper()) else None


def _site(page: Content) -> Finding[str] | None:
    for name in ("og:site_name", "application-name", "dcterms.publisher", "dc.publisher"):
        text = page.document.meta.get(name)
        if text and is_a_name(text):
            return Finding(text, text, "declared:meta")
    return None


def _named_in_call(page: Content) -> Finding[str] | None:
    """Read the name out of "The X Foundation grants program ..."."""
    for block in list(paragraphs(page.blocks))[:2]:
        found = _GIVER.match(block.text)
        if found and (name := _named(found["name"])):
            return Finding(name, found.group(), "prose")
    return None


def _own_line(page: Content) -> Finding[str] | None:
    """Read a short line of its own near the top that reads as an institution's name."""
    for block in page.blocks[:20]:
        name = _PLACE.sub("", block.text)
        if block.linked < 0.8 and _INSTITUTION.match(name) and is_a_name(name):
            return Finding(name, name, "page")
    return None


def _copyright(page: Content) -> Finding[str] | None:
    for block in reversed(page.everything[-25:]):
        found = _COPYRIGHT.search(block.text)
        if found:
            name = _NOISE.sub("", found["name"]).strip(" ,-–")
            if is_a_name(name) and name[:1].isupper():
                return Finding(name, found.group().strip(), "page")
    return None


def is_a_name(text: str) -> bool:
    """Tell whether a text may be an organisation's name: neither a sentence, nor a label, nor an address."""
    return (
        1 < len(text) <= LONGEST
        and "@" not in text
        and " : " not in text
        and not text.startswith("http")
        and not is_phrase("not_call", text)
        and field_of(text) is None
        and any(character.isalpha() for character in text)
        and not _is_sentence(text)
    )


def _is_sentence(text: str) -> bool:
    words = text.split()
    lower = sum(word[:1].islower() for word in words)
    return len(words) > 20 or (len(words) > 4 and lower > 0.6 * len(words))


ATTEMPTS = (_declared, _labelled, _announcing, _site, _named_in_call, _own_line, _copyright)
