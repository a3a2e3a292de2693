"""Sitemaps and indexes of sitemaps (sitemaps.org): the addresses a website offers to be visited."""

import re
from dataclasses import dataclass

from lxml import etree

from hoistscraper.discovery.feeds import xml_root
from hoistscraper.extraction.xml_names import local_name

_OPENING = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HEAD_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page that a sitemap names; ``last_modified`` is written as the sitemap writes it."""

    url: str
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap names, and the sitemaps that an index of sitemaps names."""

    pages: tuple[SitemapPage, ...] = ()
    sitemaps: tuple[str, ...] = ()


def is_sitemap(text: str) -> bool:
    """Tell whether a text is a sitemap or an index of sitemaps."""
    return _OPENING.search(text[:_HEAD_CHARACTERS]) is not None


def read_sitemap(text: str) -> Sitemap | None:
    """Read a sitemap as far as it can be read, or ``None`` where it is none."""
    root = xml_root(text)
    if root is None or not is_sitemap(text):
        return None
    pages, sitemaps = [], []
    for node in root.iterchildren(etree.Element):
        address = _text(node, "loc")
        if not address or not address.startswith(("http://", "https://")):
            continue
        if local_name(node) == "sitemap":
            sitemaps.append(address)
        else:
            pages.append(SitemapPage(address, _text(node, "lastmod")))
    return Sitemap(tuple(pages), tuple(sitemaps))


def _text(node: etree._Element, name: str) -> str | None:
    found = (child for child in node.iterchildren(etree.Element) if local_name(child) == name)
    return next(((child.text or "").strip() or None for child in found), None)
