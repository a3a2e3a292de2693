"""A page of a listing read by what was learned of it, checked against the general reader, or found again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from time import perf_counter

from hoistscraper.discovery.calls import CallList, calls_among
from hoistscraper.discovery.layout import Layout, lay_out
from hoistscraper.discovery.places import found_at, rows_at
from hoistscraper.discovery.rows import Row, RowGroup
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import remembering_lines
from hoistscraper.fetching.decoding import decode
from hoistscraper.fetching.page import JsonAnswer
from hoistscraper.reading.documents.formats import is_document
from hoistscraper.reading.native import read_answers
from hoistscraper.reading.read import READER, read_layout, read_machine_form, read_page, read_rows
from hoistscraper.reading.recipe import Recipe
from hoistscraper.reading.recipe_healing import LEAST_PROVEN, Healed, compare, heal
from hoistscraper.reading.recipe_learning import holds_titles, learn
from hoistscraper.reading.values import PageKind, Reading

_LEAST_ROWS = 3
_LEAST_OF_USUAL = 0.5
_LOST_DEADLINES = 0.3


class Way(StrEnum):
    """How a page was read."""

    RECIPE = "recipe"
    GENERAL = "general"
    REPAIRED = "repaired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Guided:
    """What a page said, how it was read, and the recipe after it.

    ``sentence`` says what became of the layout where it is not what was learned. What was ``REFUSED`` is not
    to be believed: ``reading`` is what the general reader took the page for.
    """

    reading: Reading
    way: Way
    recipe: Recipe | None
    sentence: str | None = None


@dataclass(frozen=True, eq=False)
class _Listing:
    """One reading of the page as a listing."""

    group: RowGroup
    rows: tuple[Row, ...]
    reading: Reading

    @property
    def names(self) -> list[tuple[str, str | None]]:
        return sorted(((row.title, row.url) for row in self.rows), key=str)


@remembering_lines()
def read_guided(
    content: str | bytes,
    *,
    url: str | None,
    media_type: str | None = None,
    charset: str | None = None,
    is_rendered: bool = False,
    answers: Sequence[JsonAnswer] = (),
    goes_on: bool = False,
    today: date,
    recipe: Recipe | None,
) -> Guided:
    """Read a page of a listing as :func:`read_page` does, by its website's recipe where that holds.

    The recipe only says where to look. It is compared with the general reader until it is in use, each few
    pages after that, and whenever what it finds is not as usual. Where they differ, and the rows that are
    known do not prove one of them right, a page that seems to be another listing is refused.
    """
    if isinstance(content, bytes) and is_document(content):
        return Guided(read_page(content, url=url, today=today), Way.GENERAL, recipe)
    started = perf_counter()
    text = decode(content, declared=charset) if isinstance(content, bytes) else content
    if told := read_machine_form(text, url, media_type, today, goes_on=goes_on):
        guided = Guided(told, Way.GENERAL, recipe)
    else:
        layout = lay_out(parse(text, url))
        guided = _Page(layout, text, today, is_rendered=is_rendered, goes_on=goes_on).read(recipe)
        if answers and guided.reading.kind is PageKind.OTHER:
            guided = replace(guided, reading=read_answers(answers, url=url, today=today) or guided.reading)
    elapsed_ms = round((perf_counter() - started) * 1000, 2)
    return replace(guided, reading=replace(guided.reading, elapsed_ms=elapsed_ms))


class _Page:
    def __init__(self, layout: Layout, source: str, today: date, *, is_rendered: bool, goes_on: bool) -> None:
        self._layout = layout
        self._source = source
        self._today = today
        self._is_rendered = is_rendered
        self._goes_on = goes_on

    def read(self, recipe: Recipe | None) -> Guided:
        if recipe is None:
            return self._general(None)
        if not recipe.is_in_use:
            return self._confirmed(recipe)
        by_recipe = self._listing(rows_at(recipe.place, self._layout))
        if by_recipe is None or recipe.is_look_due or not self._is_as_usual(by_recipe, recipe):
            return self._compared(recipe, by_recipe)
        return Guided(by_recipe.reading, Way.RECIPE, recipe.used(by_recipe.reading.items))

    def _is_as_usual(self, listing: _Listing, recipe: Recipe) -> bool:
        items = listing.reading.items
        usual = 0 if self._goes_on else _LEAST_OF_USUAL * recipe.rows
        if len(items) < max(_LEAST_ROWS, usual) or not holds_titles(recipe, listing.rows):
            return False
        deadline = recipe.fields.get("deadline")
        dated = sum(item.deadline is not None for item in items) / len(items)
        if deadline is not None and dated < deadline.share - _LOST_DEADLINES:
            return False
        return not compare(items, recipe.remembered).is_swapped

    def _general(self, recipe: Recipe | None) -> Guided:
        """Read without a recipe, and learn one where the page is a listing."""
        reading, calls = self._read_generally()
        if calls is None or not reading.items:
            return Guided(reading, Way.GENERAL, recipe)
        return Guided(reading, Way.GENERAL, self._learned(_Listing(calls.group, calls.rows, reading)))

    def _confirmed(self, recipe: Recipe) -> Guided:
        """Read generally, and see whether the recipe would have read the same."""
        reading, calls = self._read_generally()
        if calls is None or not reading.items:
            return Guided(reading, Way.GENERAL, recipe)
        general = _Listing(calls.group, calls.rows, reading)
        by_recipe = self._listing(rows_at(recipe.place, self._layout))
        if by_recipe is not None and by_recipe.names == general.names:
            return Guided(reading, Way.GENERAL, recipe.agreed(reading.items))
        learned = self._learned(general)
        if self._goes_on and len(general.rows) < _LEAST_ROWS:
            return Guided(reading, Way.GENERAL, recipe)  # too little to tell
        return Guided(reading, Way.GENERAL, learned)

    def _compared(self, recipe: Recipe, by_recipe: _Listing | None) -> Guided:
        """Read generally, too, and decide between the two by what is known."""
        reading, calls = self._read_generally()
        general = _Listing(calls.group, calls.rows, reading) if calls and reading.items else None
        found = (each.reading.items for each in (by_recipe, general) if each is not None)
        if any(compare(items, recipe.remembered).is_swapped for items in found):
            return Guided(reading, Way.REFUSED, recipe, _SWAPPED)
        if by_recipe and general and by_recipe.names == general.names:
            return Guided(reading, Way.GENERAL, recipe.agreed(reading.items))
        return (
            (self._proven(recipe, general) if general else None)
            or self._found_again(recipe, by_recipe)
            or (self._named(recipe, general) if general else None)
            or self._undecided(recipe, reading, general)
        )

    def _proven(self, recipe: Recipe, general: _Listing) -> Guided | None:
        """Take what the general reader found, where these are the known calls."""
        proof = compare(general.reading.items, recipe.remembered)
        if not proof.suffices(len(recipe.remembered)):
            return None
        if self._stands_alike(recipe, general):
            return Guided(general.reading, Way.GENERAL, recipe.agreed(general.reading.items))
        return self._repaired(general, recipe, _MOVED.format(proof.proven))

    def _found_again(self, recipe: Recipe, by_recipe: _Listing | None) -> Guided | None:
        """Look for the known calls anywhere on the page."""
        healed = heal(self._layout, recipe.remembered, today=self._today)
        if healed is not None:
            return self._repaired(self._healed(healed), recipe, _FOUND_AGAIN.format(healed.proof.proven))
        if by_recipe and _are_known(by_recipe.reading.items, recipe):
            return Guided(by_recipe.reading, Way.RECIPE, recipe.used(by_recipe.reading.items))
        return None

    def _named(self, recipe: Recipe, general: _Listing) -> Guided | None:
        """Take what the general reader found, where the known calls stand there, but say less."""
        proof = compare(general.reading.items, recipe.remembered)
        if not proof.suffices_by_name(len(recipe.remembered)):
            return None
        return self._repaired(general, recipe, _SAYS_LESS.format(proof.named))

    def _undecided(self, recipe: Recipe, reading: Reading, general: _Listing | None) -> Guided:
        if len(recipe.remembered) < LEAST_PROVEN:
            learned = recipe if general is None else self._learned(general)
            return Guided(reading, Way.GENERAL, learned)
        proof = compare(reading.items, recipe.remembered)
        remembered = len(recipe.remembered)
        if general is None and (proof.suffices(remembered) or proof.suffices_by_name(remembered)):
            return Guided(reading, Way.GENERAL, recipe)  # told for machines, and the same
        is_of_one_call = reading.opportunity is not None and not self._goes_on
        if general is None and not reading.items and not is_of_one_call:
            return Guided(reading, Way.GENERAL, recipe)  # nothing is taken from it anyhow
        if general and self._goes_on and len(general.rows) < _LEAST_ROWS:
            return Guided(reading, Way.GENERAL, recipe)
        return Guided(reading, Way.REFUSED, recipe, _UNKNOWN)

    def _stands_alike(self, recipe: Recipe, general: _Listing) -> bool:
        """Tell whether the general reader took rows at the recipe's place or at one much like it."""
        found = found_at(recipe.place, self._layout)
        if found is None or found.rank != 0:
            return False
        nodes = {row.node for row in found.group.rows}
        return 2 * sum(row.node in nodes for row in general.rows) > len(general.rows)

    def _repaired(self, listing: _Listing, recipe: Recipe, sentence: str) -> Guided:
        # What other pages of the listing said stays known; the new place has the trust of the old one.
        learned = replace(self._learned(listing), readings=recipe.readings, remembered=recipe.remembered)
        return Guided(listing.reading, Way.REPAIRED, learned.after(listing.reading.items), sentence)

    def _read_generally(self) -> tuple[Reading, CallList | None]:
        return read_layout(
            self._layout, self._source, self._today, is_rendered=self._is_rendered, goes_on=self._goes_on
        )

    def _listing(self, group: RowGroup | None) -> _Listing | None:
        rows = calls_among(group.rows) if group is not None else ()
        if group is None or not rows:
            return None
        return _Listing(group, rows, self._rows(group, rows))

    def _healed(self, healed: Healed) -> _Listing:
        return _Listing(healed.group, healed.rows, self._rows(healed.group, healed.rows))

    def _rows(self, group: RowGroup, rows: tuple[Row, ...]) -> Reading:
        return read_rows(self._layout, rows, self._today, left_out=group.left_out)

    def _learned(self, listing: _Listing) -> Recipe:
        return learn(
            listing.group,
            listing.rows,
            listing.reading.items,
            self._layout.document,
            next_page=listing.reading.next_page,
            reader=READER,
        )


def _are_known(items: Sequence[Candidate], recipe: Recipe) -> bool:
    """Tell whether a short list is nothing but rows that are known, unchanged."""
    proof = compare(items, recipe.remembered)
    return 0 < proof.rows == proof.proven


_MOVED = "The layout of the listing has changed; {} of its calls read as before, so it was learned anew."
_FOUND_AGAIN = (
    "The layout of the listing has changed, and its calls were found again by what is known of them: "
    "{} read as before."
)
_SAYS_LESS = (
    "The layout of the listing has changed, and it states less: {} of its calls are known by name and "
    "address."
)
_SWAPPED = (
    "The deadlines of known calls read with day and month the other way round: how dates are written here "
    "has changed."
)
_UNKNOWN = (
    "The layout of the listing has changed, and too few of its calls are known to tell where they stand now."
)
