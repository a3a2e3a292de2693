"""What is known of a website's recipe before a visit, and what the visit came to. Pure."""

from dataclasses import dataclass
from datetime import datetime

from hoistscraper.reading.recipe import Recipe
from hoistscraper.scraping.settling import LEAST_TIME, LEAST_VISITS


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecipe:
    """What earlier visits left. ``refusals`` in a row since ``refused_since`` could not read the listing."""

    recipe: Recipe | None = None
    learned_at: datetime | None = None
    refusals: int = 0
    refused_since: datetime | None = None

    def at_visit(self, at: datetime, *, accepted_at: datetime | None) -> Recipe | None:
        """Return the recipe to begin a visit with.

        It is given up where a person took the website as it is since, or where its layout has stayed
        different for days: then it really is another one.
        """
        if accepted_at and (self.learned_at is None or self.learned_at < accepted_at):
            return None
        return None if self._has_settled(at) else self.recipe

    def _has_settled(self, at: datetime) -> bool:
        since = self.refused_since
        return self.refusals >= LEAST_VISITS and since is not None and at - since >= LEAST_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeVisit:
    """What a visit came to: the recipe after it, how its pages were read, and what became of repairs."""

    recipe: Recipe | None = None
    by_recipe: int = 0
    by_general: int = 0
    repaired: int = 0
    refused: int = 0
