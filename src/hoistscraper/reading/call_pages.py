"""What the pages of a website's calls state, and where: learned from those that were read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from hoistscraper.extraction.standing import Standing
from hoistscraper.reading.values import Reading

FORMAT = 1
LEAST_PAGES = 5
NEARLY_ALL = 0.95
_MOST_PAGES = 400  # older ones count less
_USUAL = 0.1


class CallPageKind(StrEnum):
    """What kind of page a call has."""

    PAGE = "page"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class PageFields:
    """What the page of one call states, and where."""

    kind: CallPageKind
    standings: Mapping[str, Standing]

    @classmethod
    def of(cls, reading: Reading) -> "PageFields | None":
        """Return what a page states; ``None`` where nothing tells where, as in records for programs."""
        if reading.standings is None:
            return None
        return cls(CallPageKind.DOCUMENT if reading.text else CallPageKind.PAGE, reading.standings)


@dataclass(frozen=True, slots=True)
class KindOfPage:
    """So many pages of a kind, and how many of them state each field where."""

    pages: int = 0
    places: Mapping[str, Mapping[Standing, int]] = field(default_factory=lambda: MappingProxyType({}))

    def stating(self, name: str) -> int:
        """Return how many pages state a field."""
        return sum(self.places.get(name, {}).values())

    @property
    def expected(self) -> frozenset[str]:
        """What nearly all pages state: all but one, or but one in twenty."""
        most_lacking = max(1, (1 - NEARLY_ALL) * self.pages)
        return frozenset(name for name in self.known if self.pages - self.stating(name) <= most_lacking)

    @property
    def known(self) -> frozenset[str]:
        """What enough pages state to tell where it stands."""
        return frozenset(name for name in self.places if self.stating(name) >= LEAST_PAGES)

    def is_usual(self, name: str, standing: Standing) -> bool:
        """Tell whether a field stands there on a tenth of the pages that state it, or on more."""
        return self.places.get(name, {}).get(standing, 0) >= _USUAL * self.stating(name)

    def after(self, page: PageFields) -> "KindOfPage":
        """Return what is known after one more page."""
        known = self if self.pages < _MOST_PAGES else self._halved()
        places = {name: dict(counts) for name, counts in known.places.items()}
        for name, standing in page.standings.items():
            counts = places.setdefault(name, {})
            counts[standing] = counts.get(standing, 0) + 1
        return KindOfPage(known.pages + 1, places)

    def moved(self, name: str, standing: Standing) -> "KindOfPage":
        """Return what is known once a field stands elsewhere on all pages."""
        return replace(self, places={**self.places, name: {standing: self.stating(name)}})

    def _halved(self) -> "KindOfPage":
        halved = {
            name: {standing: count // 2 for standing, count in counts.items() if count > 1}
            for name, counts in self.places.items()
        }
        return KindOfPage(self.pages // 2, halved)


@dataclass(frozen=True, slots=True)
class CallPages:
    """What is known of each kind of page that calls of a website have."""

    kinds: Mapping[CallPageKind, KindOfPage] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: CallPageKind) -> KindOfPage:
        """Return what is known of a kind."""
        return self.kinds.get(kind, KindOfPage())

    @property
    def usual_label(self) -> str | None:
        """The label under which the deadline stands on nearly all pages that state one."""
        page = self.of(CallPageKind.PAGE)
        counts = page.places["deadline"] if "deadline" in page.known else {}
        usual = (place.label for place, count in counts.items() if count >= NEARLY_ALL * sum(counts.values()))
        return next(usual, None) or None

    def after(self, pages: Iterable[PageFields]) -> "CallPages":
        """Return what is known after more pages."""
        kinds = dict(self.kinds)
        for page in pages:
            kinds[page.kind] = kinds.get(page.kind, KindOfPage()).after(page)
        return CallPages(kinds)

    def moved(self, kind: CallPageKind, name: str, standing: Standing) -> "CallPages":
        """Return what is known once a field stands elsewhere on all pages of a kind."""
        return CallPages({**self.kinds, kind: self.of(kind).moved(name, standing)})


def as_json(known: CallPages, *, reader: str) -> dict[str, Any]:
    """Return what was learned as it is kept; ``reader`` is the version of the rules that read the pages."""
    return {"format": FORMAT, "reader": reader} | {
        "kinds": {
            kind.value: {
                "pages": each.pages,
                "fields": {
                    name: [[place.method, place.label, count] for place, count in counts.items()]
                    for name, counts in each.places.items()
                },
            }
            for kind, each in known.kinds.items()
        }
    }


def from_json(kept: Mapping[str, Any], *, reader: str) -> CallPages:
    """Return what was kept; nothing where other rules read the pages, for they may read it elsewhere."""
    if kept.get("format") != FORMAT or kept.get("reader") != reader:
        return CallPages()
    return CallPages(
        {
            CallPageKind(kind): KindOfPage(
                each["pages"],
                {
                    name: {Standing(method, label): count for method, label, count in counts}
                    for name, counts in each["fields"].items()
                },
            )
            for kind, each in kept["kinds"].items()
        }
    )


def in_words(known: CallPages) -> Iterator[str]:
    """Tell a person what was learned, a sentence a kind and field."""
    for kind, each in known.kinds.items():
        for name in sorted(each.places):
            places = Counter(each.places[name]).most_common(3)
            told = ", ".join(f"{place_in_words(place)} ({count})" for place, count in places)
            stated = f"{min(1.0, each.stating(name) / each.pages):.0%} of {each.pages} {kind}s"
            yield f"Of calls, {stated} state their {name_in_words(name)}: {told}."


def name_in_words(name: str) -> str:
    """Return the name of a field as people say it."""
    return {"contact_email": "e-mail address"}.get(name, name.replace("_", " "))


def place_in_words(place: Standing) -> str:
    """Return where a value stands, as people say it."""
    return f"labelled \u201c{place.label}\u201d" if place.label else f"by {place.method}"
