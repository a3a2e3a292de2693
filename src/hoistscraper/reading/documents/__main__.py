"""Opens the one document that is written to it, within limits; answers in JSON. See :mod:`.apart`."""

import json
import resource
import sys
from dataclasses import asdict

from hoistscraper.reading.documents.formats import is_pdf
from hoistscraper.reading.documents.told import Told, UnreadableDocument

_MOST_BYTES = 300_000_000
_MOST_SECONDS = 3  # of the processor; reading part by part ends before


def main() -> None:
    """Read a document from standard input; whoever takes more than is given to it is ended by the system."""
    _limit(resource.RLIMIT_AS, _MOST_BYTES)
    _limit(resource.RLIMIT_CPU, _MOST_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    content = sys.stdin.buffer.read()
    try:
        answer = asdict(_read(content))
    except UnreadableDocument as unreadable:
        answer = {"unreadable": unreadable.message}
    sys.stdout.write(json.dumps(answer))


def _read(content: bytes) -> Told:
    # Each takes a tenth of a second to load, and only one is wanted.
    if is_pdf(content):
        from hoistscraper.reading.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(content)
    from hoistscraper.reading.documents.word import read_word  # noqa: PLC0415

    return read_word(content)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
