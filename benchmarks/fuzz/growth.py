"""Does what a text costs grow faster than its size? Nasty pieces, repeated, and twice as often."""

import cProfile
import pstats
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time

from benchmarks.fuzz.readers import READERS

PIECES = (
    "<div>",
    "<div class=a>",
    "<p>x",
    "<b>",
    "<a href=/x>call",
    "<a href=mailto:a@b.org>write</a> ",
    "<span>",
    "<div class=menu>x",
    "<header>x",
    "<li><ul>",
    "<table><tr><td>",
    "<tr><td>Grant 1</td><td>1 May 2031</td></tr>",
    "<table><tr><th>Title</th><th>Deadline</th></tr></table>",
    "<div class=card><h3><a href=/1>Grant for mills</a></h3><p>Deadline: 1 May 2031</p></div>",
    "<details><summary>Grant</summary>",
    "<h2>Grant</h2>",
    "<h2>Grant</h2><p>Deadline: 1 May 2031, for charities of the region</p>",
    "<dt>Deadline<dd>1 May",
    "<span>Deadline</span>: ",
    "<script type=application/ld+json>{",
    "<svg><style>",
    "<!--",
    "<![CDATA[",
    "<form><input type=hidden>",
    "<select><option>1",
    "<br>",
    "&nbsp;",
    "&#x41;",
    "<item><title>Grant</title><link>/1</link></item>",
    "<url><loc>https://example.org/1</loc></url>",
    '{"a":[',
    " ",
    "\n",
    "\t \n",
    "1",
    "1 ",
    "1/",
    "1.",
    "1,",
    "1 - ",
    "31/12/2031",
    "01.02.2031 ",
    "1 May 2031 ",
    "\u00e9 Call closes 1 May 2031. ",  # not ASCII: that takes longer to fold
    "1 May - ",
    "1., 2., ",
    "Mai ",
    "1 May, ",
    "Deadline: none 1 May 2031. ",
    "Expires: 1 May 2031. ",
    "if you had applied before ",
    "submit applications to ",
    "for example ",
    "until ",
    "Deadline: ",
    "Deadline 1 May ",
    "17:00 ",
    "5 p.m. CET ",
    "EUR ",
    "EUR 1,",
    "EUR 1.000 - ",
    "1 million ",
    "€",
    "$ 5k to ",
    "a",
    "a.",
    "a-",
    "a@",
    "a@b.",
    "a@b.org ",
    "a at b dot ",
    " at ",
    " [at] ",
    "(",
    ")",
    "[at](dot)",
    "+49 30 ",
    "()- ",
    "mailto:",
    "Grant ",
    "A",
    "A-1/",
    "AB-2031/",
    "ref: ",
    "é",
    "\u0130",
    "\u200b",
    "\ud83d\ude00",
)
LEAST_SECONDS = 0.02
MOST_RATIO = 3.0
_FIRST = 500
_MOST = 32_000
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Growth:
    """What a reader takes for ``count`` repeated pieces, and how many times that for twice as many."""

    reader: str
    piece: str
    count: int
    seconds: float
    ratio: float

    @property
    def is_superlinear(self) -> bool:
        """Whether the cost grows faster than the size."""
        return self.ratio >= MOST_RATIO


def measure() -> Iterator[Growth]:
    """Time each reader on each piece; most take so little that nothing is told of them."""
    for name, read in READERS.items():
        for piece in PIECES:
            growth = _measure(name, read, piece)
            if growth is not None:
                yield growth


def calls_of(read: Callable[[str], object], text: str) -> int:
    """Count the functions that are called while a text is read: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(read, text)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def _measure(name: str, read: Callable[[str], object], piece: str) -> Growth | None:
    count = _FIRST
    while (seconds := _seconds(read, piece * count)) < LEAST_SECONDS:
        count *= 2
        if count > _MOST:
            return None
    ratio = min(
        _seconds(read, piece * 2 * count) / max(_seconds(read, piece * count), 1e-6) for _ in range(_ROUNDS)
    )
    return Growth(name, piece, count, seconds, ratio)


def _seconds(read: Callable[[str], object], text: str) -> float:
    started = process_time()
    read(text)
    return process_time() - started
