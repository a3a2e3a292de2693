"""What commands print on: results go to standard output, progress to standard error."""

import json
import re
import sys
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Candidate, Moment, Status
from hoistscraper.opportunities.closing import closing_instant, standing
from hoistscraper.redaction import for_screen

# Where nobody looks on, a table may be as wide as a file's lines are.
WIDTH_OF_FILES = 140
# JSON writes out the older control characters by itself.
_STEERS = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class _Screen(Console):
    """Shows no text that would steer the terminal, whatever page it comes from."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Return the pieces of what is shown."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(for_screen(segment.text), segment.style)


out = _Screen(highlight=False, width=None if sys.stdout.isatty() else WIDTH_OF_FILES)
progress = _Screen(stderr=True, highlight=False)


def say(sentence: str, style: str | None = None) -> None:
    """Print a sentence as it is: no markup, and no line break inside an address that someone may copy."""
    out.print(sentence, markup=False, soft_wrap=True, style=style)


def as_json(value: object, *, indent: int | None = None) -> str:
    """Return a JSON document in which what would steer a terminal is written out."""
    document = json.dumps(value, ensure_ascii=False, indent=indent)
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def print_json(value: object) -> None:
    """Print one JSON document."""
    sys.stdout.write(f"{as_json(value, indent=2)}\n")


def deadline_in_words(deadline: Moment | None) -> str:
    """Return a deadline as printed by its page: ``12 Mar 2027 17:00 Europe/Paris``."""
    if deadline is None:
        return ""
    words = [f"{deadline.date.day} {deadline.date:%b %Y}"]
    if deadline.time:
        words.append(f"{deadline.time:%H:%M}")
        words.append(deadline.timezone or "(zone not stated)")
    return " ".join(words)


def days_left(deadline: Moment | None) -> str:
    """Return how long one may still apply."""
    closes_at = closing_instant(deadline)
    if closes_at is None:
        return ""
    days = (closes_at - now()).days
    if closes_at < now():
        return "closed"
    return "today" if days == 0 else f"{days} days"


def standing_now(call: Candidate) -> Status:
    """Return whether one may apply at this moment."""
    return standing(call, closing_instant(call.deadline), now=now())


def amount_in_words(call: Candidate) -> str:
    """Return an amount or a range: ``EUR 5,000 - 20,000``."""
    low, high = call.amount_min, call.amount_max
    if low is None and high is None:
        return ""
    if low is not None and high is not None and low != high:
        numbers = f"{_number(low)} – {_number(high)}"
    elif high is not None:
        numbers = _number(high) if low == high else f"up to {_number(high)}"
    else:
        numbers = f"from {_number(low or Decimal(0))}"
    return f"{call.currency or ''} {numbers}".strip()


def when(moment: datetime | None) -> str:
    """Return an instant in this machine's time."""
    return moment.astimezone().strftime("%d %b %Y %H:%M") if moment else "never"


def _number(value: Decimal) -> str:
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
