"""``python -m benchmarks.extraction CORPUS``: figures of our rules and of their peers, and how fast they are.

``--mutations`` changes the pages in what does not matter and exits 1 where a figure falls by 0.03 or more;
``--reliability`` holds the stated confidence against the share of right values.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.extraction.corpus import Corpus, open_corpus
from benchmarks.extraction.mutations import MUTATIONS, mutated
from benchmarks.extraction.peers import PEERS
from benchmarks.extraction.reliability import judged, table
from hoistscraper.reading.read import read_page

TODAY = date(2026, 11, 1)
SMALL_BYTES = 300_000
BUDGET_DROP = 0.03
OURS = [
    str(Path(sys.executable).with_name("hoistscraper")),
    "inspect",
    "--jsonl",
    "--today",
    TODAY.isoformat(),
]
FIGURES = (
    "kind", "items F1", "item titles", "next page", "nothing invented on other pages", "feed has items",
    "row deadline precision", "row deadline recall", "detail fields F1 (mean of fields)", "title recall",
    "organisation recall", "deadline precision", "deadline recall", "summary recall", "contact_email recall",
)  # fmt: skip


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder with manifest.jsonl, pages/ and gold/")
    parser.add_argument("--mutations", action="store_true", help="score changed pages by the same answers")
    parser.add_argument("--reliability", action="store_true", help="hold confidence against right answers")
    parser.add_argument("--seed", type=int, default=1, help="of the changes (1)")
    asked = parser.parse_args()
    corpus = open_corpus(asked.corpus)
    if asked.mutations:
        return _mutations(corpus, asked.seed)
    if asked.reliability:
        print("\n".join(table(judged(corpus, TODAY))))
        return 0
    return _peers(corpus)


def _peers(corpus: Corpus) -> int:
    columns = {"ours": corpus.score(OURS)}
    for name in PEERS:
        columns[name] = corpus.score([sys.executable, "-m", "benchmarks.extraction.peers", name])
    _print(columns)
    print(
        f"{'pages a second, all cores':<36}"
        + "".join(_cell(c["pages per second"], 1) for c in columns.values())
    )
    median = _median_milliseconds(corpus)
    print(f"\nProcessor time of a page under {SMALL_BYTES // 1000} kB: median {median:.1f} ms.")
    return 0


def _median_milliseconds(corpus: Corpus) -> float:
    pages = [(page.file.read_bytes(), page.url) for page in corpus.pages()]
    small = [(content, url) for content, url in pages if len(content) < SMALL_BYTES]
    took = []
    for content, url in (small[0], *small):  # the first one loads the words
        began = time.process_time()
        read_page(content, url=url, today=TODAY)
        took.append(1000 * (time.process_time() - began))
    return statistics.median(took[1:])


def _mutations(corpus: Corpus, seed: int) -> int:
    columns = {"as saved": corpus.score(OURS)}
    for name, mutation in MUTATIONS.items():
        with tempfile.TemporaryDirectory(prefix="hoistscraper-bench-") as folder:
            mutated(corpus, mutation, Path(folder), seed)
            columns[name] = corpus.score(OURS, Path(folder))
    _print(columns)
    drops = {name: _drop(columns["as saved"], figures) for name, figures in columns.items()}
    print(f"{'largest drop':<36}" + "".join(_cell(drop) for drop, _ in drops.values()))
    missed = [
        f"{name}: {of} falls by {drop:.3f}" for name, (drop, of) in drops.items() if drop >= BUDGET_DROP
    ]
    print("\n" + ("\n".join(missed) or f"No figure falls by {BUDGET_DROP} or more."))
    return 1 if missed else 0


def _drop(before: dict[str, float | None], after: dict[str, float | None]) -> tuple[float, str]:
    both = [(name, before.get(name), after.get(name)) for name in FIGURES]
    return max((old - new, name) for name, old, new in both if old is not None and new is not None)


def _print(columns: dict[str, dict[str, float | None]]) -> None:
    print(f"{'':<36}" + "".join(f"{name:>19}" for name in columns))
    for figure in FIGURES:
        print(f"{figure:<36}" + "".join(_cell(figures.get(figure)) for figures in columns.values()))


def _cell(value: float | None, digits: int = 3) -> str:
    return f"{'-' if value is None else f'{value:.{digits}f}':>19}"


if __name__ == "__main__":
    sys.exit(main())
