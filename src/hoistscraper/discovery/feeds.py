"""RSS 0.9x, 1.0 and 2.0 and Atom: what each entry is named, where it leads and what it says."""

import re
from dataclasses import dataclass

from lxml import etree

from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import lines, squeeze
from hoistscraper.extraction.xml_names import local_name, namespace_of

_ROOTS = frozenset(["rss", "rdf", "feed"])
_OPENING = re.compile(r"<(?:\w+:)?(rss|rdf|feed)[\s>]", re.IGNORECASE)
_HEAD_CHARACTERS = 3_000
_MOST_ENTRIES = 5_000
_TAGGED = re.compile(r"<[a-zA-Z/!]")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; ``published`` is a date as the feed writes it, ``lines`` its visible text."""

    title: str
    url: str | None
    published: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries in the feed's order; ``left_out`` is how many are too many to be read."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    left_out: int = 0


def is_feed(text: str, media_type: str | None = None) -> bool:
    """Tell whether a text is a feed: its first element says so."""
    head = text[:_HEAD_CHARACTERS].lstrip("\ufeff \r\n\t")
    if not head.startswith("<") or "<html" in head.lower():
        return False
    declared = (media_type or "").endswith(("rss+xml", "atom+xml"))
    return declared or _OPENING.search(head) is not None


def read_feed(text: str) -> Feed | None:
    """Read a feed as far as it can be read; broken XML is mended. ``None`` where it is none."""
    root = xml_root(text)
    if root is None or _name(root) not in _ROOTS:
        return None
    entries = [node for node in root.iter(etree.Element) if _name(node) in ("item", "entry")]
    read = (_entry(node) for node in entries[:_MOST_ENTRIES])
    channel = next((node for node in root.iter(etree.Element) if _name(node) == "channel"), root)
    kept = tuple(entry for entry in read if entry is not None)
    return Feed(_child_text(channel, "title"), kept, left_out=max(0, len(entries) - _MOST_ENTRIES))


def xml_root(text: str) -> etree._Element | None:
    """Parse XML with entities, outside definitions and the network off; what is broken is mended."""
    bare = _DECLARATION.sub("", text.lstrip("\ufeff \r\n\t"), count=1)
    strict = _parsed(bare, recover=False)
    return strict if strict is not None else _parsed(_BARE_AMPERSAND.sub("&amp;", bare), recover=True)


def _parsed(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _entry(node: etree._Element) -> FeedEntry | None:
    told = next(
        (
            text
            for name in ("encoded", "content", "description", "summary")
            if (text := _child_text(node, name))
        ),
        "",
    )
    title = " ".join(_visible(_child_text(node, "title") or ""))
    written = _visible(told)
    if not title:
        title = written[0][:200] if written else ""
    if not title:
        return None
    published = next(
        (
            text
            for name in ("pubdate", "published", "date", "issued", "updated")
            if (text := _child_text(node, name))
        ),
        None,
    )
    return FeedEntry(title, _link(node), published, tuple(written))


def _link(node: etree._Element) -> str | None:
    guid = None
    for child in node.iterchildren(etree.Element):
        name = _name(child)
        if name == "link" and child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address:
                return address
        if name in ("guid", "id") and (child.text or "").strip().startswith("http"):
            guid = (child.text or "").strip()
    return guid


def _child_text(node: etree._Element, name: str) -> str | None:
    """Return the text of a child, whatever its name space; pictures' titles are not the entry's."""
    for child in node.iterchildren(etree.Element):
        if _name(child) == name and "media" not in namespace_of(child) + (child.prefix or ""):
            return "".join(map(str, child.itertext())).strip() or None
    return None


def _visible(told: str) -> list[str]:
    if "<" not in told and "&" not in told:
        return [line for raw in told.splitlines() if (line := squeeze(raw))]
    return [*lines(parse(told).root)] if _TAGGED.search(told) or "&" in told else [squeeze(told)]


def _name(node: etree._Element) -> str:
    return local_name(node).lower()
