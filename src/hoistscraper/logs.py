"""What this program logs: one form for all, a record a line, nothing that a stranger could forge or steal."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from time import gmtime
from typing import Literal

from hoistscraper.redaction import for_logs, hidden, without_secrets

Form = Literal["text", "json"]

_around: ContextVar[dict[str, str] | None] = ContextVar("log_around", default=None)


@contextmanager
def logged_with(**fields: str) -> Iterator[None]:
    """Have every record of the block, and of tasks that it starts, carry what it is about."""
    token = _around.set({**(_around.get() or {}), **fields})
    try:
        yield
    finally:
        _around.reset(token)


def also_logged_with(**fields: str) -> None:
    """Add to what the records of the block that we are in carry; outside of any, do nothing."""
    around = _around.get()
    if around is not None:
        around.update(fields)


def what_is_logged(field: str) -> str | None:
    """Return what the records of this moment carry under a name."""
    return (_around.get() or {}).get(field)


class LogForm(logging.Formatter):
    """Writes control characters out and secrets over; what goes on below a record is indented."""

    converter = staticmethod(gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as the library calls it
        """Return the first line."""
        return for_logs(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        """Return where a mistake was made, line by line."""
        return _indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Return how a place was reached, line by line."""
        return _indented(super().formatStack(stack_info))


class JsonForm(logging.Formatter):
    """Writes a record as one JSON object in one line: time, level, logger, message, what it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        told.update({name: hidden(value) for name, value in (_around.get() or {}).items()})
        if record.exc_info:
            told["exception"] = without_secrets(self.formatException(record.exc_info))
        if record.stack_info:
            told["stack"] = without_secrets(self.formatStack(record.stack_info))
        # Nothing but ASCII: neither a terminal nor a reader of lines is steered by what strangers wrote.
        return json.dumps(told)


class _Screen(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to standard error as it is at that moment."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self.stream = sys.stderr
        super().emit(record)


def log_to_screen(form: Form = "text") -> None:
    """Have warnings and worse go to standard error, in our form; as JSON also what is told on the screen."""
    root = logging.getLogger()
    screen = next((known for known in root.handlers if isinstance(known, _Screen)), None)
    if screen is None:
        screen = _Screen()
        root.addHandler(screen)
    screen.setFormatter(LogForm() if form == "text" else JsonForm())
    logging.getLogger("hoistscraper").setLevel(logging.NOTSET if form == "text" else logging.INFO)


def _indented(text: str) -> str:
    return "\n".join(f"    {for_logs(line)}" for line in text.split("\n"))
