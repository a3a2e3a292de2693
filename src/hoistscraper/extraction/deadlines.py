"""Which of a call's dates is the deadline for applying."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hoistscraper.extraction.dated import DatedValue
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.labels import bare

_REPLACED = re.compile(
    r"\b(?:original|initial|previous|former|old|ursprunglich|anterior|precedent|inizial|initiale)"
)
_IN_PLACE_OF_OTHERS = re.compile(
    r"\b(?:new|revised|updated|extended|amended|neue[rs]?|verlangerte?|nouvelle|prolongee|nueva|ampliad[oa]"
    r"|nuov[oa]|prorogat[oa]|nov[oa]|prorrogad[oa]|nieuwe|nowy|novy)\b[^,;]{0,20}"
    r"\b(?:deadline|closing|due|date|frist|\w+frist|limite|fecha|plazo|scadenza|termine|prazo|termin|datum)\b"
)

MOST_OTHERS = 100  # each is held against the words that prove them all


@dataclass(frozen=True, slots=True)
class Rounds:
    """The dates that matter, and the rest by the names that the page gives them."""

    opening: DatedValue | None
    deadline: DatedValue | None
    others: tuple[DatedValue, ...]


def choose(dates: Sequence[DatedValue], today: date, *, usual_label: str | None = None) -> Rounds:
    """Choose the deadline: of several rounds the next one to come, else the latest.

    Of several to come, those under the ``usual_label`` go before others.
    The opening is the latest one before that deadline; on the day itself bids are opened.
    """
    if not dates:
        return Rounds(None, None, ())
    deadlines = in_force(_distinct([each for each in dates if each.field == "deadline"]))
    deadline = _next_or_latest(deadlines, today, usual_label)
    openings = _distinct([each for each in dates if each.field == "opening_date"])
    opening = _opening_before(openings, deadline)
    others = _distinct([each for each in dates if each.field == "other_date"])
    rest = [each for each in (*deadlines, *openings) if each not in (deadline, opening)]
    return Rounds(opening, deadline, tuple(_distinct([*others, *rest])[:MOST_OTHERS]))


def in_force(deadlines: list[DatedValue]) -> list[DatedValue]:
    """Leave out deadlines that the page says were replaced, unless it names no other."""
    if len(deadlines) < 2:
        return deadlines
    kept = [each for each in deadlines if not _REPLACED.search(fold(each.name))] or deadlines
    latest = [each for each in kept if _IN_PLACE_OF_OTHERS.search(fold(each.name))]
    # "Extended deadline for group B" beside later ones takes no place of theirs.
    return latest if latest and max(map(_day, latest)) >= max(map(_day, kept)) else kept


def _next_or_latest(
    deadlines: Sequence[DatedValue], today: date, usual_label: str | None
) -> DatedValue | None:
    future = [each for each in deadlines if each.moment.date >= today]
    if future:
        usual = [each for each in future if usual_label and bare(each.name) == usual_label]
        return min(usual or future, key=_day)
    return max(deadlines, key=_day) if deadlines else None


def _opening_before(openings: Sequence[DatedValue], deadline: DatedValue | None) -> DatedValue | None:
    if deadline is not None:
        openings = [each for each in openings if each.moment.date < deadline.moment.date]
    return max(openings, key=_day) if openings else None


def _day(dated: DatedValue) -> date:
    return dated.moment.date


def _distinct(dates: Sequence[DatedValue]) -> list[DatedValue]:
    """Keep one statement of each date, the one that states most of it."""
    kept: dict[tuple[str, date], DatedValue] = {}
    for each in dates:
        key = (each.name if each.field == "other_date" else "", each.moment.date)
        known = kept.get(key)
        if known is None or (known.moment.time is None and each.moment.time is not None):
            kept[key] = each
    return list(kept.values())
