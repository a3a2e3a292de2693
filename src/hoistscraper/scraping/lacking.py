"""Calls whose pages lack what nearly all pages of their website state: told for days, then taken as it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hoistscraper.reading.call_pages import name_in_words
from hoistscraper.scraping.envelope import Deviation, Measure
from hoistscraper.scraping.settling import LEAST_TIME

_LONGEST_TITLE = 80
_MOST_KEPT = 400


@dataclass(frozen=True, slots=True)
class Lack:
    """What the page of one call has lacked since when."""

    title: str
    fields: tuple[str, ...]
    since: datetime


class Lacks:
    """What is lacking on the pages of a website's calls, by the names of the calls within it."""

    def __init__(self, before: Mapping[str, Lack], *, at: datetime) -> None:
        self._at = at
        self._lacks = {name: lack for name, lack in before.items() if at - lack.since < LEAST_TIME}
        # Told long enough: it is not told again when the page is read the next time.
        self._settled = {name: lack for name, lack in before.items() if name not in self._lacks}

    def read(self, identity: str, title: str | None, lacking: frozenset[str]) -> frozenset[str]:
        """Take a call whose page was read; return what is told of it."""
        told = lacking - set(self._settled[identity].fields if identity in self._settled else ())
        known = self._lacks.pop(identity, None)
        if told:
            since = known.since if known else self._at
            self._lacks[identity] = Lack((title or identity)[:_LONGEST_TITLE], tuple(sorted(told)), since)
        return told

    def deviation(self) -> Deviation | None:
        """Say what is lacking."""
        told = [(lack, name) for lack in self._lacks.values() for name in lack.fields]
        if not told:
            return None
        first = told[0][0]
        counts = Counter(name for _, name in told)
        fields = " and ".join(
            f"no {name_in_words(name)} on the pages of {count} {'call' if count == 1 else 'calls'}"
            for name, count in counts.most_common()
        )
        return Deviation(
            Measure.LACKING,
            f"There is {fields}, where nearly all pages of calls here state it, such as "
            f"\u201c{first.title}\u201d.",
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        newest = [*self._settled.items(), *self._lacks.items()][-_MOST_KEPT:]
        return {name: [each.title, list(each.fields), each.since.isoformat()] for name, each in newest}


def from_json(kept: Mapping[str, Any]) -> dict[str, Lack]:
    """Return what was kept."""
    return {
        name: Lack(title, tuple(fields), datetime.fromisoformat(since))
        for name, (title, fields, since) in kept.items()
    }
