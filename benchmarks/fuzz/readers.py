"""What reads texts that strangers wrote, each as a function of one text."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from benchmarks.recipes.healing import learned
from benchmarks.recipes.pages import Style, invent, page, randomness
from hoistscraper.discovery.feeds import read_feed
from hoistscraper.discovery.sitemaps import read_sitemap
from hoistscraper.extraction.dates import DateContext, find_moments
from hoistscraper.extraction.emails import emails_in, unveiled
from hoistscraper.extraction.money import find_amounts
from hoistscraper.reading.by_recipe import read_guided
from hoistscraper.reading.read import read_linked, read_page

TODAY = date(2031, 1, 10)
_URL = "https://calls.example.org/calls"
_RANDOM = randomness(1)
_RECIPE = learned(page(Style("cards"), invent(_RANDOM, 8), _RANDOM))


def _listing(text: str) -> object:
    return read_page(text, url=_URL, today=TODAY)


def _linked(text: str) -> object:
    return read_linked(text, url=_URL, today=TODAY)


def _guided(text: str) -> object:
    return read_guided(text, url=_URL, today=TODAY, recipe=_RECIPE)


def _bytes(text: str) -> object:
    return read_page(text.encode("utf-8", "surrogatepass"), url=_URL, today=TODAY)


def _dates(text: str) -> object:
    return find_moments(text, DateContext(language="en", today=TODAY))


def _amounts(text: str) -> object:
    return find_amounts(text, currency_hint="EUR")


READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "page": _listing,
        "linked page": _linked,
        "page by a recipe": _guided,
        "page as bytes": _bytes,
        "dates": _dates,
        "amounts": _amounts,
        "e-mail addresses": emails_in,
        "veiled addresses": unveiled,
        "feed": read_feed,
        "sitemap": read_sitemap,
    }
)
