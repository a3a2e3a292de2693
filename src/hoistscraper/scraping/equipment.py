"""What everybody who is on one visit carries."""

from dataclasses import dataclass
from datetime import datetime

from hoistscraper.fetching.http import Fetcher
from hoistscraper.scraping.keeper import Keeper
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.recipes import Recipes
from hoistscraper.scraping.rendering import Rendering
from hoistscraper.scraping.report import Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """How pages are had, by which recipes listings are read, what is known, where finds go, and when it is.

    What was confirmed before ``verified_before`` is due to be confirmed again.
    """

    fetcher: Fetcher
    rendering: Rendering
    memory: Memory
    keeper: Keeper
    journal: Journal
    recipes: Recipes
    verified_before: datetime
    now: datetime
