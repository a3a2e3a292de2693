"""``python -m benchmarks.webapp``: weigh, measure, print; exit 1 when a budget is missed.

``--data-dir`` names a folder that is filled, to operate the list over; nobody else may use it meanwhile.
``--screenshots`` takes pictures of every page instead.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

from playwright.async_api import Browser

from benchmarks.scrape.figures import Figure, as_json, as_table
from benchmarks.webapp.browsers import browser_program, opened_browser
from benchmarks.webapp.lighthouse import LEAST_SCORE, scores
from benchmarks.webapp.operating import operated
from benchmarks.webapp.pages import pages_of
from benchmarks.webapp.painting import LOCAL, SLOW, Line, Painted, painted
from benchmarks.webapp.screenshots import take_all
from benchmarks.webapp.serving import filled, sample
from benchmarks.webapp.states import HOST
from benchmarks.webapp.weight import SCRIPT_BUDGET_BYTES, weights

ROUNDS = 3
PICTURES = Path("docs/screenshots")
_BUDGETS = {LOCAL: (300, 600), SLOW: (1_400, 3_000)}
"""Milliseconds to the first paint, and to what a page is for."""


def main() -> int:
    """Measure everything in one run; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.webapp", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="how often each page is opened (%(default)s)"
    )
    parser.add_argument("--weight", action="store_true", help="only weigh what pages load")
    parser.add_argument("--data-dir", type=Path, help="only operate the list, over this filled folder")
    parser.add_argument(
        "--screenshots", type=Path, nargs="?", const=PICTURES, help="take pictures into a folder"
    )
    parser.add_argument("--lighthouse", nargs="*", metavar="PAGE", help="only ask Lighthouse (all pages)")
    options = parser.parse_args()
    if options.screenshots:
        asyncio.run(_picture(options.screenshots))
        return 0
    if options.lighthouse is not None:
        figures = list(_score(options.lighthouse))
    elif options.weight:
        figures = list(_weights())
    elif options.data_dir:
        figures = asyncio.run(_operate(options.data_dir))
    else:
        figures = [*_weights(), *asyncio.run(_paint(options.rounds))]
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


def _score(names: list[str]) -> Iterator[Figure]:
    with sample() as origin:
        for name, path in pages_of(origin).items():
            if not names or name in names:
                told = scores(f"{origin}{path}", browser_program())
                # Many minutes for all pages: each is told as it comes.
                print(name, dict(told), file=sys.stderr, flush=True)
                for category, score in told.items():
                    yield Figure(of=name, name=category, value=score, budget=LEAST_SCORE, rule="at least")


def _weights() -> Iterator[Figure]:
    for each in weights():
        yield Figure(
            of=each.page,
            name="scripts, gzip",
            value=each.scripts / 1_000,
            unit="kB",
            budget=SCRIPT_BUDGET_BYTES / 1_000,
        )
    yield Figure(
        of="every page", name="styles, gzip", value=max(each.styles for each in weights()) / 1_000, unit="kB"
    )


async def _paint(rounds: int) -> list[Figure]:
    figures: list[Figure] = []
    with sample() as origin:
        pages = pages_of(origin)
        async with opened_browser() as browser:
            for line in (LOCAL, SLOW):
                for name, path in pages.items():
                    figures += _of_page(
                        name, [await painted(browser, origin, path, line) for _ in range(rounds)], line
                    )
            figures += await _against_bare(browser, origin, rounds)
    return figures


def _of_page(name: str, seen: list[Painted], line: Line) -> list[Figure]:
    first, ready = _BUDGETS[line]
    of = f"{name}, {line.name}"
    figures = [
        Figure(of=of, name="first paint", value=_median(seen, "first"), unit="ms", budget=first),
        Figure(of=of, name="largest paint", value=_median(seen, "largest"), unit="ms"),
        Figure(of=of, name="content", value=_median(seen, "ready"), unit="ms", budget=ready),
    ]
    if line is LOCAL:
        answer = max(each.largest_answer for each in seen)
        figures += [
            Figure(of=of, name="layout shift", value=round(_median(seen, "shift"), 3), budget=0.1),
            Figure(
                of=of,
                name="largest answer",
                value=answer / 1_000,
                unit="kB",
            ),
        ]
    return figures


async def _against_bare(browser: Browser, origin: str, rounds: int) -> list[Figure]:
    """Hold the start page against itself without what is built beforehand, by turns."""
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(await painted(browser, origin, "/", SLOW))
        bare.append(await painted(browser, origin, "/", SLOW, bare=True))
    ratio = _median(ours, "first") / _median(bare, "first")
    return [
        Figure(
            of="first paint, slow 4G",
            name="built beforehand / in the browser",
            value=ratio,
            unit="x",
            budget=0.7,
        )
    ]


async def _operate(folder: Path) -> list[Figure]:
    with filled(folder) as origin:
        async with opened_browser() as browser:
            measured: Mapping[str, list[float]] = await operated(browser, origin)
    figures = []
    for name, milliseconds in measured.items():
        p95 = quantiles(milliseconds, n=20, method="inclusive")[-1]
        figures.append(Figure(of=name, name="median", value=median(milliseconds), unit="ms"))
        figures.append(Figure(of=name, name="p95", value=p95, unit="ms", budget=100))
    return figures


async def _picture(folder: Path) -> None:
    with sample(HOIST_ALLOW_HOSTS=HOST) as origin:
        async with opened_browser() as browser:
            await take_all(browser, origin, pages_of(origin), folder)


def _median(seen: list[Painted], name: str) -> float:
    return float(median(getattr(each, name) for each in seen))


if __name__ == "__main__":
    sys.exit(main())
