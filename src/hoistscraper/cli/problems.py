"""What a person reads when something cannot be done: one sentence, never a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from traceback import format_exception

from hoistscraper.errors import HoistError
from hoistscraper.redaction import for_screen, without_secrets


@contextmanager
def reported() -> Iterator[None]:
    """Turn what went wrong into one line on standard error and an exit code.

    1: it could not be done; 130: stopped by Ctrl-C; 141: nobody reads our output any more.
    """
    try:
        yield
    except HoistError as error:
        print_problem(error.message)
        sys.exit(1)
    except KeyboardInterrupt:
        print_problem("Stopped.")
        sys.exit(130)
    except BrokenPipeError:
        # Nothing may be written any more, not even by the interpreter when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        print_problem(_of_the_machine(error))
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - a fault of ours: kept for those who mend it, told in a sentence
        print_problem(_of_ours(error))
        sys.exit(1)


def print_problem(sentence: str) -> None:
    """Print a sentence to standard error."""
    sys.stderr.write(f"{for_screen(without_secrets(sentence))}\n")


def _of_ours(error: Exception) -> str:
    sentence = f"HoistScraper made a mistake ({type(error).__name__}: {error})"
    try:
        with NamedTemporaryFile("w", prefix="hoistscraper-", suffix=".log", delete=False) as file:
            file.writelines(without_secrets(line) for line in format_exception(error))
    except OSError:
        return f"{sentence}."
    return f"{sentence}; please report it with the file {file.name}."


def _of_the_machine(error: OSError) -> str:
    place = f" ({error.filename})" if error.filename else ""
    return f"The machine refused: {error.strerror or error}{place}."
