"""How much of the processor a listing page takes with a recipe, against without one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.recipes.healing import URL, learned
from benchmarks.recipes.pages import FIRST_DAY, LAYOUTS, Style, invent, page, randomness
from benchmarks.scrape.figures import Figure
from hoistscraper.reading.by_recipe import Way, read_guided
from hoistscraper.reading.read import read_page
from hoistscraper.reading.recipe import Recipe

_SIZES = (20, 200)
_ROUNDS = 9


def measure(seed: int, folder: Path | None) -> list[Figure]:
    """Measure invented pages, and those of a folder that are listings."""
    figures = []
    for size in _SIZES:
        contents = []
        for layout in LAYOUTS:
            random_ = randomness(f"{seed} {layout}")
            contents.append(page(Style(layout), invent(random_, size), random_))
        figures += _compare(f"listings of {size} calls", contents)
    if folder is not None:
        files = sorted(folder.rglob("*.html"))
        figures += _compare("pages of the folder", [file.read_text("utf-8", "replace") for file in files])
    return figures


def _compare(name: str, contents: list[str]) -> list[Figure]:
    with_recipe, without = 0.0, 0.0
    pages = 0
    for content in contents:
        recipe = learned(content)
        if recipe is None or not _is_read_by(recipe, content):
            continue
        pages += 1
        seconds = _by_turns(
            partial(read_guided, content, url=URL, today=FIRST_DAY, recipe=recipe),
            partial(read_page, content, url=URL, today=FIRST_DAY),
        )
        with_recipe += seconds[0]
        without += seconds[1]
    if not pages:
        return [Figure(of=name, name="pages read by a recipe", value=0)]
    return [
        Figure(of=name, name="pages read by a recipe", value=pages),
        Figure(of=name, name="CPU of a page, with a recipe", value=with_recipe / pages, unit="s"),
        Figure(of=name, name="CPU of a page, without", value=without / pages, unit="s"),
        Figure(of=name, name="with against without", value=with_recipe / without, unit="x", budget=0.9),
    ]


def _is_read_by(recipe: Recipe, content: str) -> bool:
    return read_guided(content, url=URL, today=FIRST_DAY, recipe=recipe).way is Way.RECIPE


def _by_turns(*ways: Callable[[], object]) -> list[float]:
    """Return the median time of each way; what happens around hits them all alike."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(_ROUNDS):
        for way, seconds in zip(ways, taken, strict=True):
            started = process_time()
            way()
            seconds.append(process_time() - started)
    return [median(seconds) for seconds in taken]
