"""Asking for what nobody else may see: without echo, or from a file; never from the command's arguments.

Arguments would stay in the shell's history and show in the list of running programs.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import typer

from hoistscraper.errors import Invalid
from hoistscraper.fetching.decoding import decode

STANDARD_INPUT = "-"


class Asker(Protocol):
    """Answers questions, each once and in turn."""

    def name(self, question: str) -> str:
        """Return what may be seen while it is typed."""

    def secret(self, question: str) -> str:
        """Return what may not."""

    def new_secret(self, question: str) -> str:
        """Return what may not, and nobody knows yet: a slip would not be noticed."""


class Person:
    """A person at the terminal."""

    def name(self, question: str) -> str:
        """Ask, showing what is typed."""
        answer: str = typer.prompt(question, err=True)
        return answer

    def secret(self, question: str) -> str:
        """Ask without echo."""
        answer: str = typer.prompt(question, hide_input=True, err=True)
        return answer

    def new_secret(self, question: str) -> str:
        """Ask twice without echo."""
        answer: str = typer.prompt(question, hide_input=True, confirmation_prompt=True, err=True)
        return answer


class Lines:
    """The lines of a file or pipe."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)

    def name(self, question: str) -> str:
        """Return the next line.

        :raises Invalid: there is none.
        """
        line = next(self._lines, None)
        if line is None:
            raise Invalid(f"{question}: there is no line for it in what was given; put one secret on a line.")
        return line

    secret = new_secret = name


def asker(from_file: str | None) -> Asker:
    """Return who answers: the person at the terminal, or the lines of a file or pipe.

    :raises Invalid: the file cannot be read.
    """
    if from_file is None and sys.stdin.isatty():
        return Person()
    return Lines(_lines(from_file or STANDARD_INPUT))


def written(source: str) -> str:
    """Return what is written in a file, or in what is piped in.

    :raises Invalid: it cannot be read.
    """
    if source == STANDARD_INPUT:
        return decode(sys.stdin.buffer.read(), declared=None)
    try:
        return decode(Path(source).read_bytes(), declared=None)
    except FileNotFoundError:
        raise Invalid(f"There is no file {source}.") from None
    except IsADirectoryError:
        raise Invalid(f"{source} is a folder; name the file itself.") from None


def _lines(source: str) -> Iterator[str]:
    # Read when the first question comes: where there is none, nobody waits for a pipe to end.
    yield from written(source).splitlines()
