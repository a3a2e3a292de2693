"""``python -m benchmarks.api``: the API beside a naive one and the bare server, in one run, under load."""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from benchmarks.api.asking import Answered, ask
from benchmarks.api.budgets import Budget, budgets, missed
from benchmarks.api.dataset import settle
from benchmarks.api.questions import Question, learn_questions
from benchmarks.api.running import Server, running
from benchmarks.api.soak import soak
from benchmarks.api.variants import (
    CEILING,
    NAIVE,
    UNCACHED,
    Variant,
    ceiling,
    copied_tables,
    has_cache,
    naive,
    ours,
)
from hoistscraper.database.embedded import leases
from hoistscraper.database.urls import client_url, parse_url

ANYTHING = "anything"
Row = tuple[str, str, Answered]


def main() -> int:
    """Measure, print, and return 1 when a budget is missed."""
    options = _parser().parse_args()
    with filled_folder(options.data_dir, options.opportunities) as folder:
        os.environ["HOIST_DATA_DIR"] = str(folder)
        os.environ.pop("DATABASE_URL", None)
        if options.soak:
            return _soak(options.soak, options.users)
        rows: list[Row] = []
        with leases.attached(folder) as url:
            # A day may have passed since it was filled, and no worker runs here.
            settle(client_url(parse_url(url)))
        first = ours(cached=False)
        # Its own start is measured with the database stopped, as people start it.
        with running(first.command, first.path, first.environment) as server:
            seconds_to_answer = server.seconds_to_answer
            questions = [q for q in learn_questions(server) if not options.only or options.only in q.name]
            rows += _measure(server, first, questions, options)
        with leases.attached(folder) as url, copied_tables(url):
            others = [naive(url), ceiling(), *([ours(cached=True)] if has_cache() else [])]
            for variant in others:
                rows += _measure_beside(variant, questions, options)
    measured = {(variant, question, each.connections): each for variant, question, each in rows}
    found = list(budgets(measured, seconds_to_answer))
    if options.json:
        print(_as_json(rows, found))
    else:
        _print_ratios(rows)
        print("\n".join(each.in_words() for each in found))
    return int(missed(found))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    parser.add_argument(
        "--opportunities", type=int, default=1_000_000, help="how many to invent (%(default)s)"
    )
    parser.add_argument(
        "--data-dir", type=Path, help="measure over this folder, filled by benchmarks.api.dataset before"
    )
    parser.add_argument("--seconds", type=float, default=5, help="for each figure (%(default)s)")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 10, 100, 1_000])
    parser.add_argument("--only", help="only questions whose name holds this")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="have users read for so long instead")
    parser.add_argument("--users", type=int, default=100, help="of the soak (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


@contextmanager
def filled_folder(given: Path | None, opportunities: int) -> Iterator[Path]:
    """Yield the folder of a filled database."""
    if given is not None:
        yield given.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="hoistscraper-bench-api-") as folder:
        # Started as root, the database runs as another user, who has to find its way through.
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "benchmarks.api.dataset", "--data-dir", f"{folder}/data"]
        subprocess.run([*command, "--opportunities", str(opportunities)], check=True)
        yield Path(folder) / "data"


def _measure_beside(
    variant: Variant, questions: Sequence[Question], options: argparse.Namespace
) -> Iterator[Row]:
    """Measure a variant, anew for each question: the naive one still works on what nobody waits for."""
    for question in questions if variant.name != CEILING else [Question(ANYTHING, ("/",))]:
        with running(variant.command, variant.path, variant.environment) as server:
            yield from _measure(server, variant, [question], options)


def _measure(
    server: Server, variant: Variant, questions: Sequence[Question], options: argparse.Namespace
) -> Iterator[Row]:
    for question in questions:
        if not variant.asks(question):
            continue
        ask(server, question.paths, connections=10, seconds=1)
        for connections in options.connections:
            answered = ask(server, question.paths, connections=connections, seconds=options.seconds)
            if not options.json:
                print(_line(variant.name, question.name, answered), flush=True)
            yield variant.name, question.name, answered


def _line(variant: str, question: str, a: Answered) -> str:
    if not a.requests:
        return f"{variant:<15} {question:<17} {a.connections:>5} connections  nothing was answered in time"
    return (
        f"{variant:<15} {question:<17} {a.connections:>5} connections {a.per_second:>9,.0f} /s  "
        f"p50 {a.p50:>8.1f}  p95 {a.p95:>8.1f}  p99 {a.p99:>8.1f} ms  {a.failures:>5} failed  "
        f"{a.cpu_microseconds:>8,.0f} us CPU each  {a.memory_megabytes:>5.0f} MB"
    )


def _print_ratios(rows: Sequence[Row]) -> None:
    """Print how our rate compares with the bare server's and the naive one's at the same load."""
    by_key = {(variant, question, each.connections): each for variant, question, each in rows}
    print("\nours, uncached, compared")
    for variant, question, each in rows:
        if variant != UNCACHED:
            continue
        told = [f"{question:<17} {each.connections:>5} connections"]
        if bare := by_key.get((CEILING, ANYTHING, each.connections)):
            told.append(f"{each.per_second / bare.per_second:>7.1%} of the bare server")
        if old := by_key.get((NAIVE, question, each.connections)):
            told.append(
                f"{each.per_second / old.per_second:,.1f} x the naive one"
                if old.per_second
                else "the naive one answered nothing"
            )
        print("  ".join(told))
    print()


def _as_json(rows: Sequence[Row], found: Sequence[Budget]) -> str:
    figures = [{"variant": variant, "question": question, **asdict(each)} for variant, question, each in rows]
    return json.dumps(
        {"figures": figures, "budgets": [{**asdict(b), "missed": b.is_missed} for b in found]}, indent=2
    )


def _soak(minutes: float, users: int) -> int:
    variant = ours(cached=True)
    with running(variant.command, variant.path, variant.environment) as server:
        soaked = asyncio.run(soak(server, minutes=minutes, users=users))
    print(soaked.in_words())
    return int(bool(soaked.run.recording.whole().failed))


if __name__ == "__main__":
    sys.exit(main())
