"""How often to visit a website, from how often it was found changed. Pure."""

import math
from dataclasses import dataclass
from datetime import timedelta

from hoistscraper.websites.schedules import Adaptive

_LEAST_VISITS = 3
_AT_FIRST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Changes:
    """Of so many visits over so much time, so many found something new, changed or gone."""

    visits: int
    changed: int
    span: timedelta


def interval_of(rule: Adaptive, changes: Changes | None) -> timedelta:
    """Return the interval after which a website has changed as likely as not, within the rule's bounds.

    Counting visits that found a change misses what changed twice in between; the estimate is that of Cho and
    Garcia-Molina ("Estimating frequency of change", 2003), which makes up for it.
    """
    if changes is None or changes.visits < _LEAST_VISITS or not changes.span:
        return _within(rule, _AT_FIRST)
    unchanged = changes.visits - min(changes.changed, changes.visits)
    per_interval = -math.log((unchanged + 0.5) / (changes.visits + 0.5))
    if per_interval <= 0:
        return rule.most
    intervals = min(math.log(2) / per_interval, rule.most / (changes.span / changes.visits))
    return _within(rule, intervals * (changes.span / changes.visits))


def _within(rule: Adaptive, interval: timedelta) -> timedelta:
    return max(rule.least, min(rule.most, interval))
