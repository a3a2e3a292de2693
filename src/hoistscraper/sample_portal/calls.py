"""The calls of the sample portal, as ``calls.toml`` tells them, placed in time around one year."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Literal, NotRequired, TypedDict

Language = Literal["en", "fr", "de"]
Layout = Literal["definitions", "table", "prose", "cards", "pdf", "script"]


class Outcome(StrEnum):
    """What has become of a call; an overdue one is past its deadline without saying "closed"."""

    OPEN = "open"
    FORTHCOMING = "forthcoming"
    CLOSED = "closed"
    AWARDED = "awarded"
    OVERDUE = "overdue"

    @property
    def is_past(self) -> bool:
        """Whether one could apply once, but no longer."""
        return self in (Outcome.CLOSED, Outcome.AWARDED, Outcome.OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who offers a call, and the house style of its dates and amounts."""

    name: str
    about: str
    contact: str
    email: str
    phone: str
    currency: str  # ISO 4217
    money: Literal["code", "symbol"]
    dates: Literal["long", "short", "weekday", "american", "iso", "slash"]
    timezone: str  # IANA name
    timezone_words: str | None = None  # None: the abbreviation of the day, such as AEDT
    email_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, and an hour of the organisation's zone where the call has one."""

    day: date
    hour: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One invented call. Without a deadline it takes applications at any time."""

    title: str
    kind: Literal["grant", "tender", "fellowship"]
    organisation: Organisation
    language: Language
    layout: Layout
    outcome: Outcome
    opens: date | None
    deadline: Deadline | None
    other_dates: tuple[tuple[str, date], ...]
    amount_min: int | None
    amount_max: int | None
    reference: str
    topics: tuple[str, ...]
    summary: str
    eligibility: str

    @property
    def slug(self) -> str:
        """The title as it appears in addresses."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

    @property
    def path(self) -> str:
        """Where the detail page, or the document in its place, is."""
        return f"/documents/{self.slug}.pdf" if self.layout == "pdf" else f"/calls/{self.slug}/"


class _OtherDate(TypedDict):
    name: str
    on: str


class _Entry(TypedDict):
    title: str
    kind: Literal["grant", "tender", "fellowship"]
    organisation: str
    layout: Layout
    language: NotRequired[Language]
    outcome: NotRequired[str]
    opens: NotRequired[str]
    deadline: NotRequired[str]
    other_dates: NotRequired[Sequence[_OtherDate]]
    amount_min: NotRequired[int]
    amount_max: NotRequired[int]
    reference: str
    topics: Sequence[str]
    summary: str
    eligibility: str


@cache
def load_calls(year: int) -> tuple[Call, ...]:
    """Return all calls in listing order: past ones in the year before ``year``, others in the one after."""
    text = resources.files("hoistscraper.sample_portal").joinpath("calls.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    organisations = {key: Organisation(**table) for key, table in tables["organisations"].items()}
    return tuple(_call(entry, organisations, year) for entry in tables["calls"])


def _call(entry: _Entry, organisations: Mapping[str, Organisation], present_year: int) -> Call:
    outcome = Outcome(entry.get("outcome", "open"))
    year = present_year - 1 if outcome.is_past else present_year + 1
    return Call(
        title=entry["title"],
        kind=entry["kind"],
        organisation=organisations[entry["organisation"]],
        language=entry.get("language", "en"),
        layout=entry["layout"],
        outcome=outcome,
        opens=_day(entry["opens"], year) if "opens" in entry else None,
        deadline=_deadline(entry["deadline"], year) if "deadline" in entry else None,
        other_dates=tuple((other["name"], _day(other["on"], year)) for other in entry.get("other_dates", ())),
        amount_min=entry.get("amount_min"),
        amount_max=entry.get("amount_max"),
        reference=entry["reference"].format(year=year),
        topics=tuple(entry["topics"]),
        summary=entry["summary"],
        eligibility=entry["eligibility"],
    )


def _day(month_and_day: str, year: int) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def _deadline(text: str, year: int) -> Deadline:
    month_and_day, _, hour = text.partition(" ")
    return Deadline(_day(month_and_day, year), time.fromisoformat(hour) if hour else None)
