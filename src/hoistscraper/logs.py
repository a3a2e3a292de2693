"""What this program logs: one form for all, a record a line, nothing that a stranger could forge or steal."""

import logging
import sys
from time import gmtime

from hoistscraper.redaction import for_logs


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


class _Screen(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to standard error as it is at that moment."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(LogForm())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self.stream = sys.stderr
        super().emit(record)


def log_to_screen() -> None:
    """Have warnings and worse go to standard error, in our form."""
    root = logging.getLogger()
    if not any(isinstance(known, _Screen) for known in root.handlers):
        root.addHandler(_Screen())


def _indented(text: str) -> str:
    return "\n".join(f"    {for_logs(line)}" for line in text.split("\n"))
