"""``python -m benchmarks.chaos``: disturb the service round after round; exit 1 when it breaks a promise."""

import argparse
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from benchmarks.chaos.reporting import as_table, in_words
from benchmarks.chaos.rounds import Arena, Round, play, scrape_in_peace
from benchmarks.chaos.service import Service
from benchmarks.chaos.websites import most_calls, served_websites
from hoistscraper.database.embedded import leases
from tests.database.server import reachable_folder


def main() -> int:
    """Play the rounds; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, help="chooses what dies when; by chance otherwise")
    parser.add_argument("--first", type=int, default=1, help="number of the first round, to play one again")
    options = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    began = time.monotonic()
    # Whoever ends us wants the workers and the database ended, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    played: list[Round] = []
    with suppress(KeyboardInterrupt), arena(seed) as made:
        print(f"seed {seed}; undisturbed: {len(made.undisturbed.rows)} calls, {made.requests} requests")
        for number in range(options.first, options.first + options.rounds):
            played.append(play(made, number))
            print(in_words(played[-1]), flush=True)
    print(as_table(played))
    faulty = [each.number for each in played if each.faults]
    print(
        f"{len(played)} rounds in {time.monotonic() - began:.0f} s; faulty: {faulty or 'none'}; seed {seed}"
    )
    return int(bool(faulty) or len(played) < options.rounds)


@contextmanager
def arena(seed: int) -> Iterator[Arena]:
    """Start websites, database and workers, and learn what comes of them in peace."""
    with served_websites() as sites, reachable_folder() as folder:
        with leases.attached(folder / "data"):
            service = Service(folder, sites)
            service.man()
            service.wait_for_tables()
        try:
            kept, some = scrape_in_peace(service, sites)
            again, others = scrape_in_peace(service, sites)
            assert len(kept.rows) == most_calls(), "the websites are not read as they should be"
            assert kept == again, "two undisturbed runs differ"
            # On a busy machine a worker may be thought dead, and its job be begun twice even in peace.
            yield Arena(service, sites, kept, min(some, others), seed)
        finally:
            service.leave()


if __name__ == "__main__":
    sys.exit(main())
