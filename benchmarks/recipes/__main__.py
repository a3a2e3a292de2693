"""``python -m benchmarks.recipes``: what recipes save; ``--healing``: what they find after a change."""

import argparse
import sys
from pathlib import Path

from benchmarks.recipes import call_pages, healing, speed
from benchmarks.scrape.figures import as_json, as_table

_WEBSITES = 10


def main() -> int:
    """Measure, print, and return 1 when a budget is missed or a wrong value was kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recipes", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what the pages are invented from (%(default)s)")
    parser.add_argument(
        "--healing", action="store_true", help="rebuild learned websites, and read them again"
    )
    parser.add_argument(
        "--websites",
        type=int,
        default=_WEBSITES,
        help="of each layout, for --healing (%(default)s); a third as many for pages of calls",
    )
    parser.add_argument("--folder", type=Path, help="pages of one's own to measure the speed of, too")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    if options.healing:
        tallies = healing.measure(options.seed, options.websites)
        # Each has as many pages as calls.
        of_calls = call_pages.measure(options.seed, max(1, options.websites // 3))
        print(healing.as_table(tallies), call_pages.as_table(of_calls), sep="\n\n")
        is_wrong = any(tally.guided[healing.Ending.WRONG] for tally in tallies)
        return int(is_wrong or any(tally.wrong or tally.wrongly_repaired for tally in of_calls))
    figures = speed.measure(options.seed, options.folder)
    print(as_json(figures) if options.json else as_table(figures))
    return int(any(figure.is_missed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
