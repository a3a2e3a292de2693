"""``python -m benchmarks.fuzz``: hostile texts for each reader, led by what they reach (needs ``atheris``).

``--growth`` repeats nasty pieces instead, and tells where the cost grows faster than the size. What fails is
written to a folder, a file each, and the exit code is 1.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from subprocess import run
from time import process_time

MOST_SECONDS = 3.0
_SEEDS = (
    "<h1>Tenders</h1><table><tr><th>Title<th>Deadline</tr><tr><td><a href=/1>Grant</a><td>1 May</table>",
    "<div class=card><h3><a href=/1>Grant for mills</a></h3><p>Deadline: 31/12/2031, 5 p.m.</p></div>" * 3,
    "<rss><channel><item><title>Grant</title><link>/1</link></item></channel></rss>",
    '<script type=application/ld+json>{"@type":"Grant","name":"x"}</script><dl><dt>Amount<dd>EUR 1.000',
    "Contact: a.b [at] example (dot) org, EUR 1,5 - 2 million, until 1-3 May 2031",
)


def main() -> int:
    """Fuzz one reader after the other, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each reader (%(default)s)")
    parser.add_argument("--reader", action="append", help="only this one; may be given again")
    parser.add_argument("--growth", action="store_true", help="repeat nasty pieces and time them")
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="where failures go")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        return _fuzz(options.only, options.seconds, options.found)
    if options.growth:
        return _growth()
    if find_spec("atheris") is None:
        print("This needs atheris, a package for Linux: pip install atheris")
        return 2
    from benchmarks.fuzz.readers import READERS  # noqa: PLC0415 - only where it is asked for

    failed = [name for name in options.reader or READERS if _in_a_process(name, options)]
    print(f"Failed: {', '.join(failed)}; see {options.found}." if failed else "Nothing failed.")
    return int(bool(failed))


def _in_a_process(name: str, options: argparse.Namespace) -> bool:
    command = [sys.executable, "-m", "benchmarks.fuzz", "--only", name, "--found", str(options.found)]
    return run([*command, "--seconds", str(options.seconds)], check=False).returncode != 0


def _fuzz(name: str, seconds: int, found: Path) -> int:
    import atheris  # noqa: PLC0415 - instruments what is imported after it

    with atheris.instrument_imports(include=["hoistscraper", "html", "json"]):
        from benchmarks.fuzz.readers import READERS  # noqa: PLC0415
    read = READERS[name]
    found.mkdir(exist_ok=True)

    for text in _SEEDS:
        read(text)  # what is made once and kept is no text's cost

    def one(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        started = process_time()
        read(text)
        if process_time() - started > MOST_SECONDS:
            raise TooSlow(f"{name} took {process_time() - started:.1f} s for {len(content)} bytes.")

    seeds = found / "seeds"
    seeds.mkdir(exist_ok=True)
    for number, text in enumerate(_SEEDS):
        (seeds / str(number)).write_text(text, "utf-8")
    # New texts are kept beside nobody's: only the seeds are read.
    arguments: Sequence[str] = [
        "fuzz",
        f"-max_total_time={seconds}",
        "-max_len=20000",
        "-timeout=20",
        "-rss_limit_mb=1500",
        "-verbosity=0",
        f"-artifact_prefix={found}/{name.replace(' ', '-')}-",
        str(seeds),
    ]
    atheris.Setup(arguments, one)
    atheris.Fuzz()
    return 0


class TooSlow(Exception):
    """A text takes longer than any page may."""


def _growth() -> int:
    from benchmarks.fuzz.growth import measure  # noqa: PLC0415 - only where it is asked for

    worst = [growth for growth in measure() if growth.is_superlinear]
    for each in worst:
        print(
            f"{each.reader}: {each.piece!r} {each.count} times takes {each.seconds:.2f} s, "
            f"twice as many {each.ratio:.1f} times that."
        )
    print(f"Growing faster than their size: {len(worst)}.")
    return int(bool(worst))


if __name__ == "__main__":
    sys.exit(main())
