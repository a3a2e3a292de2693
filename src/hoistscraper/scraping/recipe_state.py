"""What is known of a website's recipe before a visit, and what the visit came to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from hoistscraper.reading.call_pages import CallPages
from hoistscraper.reading.recipe import Recipe
from hoistscraper.scraping.lacking import Lack, Lacks
from hoistscraper.scraping.settling import LEAST_TIME, LEAST_VISITS


@dataclass(frozen=True, slots=True)
class KnownCallPages:
    """What earlier visits learned of the pages of calls, and the calls whose pages lack something."""

    learned: CallPages = field(default_factory=CallPages)
    lacks: Mapping[str, Lack] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class LearnedCallPages:
    """What is known of the pages of calls after a visit that read so many ``pages``.

    ``notes`` say what stands elsewhere now and was learned anew; of ``refused`` fields nothing was believed.
    """

    learned: CallPages
    lacks: Lacks
    pages: int = 0
    notes: Sequence[str] = ()
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecipe:
    """What earlier visits left. ``refusals`` in a row since ``refused_since`` could not read the listing."""

    recipe: Recipe | None = None
    calls: KnownCallPages = field(default_factory=KnownCallPages)
    learned_at: datetime | None = None
    refusals: int = 0
    refused_since: datetime | None = None

    def at_visit(self, at: datetime, *, accepted_at: datetime | None) -> Recipe | None:
        """Return the recipe to begin a visit with.

        It is given up where a person took the website as it is since, or where its layout has stayed
        different for days: then it really is another one.
        """
        if self._was_accepted(accepted_at):
            return None
        return None if self._has_settled(at) else self.recipe

    def calls_at_visit(self, *, accepted_at: datetime | None) -> KnownCallPages:
        """Return what to hold the pages of calls against; nothing where a person took them as they are."""
        return KnownCallPages() if self._was_accepted(accepted_at) else self.calls

    def _was_accepted(self, accepted_at: datetime | None) -> bool:
        return accepted_at is not None and (self.learned_at is None or self.learned_at < accepted_at)

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
