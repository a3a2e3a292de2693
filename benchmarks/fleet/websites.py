"""The fleet's websites and their calls: the same for the same seed, before and after they changed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from random import Random

from benchmarks.fleet.shapes import CALM, LOG_INS, TOLD_BY_ROWS, UNREADABLE, Shape, shapes_of

_WORKS = "Restoration Digitisation Renewal Extension Monitoring Cleaning Lighting Planting Repair".split()
_SUBJECTS = (
    "wetlands orchards libraries museums archives bridges harbours forests schools clinics playgrounds mills "
    "canals theatres allotments markets".split()
)
_STARTS = "Ald Bram Car Dun Elm Fen Gar Hol Ing Kel Lang Mar Nor Oak Pen Rav Stan Thor Ul Wes".split()
_MIDDLES = "den ber ling ming ster ring ley ton wick mer".split()
_ENDS = "ford ham bury stead field".split()
_PEOPLE = "Council Foundation Trust Agency Fund".split()
_CHANGED_SHARE = 0.15
PAGE_SIZE = 10
USER, PASSWORD = "fleet@example.org", "an invented password"
KEY = "invented-key-4711"


@dataclass(frozen=True, slots=True)
class Call:
    """One call as its website tells it."""

    number: int
    title: str
    reference: str
    organisation: str
    deadline: date
    amount: int

    @property
    def deadline_in_words(self) -> str:
        """The deadline as the pages print it."""
        return f"{self.deadline.day} {self.deadline:%B} {self.deadline.year}"


@dataclass(frozen=True)
class FleetWebsite:
    """One website; ``prefix`` is where it begins on its host, which neighbours share."""

    number: int
    shape: Shape
    host: str
    prefix: str
    seed: int
    today: date

    @property
    def start_path(self) -> str:
        """What is watched."""
        return f"{self.prefix}/{'sitemap.xml' if self.shape is Shape.SITEMAP else 'calls/'}"

    @cached_property
    def place(self) -> str:
        """A name that no other website of the fleet has."""
        names = list(product(_STARTS, _MIDDLES, _ENDS))
        parts = names[self.number * 7 % len(names)]
        return "".join(parts) + ("" if self.number < len(names) else f" {self.number // len(names) + 1}")

    @property
    def organisation(self) -> str:
        """Who offers the calls."""
        return f"{self.place} {_PEOPLE[self.number % len(_PEOPLE)]}"

    @cached_property
    def changes(self) -> bool:
        """Whether it is another one in the second round: one deadline moved, one call new, one gone."""
        if self.shape is Shape.CHANGING:
            return True
        return self.shape in TOLD_BY_ROWS and self._chance("changes").random() < _CHANGED_SHARE

    def calls(self, visit: int) -> list[Call]:
        """Return what is listed in a round, counted from 1."""
        calls = self._calls
        if visit == 1 or not self.changes:
            return calls[:-1]
        return [replace(calls[0], deadline=self.moved_to), *calls[2:]]

    @property
    def moved(self) -> Call:
        """The call whose deadline moves."""
        return self._calls[0]

    @property
    def moved_to(self) -> date:
        """Where it moves to."""
        return self._calls[0].deadline + timedelta(days=14)

    @cached_property
    def _calls(self) -> list[Call]:
        chance = self._chance("calls")
        count = chance.randint(22, 28) if self.shape is Shape.PAGINATED else chance.randint(4, 14)
        names = chance.sample(list(product(_WORKS, _SUBJECTS)), count + 1)
        return [
            Call(
                number=number,
                title=f"{work} of {subject} in {self.place}",
                reference=f"{self.place[:3].upper()}-{self.number:04}-{number:03}",
                organisation=self.organisation,
                deadline=self.today + timedelta(days=chance.randint(20, 300)),
                amount=5_000 + 500 * chance.randint(0, 400),
            )
            for number, (work, subject) in enumerate(names)
        ]

    def _chance(self, what: str) -> Random:
        return Random(f"{self.seed} {self.number} {what}")  # noqa: S311 - the same at every start


def build_fleet(websites: int, *, seed: int, today: date, calm: bool = False) -> list[FleetWebsite]:
    """Return the websites, shapes mixed; each host has an address of its own within 127.0.0.0/8.

    ``calm``: only websites whose jobs wait for nothing but answers.
    """
    shapes = [CALM[number % len(CALM)] for number in range(websites)] if calm else shapes_of(websites)
    Random(seed).shuffle(shapes)  # noqa: S311
    fleet: list[FleetWebsite] = []
    alone: str | None = None
    for number, shape in enumerate(shapes):
        host, prefix = f"127.{40 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}", ""
        if shape is Shape.NEIGHBOUR:
            prefix = f"/town-{number}"
            alone, host = (None, alone) if alone else (host, host)
        fleet.append(FleetWebsite(number, shape, host, prefix, seed, today))
    return fleet


def is_readable(website: FleetWebsite) -> bool:
    """Whether any call can be had from it."""
    return website.shape not in UNREADABLE


def has_log_in(website: FleetWebsite) -> bool:
    """Whether only members may see it."""
    return website.shape in LOG_INS
