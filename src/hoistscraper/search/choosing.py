"""How a leg is walked: by the index of its order, by the index of words, or by both; what costs least.

A rare word is looked up, and what is found is put in order. A common one is met soon by whoever walks
along the order. In between, the words' index is asked for the first months of the order only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from hoistscraper.search.clauses import Beginning, Clause, has_phrase, is_positive
from hoistscraper.search.frequencies import Frequencies
from hoistscraper.search.legs import Leg
from hoistscraper.search.windows import Window, window

# Microseconds, measured by benchmarks.search: a row of the table, and one whose words are read too. Who walks
# meets rows that nobody has asked for lately, which take several times as long.
ROW = 5.0
WORDS_OF_ROW = 6.0
# A window's posting lists are read whole, however few rows come of them.
POSTING = 0.05
# Of the beginning of a word, all that go on from it are put together first.
POSTING_OF_BEGINNING = 0.3
# Up to here nothing is worth thinking about.
FEW_ROWS = 400
# A window should hold several times what is asked for, for estimates err; the second one more so.
MARGINS = (4, 40)


@dataclass(frozen=True, slots=True)
class Walk:
    """Follow the index of the order, over so many rows at the most (``None``: to its end)."""

    most_rows: int | None


@dataclass(frozen=True, slots=True)
class Gather:
    """Look up the words, put what is found in order."""


Way: TypeAlias = Walk | Window | Gather


def ways(
    leg: Leg,
    clauses: Sequence[Clause],
    frequencies: Frequencies,
    *,
    now: datetime,
    wanted: int,
    fitting: float = 1.0,
) -> tuple[Way, ...]:
    """Return how to find the first ``wanted`` calls of a leg; the next way is for when one finds too few.

    ``fitting`` is the share of those with the right words for which the conditions on the row are likely to
    hold. The last way always finds all there are.
    """
    if is_rare(clauses, frequencies):
        return (Gather(),)
    positive = [clause for clause in clauses if is_positive(clause)]
    if not positive:
        return (Walk(None),)
    rows = frequencies.rows
    offered = frequencies.candidates(positive)
    held = frequencies.together(clauses) * fitting
    gathering = rows * offered * (WORDS_OF_ROW if has_phrase(clauses) else ROW)
    gathering += _cost_of_beginnings(positive, frequencies)
    steps = round(wanted / max(held, 1e-9))
    asked = (_window(leg, held * rows, frequencies, now, wanted * margin) for margin in MARGINS)
    windows = [found for found in asked if found]
    windowing = _cost_of(windows[0], clauses, frequencies) if windows else float("inf")
    cheapest = min(gathering, windowing, steps * WORDS_OF_ROW)
    if cheapest == gathering:
        return (Gather(),)
    if cheapest == windowing:
        return (*windows, Gather())
    return (Walk(steps * MARGINS[0]), *windows[1:], Gather())


def is_rare(clauses: Sequence[Clause], frequencies: Frequencies) -> bool:
    """Whether so few calls hold all of this that looking them up is no work."""
    positive = [clause for clause in clauses if is_positive(clause)]
    return bool(positive) and frequencies.rows * frequencies.candidates(positive) <= FEW_ROWS


def _window(leg: Leg, matches: float, frequencies: Frequencies, now: datetime, calls: float) -> Window | None:
    """Return the window in which so many of the matches are likely to be."""
    share = calls / max(matches, 1e-9)
    return window(leg, frequencies, now=now, share=share) if share < 1 else None


def _cost_of(asked: Window, clauses: Sequence[Clause], frequencies: Frequencies) -> float:
    positive = [clause for clause in clauses if is_positive(clause)]
    matches = frequencies.rows * frequencies.candidates(positive) * asked.share
    postings = frequencies.rows * (min(map(frequencies.share, positive)) + asked.share)
    reading = matches * (WORDS_OF_ROW if has_phrase(clauses) else ROW)
    return reading + postings * POSTING + _cost_of_beginnings(positive, frequencies)


def _cost_of_beginnings(positive: Sequence[Clause], frequencies: Frequencies) -> float:
    shares = (frequencies.share(clause) for clause in positive if isinstance(clause, Beginning))
    return frequencies.rows * sum(shares) * POSTING_OF_BEGINNING
