"""Candidates to JSON and back: one form for storing, comparing, printing and exporting."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import TypedDict, cast

from hoistscraper.extraction.candidate import Candidate, DocumentLink, Evidence, Moment, NamedDate, Status

# In the order in which a person reads them.
FIELDS = (
    "title",
    "organisation",
    "status",
    "opening_date",
    "deadline",
    "other_dates",
    "amount_min",
    "amount_max",
    "currency",
    "reference_number",
    "eligibility",
    "location",
    "categories",
    "contact_name",
    "contact_email",
    "contact_phone",
    "documents",
    "summary",
)

Stated = dict[str, object]


class MomentJson(TypedDict):
    """A printed date: local to the call."""

    date: str
    time: str | None
    timezone: str | None


def to_json(candidate: Candidate) -> Stated:
    """Return the fields that the candidate states; what is unknown is left out."""
    values: Stated = {}
    for name in FIELDS:
        value = _plain(getattr(candidate, name))
        if value not in (None, "", []) and value != Status.UNKNOWN.value:
            values[name] = value
    return values


def evidence_json(candidate: Candidate) -> dict[str, object]:
    """Return the proof of each stated field."""
    return {
        name: {
            "quote": proof.quote,
            "method": proof.method,
            "confidence": round(proof.confidence, 3),
            "source_url": proof.source_url,
        }
        for name, proof in candidate.evidence.items()
    }


def from_json(url: str | None, stated: Mapping[str, object], evidence: Mapping[str, object]) -> Candidate:
    """Return the candidate that :func:`to_json` and :func:`evidence_json` were given."""
    values = dict(stated)
    return Candidate(
        url=url,
        title=_text(values, "title"),
        organisation=_text(values, "organisation"),
        summary=_text(values, "summary"),
        reference_number=_text(values, "reference_number"),
        status=Status(_text(values, "status") or Status.UNKNOWN.value),
        opening_date=moment_of(values.get("opening_date")),
        deadline=moment_of(values.get("deadline")),
        other_dates=tuple(_named_dates(values)),
        amount_min=_amount(values, "amount_min"),
        amount_max=_amount(values, "amount_max"),
        currency=_text(values, "currency"),
        eligibility=_text(values, "eligibility"),
        contact_name=_text(values, "contact_name"),
        contact_email=_text(values, "contact_email"),
        contact_phone=_text(values, "contact_phone"),
        documents=tuple(
            DocumentLink(item["url"], item["title"], item.get("media_type"))
            for item in cast("list[dict[str, str]]", values.get("documents", []))
        ),
        categories=tuple(cast("list[str]", values.get("categories", []))),
        location=_text(values, "location"),
        evidence={name: Evidence(**cast("dict[str, object]", proof)) for name, proof in evidence.items()},  # type: ignore[arg-type]
    )


def moment_of(value: object) -> Moment | None:
    """Return the moment that its JSON form stands for."""
    if value is None:
        return None
    printed = cast("MomentJson", value)
    clock_time = printed["time"]
    return Moment(
        date.fromisoformat(printed["date"]),
        time.fromisoformat(clock_time) if clock_time else None,
        printed["timezone"],
    )


def _plain(value: object) -> object:  # noqa: PLR0911 - one line a type
    match value:
        case Moment():
            return {
                "date": value.date.isoformat(),
                "time": value.time.isoformat() if value.time else None,
                "timezone": value.timezone,
            }
        case NamedDate():
            return {"name": value.name, **cast("dict[str, object]", _plain(value.moment))}
        case DocumentLink():
            return {"url": value.url, "title": value.title, "media_type": value.media_type}
        case Decimal():
            return format(value, "f")
        case Status():
            return value.value
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _named_dates(values: Stated) -> list[NamedDate]:
    named = []
    for item in cast("list[dict[str, str]]", values.get("other_dates", [])):
        moment = moment_of(item)
        if moment is not None:
            named.append(NamedDate(item["name"], moment))
    return named


def _text(values: Stated, name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _amount(values: Stated, name: str) -> Decimal | None:
    value = values.get(name)
    return None if value is None else Decimal(str(value))
