"""A call as one row of a listing tells it: cells under their headers, or the lines of a card."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from hoistscraper.extraction.amounts import award_in
from hoistscraper.extraction.candidate import Candidate, Evidence, NamedDate, Status
from hoistscraper.extraction.confidence import confidence_of
from hoistscraper.extraction.dated import (
    DatedValue,
    beside_explicit,
    dated_values,
    is_undated_value,
    quotes_of,
    stated_dates,
)
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.deadlines import Rounds, choose
from hoistscraper.extraction.folding import holds_digit
from hoistscraper.extraction.labels import parted
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of, is_phrase, may_say
from hoistscraper.extraction.money import currency_in, find_amounts
from hoistscraper.extraction.prose import sentences
from hoistscraper.extraction.references import reference_in
from hoistscraper.extraction.state_words import OF_SENTENCES, status_of_label, status_of_sentence

METHOD = "row"
LONGEST_NAME = 160
_LONGEST_TOLD = 600
_OF_STATUS = ("status_closed", "status_forthcoming", *OF_SENTENCES)


class LabelledText(NamedTuple):
    """A cell with its column's header, or a line with the label before it; ``None``: no label."""

    label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class RowContext:
    """What a row shares with its page."""

    dates: DateContext
    currency_hint: str | None = None
    source_url: str | None = None


def read_row(
    labelled: Sequence[LabelledText],
    context: RowContext,
    *,
    title: str,
    url: str | None,
    titled_by: str = METHOD,
) -> Candidate:
    """Read a row's values; the title, the way it was read and the address are the caller's to find."""
    parts = parts_of(labelled)
    rounds = choose(list(dates_in(parts, context, title=title)), context.dates.today)
    values: dict[str, object] = {}
    evidence: dict[str, Evidence] = {}
    for name, value, quote in (*_of_rounds(rounds), *values_in(parts, context)):
        if name not in values:
            values[name] = value
            evidence[name] = Evidence(quote, METHOD, confidence_of(METHOD), context.source_url)
    evidence["title"] = Evidence(title, titled_by, confidence_of(METHOD), context.source_url)
    return Candidate(url=url, title=title, **values, evidence=evidence)  # type: ignore[arg-type]


def values_in(parts: list[LabelledText], context: RowContext) -> Iterator[tuple[str, object, str]]:
    """Yield field, value and quote of all but dates that a row's parts state; of a field the first counts."""
    yield from _words(parts)
    labelled = list(_amounts(parts, context))
    yield from labelled or _stated_amounts(parts, context)


def parts_of(labelled: Sequence[LabelledText]) -> list[LabelledText]:
    """Part the texts of a row into what is read on its own."""
    return [part for each in labelled for part in _parted(each)]


def _parted(each: LabelledText) -> Iterator[LabelledText]:
    """Part "Label: value" text that came without a label, and lines that come in one text."""
    for line in each.text.splitlines():
        text = line.strip()
        if each.label is None or field_of(each.label) is None:
            label, value = parted(text) or ("", "")
            if value.strip() and field_of(label) is not None:
                yield LabelledText(label.strip(), value.strip())
                continue
        if text:
            yield LabelledText(each.label, text)


def dates_in(parts: list[LabelledText], context: RowContext, *, title: str = "") -> Iterator[DatedValue]:
    """Yield every date that a row's parts state, with what it is; of what is said, ``title`` is no part."""
    of_periods: list[DatedValue] = []
    explicit: list[DatedValue] = []
    stated: list[DatedValue] = []
    is_undated = False
    for part in parts:
        field = field_of(part.label) if part.label else None
        if part.label and field in DATE_FIELDS:
            read = of_periods if field == "application_period" else explicit
            read.extend(dated_values(part.label, field, part.text, context.dates))
            is_undated = is_undated or (field == "deadline" and is_undated_value(part.text))
        elif field is None:
            stated.extend(stated_dates(_beyond(title, part.text), context.dates))
    if is_undated:  # "Deadline: none. Grant period: ... to ..."
        stated = [each for each in stated if each.field != "deadline"]
    yield from (*beside_explicit(explicit, of_periods), *stated)


def _beyond(title: str, text: str) -> str:
    """Return what a text says after a name that it begins with: "Ocean Award - closes 5 May 2027"."""
    led = title and text.startswith(title) and not text[len(title) : len(title) + 1].isalnum()
    return text[len(title) :].strip(" ,;:-–—") if led else text


def _words(parts: list[LabelledText]) -> Iterator[tuple[str, object, str]]:
    for part in parts:
        field = field_of(part.label) if part.label else None
        if field in ("organisation", "location") and 1 < len(part.text) <= LONGEST_NAME:
            yield field, part.text, part.text
        elif field == "reference_number" and (number := reference_in(part.text)):
            yield field, number, part.text
        elif field == "status" and status_of_label(part.text) is not Status.UNKNOWN:
            yield field, status_of_label(part.text), part.text
        elif field is None and len(part.text) <= LONGEST_NAME:
            status = _lone_status(part.text)
            if status is not Status.UNKNOWN:
                yield "status", status, part.text


def _lone_status(text: str) -> Status:
    if not may_say(text, *_OF_STATUS):
        return Status.UNKNOWN
    # A badge ("Closed") is a status word and nothing else; "Open" alone may as well be a button.
    if is_phrase("status_closed", text) or is_phrase("status_forthcoming", text):
        return status_of_label(text)
    return status_of_sentence(text)


def _amounts(parts: list[LabelledText], context: RowContext) -> Iterator[tuple[str, object, str]]:
    for part in parts:
        field = field_of(part.label) if part.label else None
        if field not in ("amount", "amount_min", "amount_max"):
            continue
        found = find_amounts(part.text, currency_hint=_currency_hint(part, context))
        if not found:
            continue
        low: Decimal | None = found[0].low if field != "amount_max" else None
        high: Decimal | None = found[-1].high if field != "amount_min" else None
        if low is not None:
            yield "amount_min", low, part.text
        if high is not None:
            yield "amount_max", high, part.text
        naming = (text for text in (part.text, part.label or "") if currency_in(text, context.currency_hint))
        quote = next(naming, None)
        if found[0].currency and quote:
            yield "currency", found[0].currency, quote


def _stated_amounts(parts: list[LabelledText], context: RowContext) -> Iterator[tuple[str, object, str]]:
    """Read the first sum that a row's sentences say an award gives: "Up to 5,000 euros for clubs"."""
    for part in parts:
        if (part.label and field_of(part.label)) or not holds_digit(part.text):
            continue
        for sentence in sentences(part.text[:_LONGEST_TOLD]):
            award = award_in(sentence, currency_hint=context.currency_hint)
            if award is None:
                continue
            if award.low is not None:
                yield "amount_min", award.low, sentence
            if award.high is not None:
                yield "amount_max", award.high, sentence
            if award.currency:
                yield "currency", award.currency, sentence
            return


def _currency_hint(part: LabelledText, context: RowContext) -> str | None:
    return currency_in(part.label or "", context.currency_hint) or context.currency_hint


def _of_rounds(rounds: Rounds) -> Iterator[tuple[str, object, str]]:
    for name, dated in (("opening_date", rounds.opening), ("deadline", rounds.deadline)):
        if dated is not None:
            yield name, dated.moment, dated.quote
    if rounds.others:
        others = tuple(NamedDate(each.name, each.moment) for each in rounds.others)
        yield "other_dates", others, quotes_of(rounds.others)
