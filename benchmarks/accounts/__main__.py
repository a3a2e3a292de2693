"""``python -m benchmarks.accounts``: can it be heard from the time of an answer whether somebody exists?

Wrong passwords are tried for a user and for nobody, in a random order, and both distributions are printed. If
they cannot be told apart, one is longer than the other half of the time.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import quantiles

from hoistscraper.accounts.passwords import hash_password
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.signing_in import Place, sign_in_by_password
from hoistscraper.accounts.throttling import FORGOTTEN_AFTER
from hoistscraper.accounts.users import add_user
from hoistscraper.clock import now
from hoistscraper.database.engine import Database, open_database
from hoistscraper.errors import NotSignedIn
from hoistscraper.migrations import upgrade
from hoistscraper.settings import Settings

KNOWN, UNKNOWN = "known@example.org", "nobody@example.org"
_MOST_APART = 0.05
_BARS, _LONGEST_BAR = 12, 40


def main() -> int:
    """Measure, print, and return 1 where the two can be told apart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accounts", description=__doc__)
    parser.add_argument("--tries", type=int, default=2_000, help="how many in all (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of their order (%(default)s)")
    options = parser.parse_args()
    # Started as root, the database runs as another user, who has to find its way through.
    with tempfile.TemporaryDirectory(prefix="hoistscraper-bench-accounts-") as folder:
        Path(folder).chmod(0o755)
        settings = Settings(data_dir=Path(folder) / "data")
        chance = Random(options.seed)  # noqa: S311 - the same order in the next run
        known, unknown = asyncio.run(_measure(settings, options.tries, chance))
    edges = _edges([*known, *unknown])
    for name, times in (("known", known), ("unknown", unknown)):
        _print(name, times, edges)
    share = longer_share(known, unknown)
    print(f"a known user takes longer than an unknown one in {share:.1%} of all pairs (50 %: no difference)")
    return int(abs(share - 0.5) > _MOST_APART)


async def _measure(settings: Settings, tries: int, chance: Random) -> tuple[list[float], list[float]]:
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    order = [KNOWN, UNKNOWN] * (tries // 2)
    chance.shuffle(order)
    async with open_database(settings) as database:
        await asyncio.to_thread(upgrade, database.url)
        await _add_known(database)
        at = now()
        for number, email in enumerate([KNOWN, UNKNOWN, *order]):
            # What failed before is forgotten, or nearly all would have to wait and not be looked at.
            at += FORGOTTEN_AFTER + timedelta(seconds=1)
            began = time.perf_counter()
            try:
                await sign_in_by_password(
                    database,
                    settings,
                    email=email,
                    password=f"guess number {number}",
                    place=Place(address="192.0.2.7"),
                    at=at,
                )
            except NotSignedIn:
                if number >= 2:  # the first ones open connections and begin threads
                    taken[email].append(time.perf_counter() - began)
            else:
                raise SystemExit("A guess was right.")
    return taken[KNOWN], taken[UNKNOWN]


async def _add_known(database: Database) -> None:
    password_hash = await hash_password("what nobody here guesses")
    async with database.transaction() as session:
        await add_user(
            session, email=KNOWN, name="Known", role=Role.VIEWER, password_hash=password_hash, at=now()
        )


def longer_share(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return in which share of all pairs the one is longer."""
    marked = sorted([(value, True) for value in ones] + [(value, False) for value in others])
    longer = shorter_so_far = 0
    for _, is_one in marked:
        if is_one:
            longer += shorter_so_far
        else:
            shorter_so_far += 1
    return longer / (len(ones) * len(others))


def _edges(times: Sequence[float]) -> list[float]:
    """Return where bars end, from the fastest to all but the slowest hundredth."""
    cut = quantiles(times, n=100)
    low, high = min(times), cut[97]
    return [low + (high - low) * number / _BARS for number in range(_BARS + 1)]


def _print(name: str, times: Sequence[float], edges: Sequence[float]) -> None:
    cut = quantiles(times, n=100)
    told = {"p5": cut[4], "p50": cut[49], "p95": cut[94], "p99": cut[98]}
    figures = "  ".join(f"{share} {seconds * 1000:.1f} ms" for share, seconds in told.items())
    print(f"{name:<8} {len(times)} tries  mean {sum(times) / len(times) * 1000:.1f} ms  {figures}")
    counts = [sum(low <= each < high for each in times) for low, high in pairwise(edges)]
    for (low, high), count in zip(pairwise(edges), counts, strict=True):
        bar = "#" * round(_LONGEST_BAR * count / max(1, *counts))
        print(f"  {low * 1000:>7.1f} – {high * 1000:>7.1f} ms {count:>5} {bar}")


if __name__ == "__main__":
    sys.exit(main())
