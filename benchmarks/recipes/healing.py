"""Learned websites whose layout changes: what is read of them afterwards, against what is true."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from benchmarks.recipes.pages import (
    CHANGES,
    FIRST_DAY,
    LAYOUTS,
    Call,
    Change,
    Style,
    invent,
    page,
    randomness,
)
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.reading.by_recipe import Guided, Way, read_guided
from hoistscraper.reading.read import READER, read_page
from hoistscraper.reading.recipe import LEAST_READINGS, Recipe, as_json, from_json
from hoistscraper.reading.values import Reading

URL = "https://calls.example.org/calls"
_NEW, _GONE = 2, 1  # calls that come and go at the same time


class Ending(StrEnum):
    """What became of a page."""

    RIGHT = "right"  # every call with its deadline
    PARTLY = "partly"  # some calls or deadlines are missing, and nothing is wrong
    NOTHING = "nothing"  # nothing was kept
    WRONG = "wrong"  # something was kept that the page does not say


@dataclass(slots=True)
class Tally:
    """How the pages of one change ended, with recipes and without, and in which way they were read."""

    name: str
    guided: Counter[Ending] = field(default_factory=Counter)
    general: Counter[Ending] = field(default_factory=Counter)
    ways: Counter[Way] = field(default_factory=Counter)


def measure(seed: int, websites: int) -> list[Tally]:
    """Rebuild so many websites of each layout in each way."""
    return [_of_change(change, seed, websites) for change in CHANGES]


def _of_change(change: Change, seed: int, websites: int) -> Tally:
    tally = Tally(change.name)
    for layout in LAYOUTS:
        for number in range(websites):
            random_ = randomness(f"{seed} {layout} {number}")
            _one(change, Style(layout), random_, tally)
    return tally


def _one(change: Change, style: Style, random_: random.Random, tally: Tally) -> None:
    calls = invent(random_, random_.randrange(6, 25))
    recipe = learned(page(style, calls, random_))
    new = invent(random_, _NEW, first=300, kind=calls[0].title.split(" ")[0])
    truth = list(change.keeps([*new, *calls[_GONE:]]))
    content = page(change.restyle(style), truth, random_)
    guided = read_guided(content, url=URL, today=FIRST_DAY, recipe=recipe)
    tally.guided[ending(kept(guided), guided.reading, truth, is_refused=guided.way is Way.REFUSED)] += 1
    tally.ways[guided.way] += 1
    general = read_page(content, url=URL, today=FIRST_DAY)
    tally.general[ending(general.items, general, truth, is_refused=False)] += 1


def learned(content: str) -> Recipe | None:
    """Return what several visits to a page teach, if it is a listing."""
    recipe: Recipe | None = None
    for _ in range(LEAST_READINGS):
        recipe = read_guided(content, url=URL, today=FIRST_DAY, recipe=recipe).recipe
        # As it comes back from the database.
        recipe = from_json(as_json(recipe), reader=READER) if recipe else None
    return recipe


def kept(guided: Guided) -> Sequence[Candidate]:
    """Return the rows that a visit would keep."""
    return () if guided.way is Way.REFUSED else guided.reading.items


def ending(
    items: Sequence[Candidate], reading: Reading, truth: Sequence[Call], *, is_refused: bool
) -> Ending:
    """Compare what is kept with what is true of the page."""
    if reading.opportunity is not None and not is_refused:
        return Ending.WRONG  # the page of many calls, taken for that of one
    true = {(call.title, call.url): call.deadline for call in truth}
    if not all(_is_true(item, true) for item in items):
        return Ending.WRONG
    if not items:
        return Ending.NOTHING
    dated = sum(item.deadline is not None for item in items)
    return Ending.RIGHT if len(items) == dated == len(truth) else Ending.PARTLY


def _is_true(item: Candidate, true: dict[tuple[str, str], date]) -> bool:
    deadline = true.get((item.title or "", item.url or ""))
    return deadline is not None and (item.deadline is None or item.deadline.date == deadline)


def as_table(tallies: Sequence[Tally]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "| what changed | pages | right | partly | nothing kept | wrong | right, wrong without recipes |",
        "|---|---|---|---|---|---|---|",
    ]
    whole = Tally("all")
    for tally in tallies:
        lines.append(_line(tally))
        whole.guided += tally.guided
        whole.general += tally.general
    return "\n".join([*lines, _line(whole)])


def _line(tally: Tally) -> str:
    counts = [tally.guided[each] for each in Ending]
    without = f"{tally.general[Ending.RIGHT]}, {tally.general[Ending.WRONG]}"
    cells = [tally.name, tally.guided.total(), *counts, without]
    return "| " + " | ".join(map(str, cells)) + " |"
