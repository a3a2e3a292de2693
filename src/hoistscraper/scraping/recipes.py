"""The recipe of a website on one visit: it is tried first, watched, and what it learned is handed on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from hoistscraper.errors import Unavailable
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.page import Page
from hoistscraper.reading.by_recipe import Guided, Way, read_guided
from hoistscraper.reading.read import read_page
from hoistscraper.reading.recipe import Recipe
from hoistscraper.reading.values import Reading
from hoistscraper.scraping.recipe_state import RecipeVisit
from hoistscraper.scraping.report import Journal


class LayoutChanged(FetchError, Unavailable):
    """The listing looks different, and its calls could not be found again with certainty."""

    kind: ClassVar[str] = "layout-changed"


@dataclass(slots=True)
class Recipes:
    """Reads the listing pages of one visit. Where nothing is to be learned, ``is_on`` is false."""

    journal: Journal
    recipe: Recipe | None = None
    is_on: bool = False
    _ways: list[Way] = field(default_factory=list)

    def read(self, page: Page, *, goes_on: bool, at: datetime) -> Reading:
        """Read a page of the listing; ``goes_on``: a page before said that the listing goes on here.

        :raises LayoutChanged: it looks like another listing, and nothing on it is to be believed.
        """
        if not self.is_on:
            return read_plainly(page, goes_on=goes_on, at=at)
        guided = read_guided(
            page.content,
            url=page.final_url,
            media_type=page.media_type,
            charset=page.charset,
            is_rendered=page.is_rendered,
            answers=page.answers,
            goes_on=goes_on,
            today=at.date(),
            recipe=self.recipe,
        )
        self._tell(guided, page.url)
        if guided.way is Way.REFUSED:
            raise LayoutChanged(f"{guided.sentence} Nothing was taken from it.", url=page.url)
        self.recipe = guided.recipe
        return guided.reading

    def _tell(self, guided: Guided, url: str) -> None:
        self._ways.append(guided.way)
        if guided.way is Way.REPAIRED and guided.sentence:
            self.journal.note(guided.sentence, url)

    def learned(self) -> RecipeVisit:
        """Return what the visit came to."""
        return RecipeVisit(
            recipe=self.recipe,
            by_recipe=self._ways.count(Way.RECIPE),
            by_general=len(self._ways) - self._ways.count(Way.RECIPE),
            repaired=self._ways.count(Way.REPAIRED),
            refused=self._ways.count(Way.REFUSED),
        )


def read_plainly(page: Page, *, goes_on: bool, at: datetime) -> Reading:
    """Read a page without a recipe."""
    return read_page(
        page.content,
        url=page.final_url,
        media_type=page.media_type,
        charset=page.charset,
        is_rendered=page.is_rendered,
        answers=page.answers,
        goes_on=goes_on,
        today=at.date(),
    )
