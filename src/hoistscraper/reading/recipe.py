"""What good readings of a listing teach: where its rows and their values stand, and what they said last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from hoistscraper.discovery.places import Place, Step
from hoistscraper.extraction.candidate import Candidate

FORMAT = 1
LEAST_READINGS = 3
"""So many pages that the general reader read alike, and a recipe is in use."""

LOOK_EVERY = 5
"""Each so manieth page of a recipe in use is read by the general reader, too."""

_MOST_REMEMBERED = 400


@dataclass(frozen=True, slots=True)
class RememberedRow:
    """What a row said when it was read last: by this it is found again after the layout has changed."""

    title: str
    url: str | None = None
    deadline: date | None = None

    @classmethod
    def of(cls, item: Candidate) -> "RememberedRow":
        """Return what to remember of a row."""
        return cls(item.title or "", item.url, item.deadline.date if item.deadline else None)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where in a row a value stands, under which label, and in which share of the rows."""

    path: str | None
    label: str | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Where the calls of a website's listing stand.

    A recipe only says where to look: what stands there is read and proven as ever. ``readings`` counts the
    pages that the general reader read alike; ``since_look`` those read by the recipe since it was compared.
    ``rows`` is how many rows its largest page had, ``reader`` the version of the rules that read it.
    """

    place: Place
    fields: Mapping[str, FieldPlace] = field(default_factory=lambda: MappingProxyType({}))
    rows: int
    next_page: str | None = None
    readings: int = 1
    since_look: int = 0
    remembered: tuple[RememberedRow, ...] = ()
    reader: str

    @property
    def is_in_use(self) -> bool:
        """Whether pages are read by it."""
        return self.readings >= LEAST_READINGS

    @property
    def is_look_due(self) -> bool:
        """Whether the next page is to be read by the general reader, too."""
        return self.since_look + 1 >= LOOK_EVERY

    def agreed(self, items: Sequence[Candidate]) -> "Recipe":
        """Return the recipe after the general reader read a page alike."""
        return replace(self.after(items), readings=self.readings + 1, since_look=0)

    def used(self, items: Sequence[Candidate]) -> "Recipe":
        """Return the recipe after a page was read by it."""
        return replace(self.after(items), since_look=self.since_look + 1)

    def after(self, items: Sequence[Candidate]) -> "Recipe":
        fresh = tuple(map(RememberedRow.of, items))
        said = {(row.title, row.url) for row in fresh}
        kept = tuple(row for row in self.remembered if (row.title, row.url) not in said)
        return replace(self, rows=max(self.rows, len(items)), remembered=(*fresh, *kept)[:_MOST_REMEMBERED])


def as_json(recipe: Recipe) -> dict[str, Any]:
    """Return a recipe as it is kept."""
    return {
        "format": FORMAT,
        "reader": recipe.reader,
        "form": recipe.place.form,
        "steps": [[step.tag, sorted(step.classes), sorted(step.marks)] for step in recipe.place.steps],
        "labels": list(recipe.place.labels),
        "fields": {name: [each.path, each.label, each.share] for name, each in recipe.fields.items()},
        "rows": recipe.rows,
        "next_page": recipe.next_page,
        "readings": recipe.readings,
        "since_look": recipe.since_look,
        "remembered": [
            [row.title, row.url, row.deadline.isoformat() if row.deadline else None]
            for row in recipe.remembered
        ],
    }


def from_json(kept: Mapping[str, Any], *, reader: str) -> Recipe | None:
    """Return a recipe that was kept; ``None`` where its format is another one.

    One that another version of the rules learned has to be confirmed anew.
    """
    if kept.get("format") != FORMAT:
        return None
    steps = tuple(Step(tag, frozenset(classes), frozenset(marks)) for tag, classes, marks in kept["steps"])
    is_of_this_reader = kept["reader"] == reader
    return Recipe(
        place=Place(kept["form"], steps, tuple(kept["labels"])),
        fields={name: FieldPlace(*each) for name, each in kept["fields"].items()},
        rows=kept["rows"],
        next_page=kept["next_page"],
        readings=kept["readings"] if is_of_this_reader else 0,
        since_look=kept["since_look"],
        remembered=tuple(
            RememberedRow(title, url, date.fromisoformat(day) if day else None)
            for title, url, day in kept["remembered"]
        ),
        reader=reader,
    )


def in_words(recipe: Recipe) -> list[str]:
    """Tell a person what was learned, a sentence or a fact a line."""
    path = " > ".join(map(_step_in_words, reversed(recipe.place.steps)))
    told = [f"Calls stand as {_FORMS[recipe.place.form]}, up to {recipe.rows} on a page, at {path}."]
    if recipe.place.labels:
        told.append(f"The columns are: {', '.join(recipe.place.labels)}.")
    for name, place in recipe.fields.items():
        told.append(f"{_FIELDS.get(name, name)}: {_place_in_words(place)}, in {place.share:.0%} of the rows.")
    told.append(
        f"The next page is behind {recipe.next_page}." if recipe.next_page else "No page after it is known."
    )
    told.append(f"Remembered to find the rows again after a change: {len(recipe.remembered)}.")
    return told


_FORMS = {
    "table": "rows of a table",
    "grid": "rows of a grid",
    "records": "repeated blocks",
    "headings": "headings with what follows them",
}
_FIELDS = {
    "title": "Title",
    "url": "Address",
    "deadline": "Deadline",
    "opening_date": "Opening date",
    "organisation": "Organisation",
    "amount_min": "Smallest amount",
    "amount_max": "Largest amount",
    "currency": "Currency",
    "reference_number": "Reference number",
    "status": "Status",
    "location": "Location",
}


def _step_in_words(step: Step) -> str:
    marks = "".join(f"[{mark}]" for mark in sorted(step.marks))
    return step.tag + "".join(f".{name}" for name in sorted(step.classes)) + marks


def _place_in_words(place: FieldPlace) -> str:
    where = f"at {place.path}" if place.path else "in the row itself" if place.path == "" else "in the row"
    return f"{where}, labelled \u201c{place.label}\u201d" if place.label else where
