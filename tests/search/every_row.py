"""The same search done the plain way: look at every row, keep what fits, sort all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from hoistscraper.extraction.candidate import Status
from hoistscraper.opportunities.findable import NEVER, TEXTS
from hoistscraper.opportunities.standing import standing_sql
from hoistscraper.opportunities.words import folded, words_of
from hoistscraper.search.connections import Connection
from hoistscraper.search.query import Order, Search

_ROWS = f"""
    SELECT o.*, {standing_sql("%(now)s")} AS standing,
        ARRAY(SELECT s.website_id FROM opportunity_source s WHERE s.opportunity_id = o.id) AS websites,
        EXISTS (SELECT FROM opportunity_source s
                WHERE s.opportunity_id = o.id AND s.no_longer_listed_at IS NULL) AS is_listed
    FROM opportunity o
"""
Row = dict[str, Any]


async def every_row(connection: Connection, now: datetime) -> list[Row]:
    """Return all opportunities with their words."""
    cursor = connection.cursor(row_factory=dict_row)
    await cursor.execute(_ROWS.encode(), {"now": now})
    rows = await cursor.fetchall()
    for row in rows:
        texts = [row[name] or "" for name in TEXTS] + row["categories"]
        row["texts"] = [f" {folded(text)} " for text in texts]
        row["words"] = {word for text in texts for word in words_of(text)}
    return rows


def found(rows: list[Row], asked: Search, now: datetime) -> list[UUID]:
    """Return the ids of what a search must find, in its order."""
    fitting = [row for row in rows if _holds_words(row, asked.words) and _fits(row, asked, now)]
    return [row["id"] for row in sorted(fitting, key=ORDERS[asked.order](asked))]


def _holds_words(row: Row, typed: str) -> bool:
    parts = typed.replace('-"', "-'").split('"')
    phrases, bare = parts[1::2], " ".join(parts[0::2]).split()
    wanted = [word for word in bare if not word.startswith("-")]
    excluded = [word[1:] for word in bare if word.startswith("-")]
    return (
        all(folded(word) in row["words"] for word in wanted)
        and not any(folded(word) in row["words"] for word in excluded)
        and all(any(f" {folded(phrase)} " in text for text in row["texts"]) for phrase in phrases)
    )


def _fits(row: Row, asked: Search, now: datetime) -> bool:
    low = row["amount_min"] if row["amount_min"] is not None else row["amount_max"]
    high = row["amount_max"] if row["amount_max"] is not None else row["amount_min"]
    since = asked.seen_since(now)
    within = asked.closing_within_days
    names = {folded(name) for name in row["categories"]}
    tests = [
        not asked.statuses or row["standing"] in {status.value for status in asked.statuses},
        not asked.websites or bool(set(asked.websites) & set(row["websites"])),
        not asked.categories or bool(names & set(map(folded, asked.categories))),
        not asked.organisations or folded(row["organisation"] or "") in map(folded, asked.organisations),
        not asked.currencies or row["currency"] in asked.currencies,
        asked.reference_number is None or row["reference_number"] == asked.reference_number,
        asked.amount_min is None or (high is not None and high >= asked.amount_min),
        asked.amount_max is None or (low is not None and low <= asked.amount_max),
        _between(row["opening_date"], asked.opens_from, asked.opens_to),
        _between(row["deadline_date"], asked.closes_from, asked.closes_to),
        within is None or (row["closes_at"] is not None and row["closes_at"] <= now + timedelta(days=within)),
        within is None or row["standing"] != Status.CLOSED,
        since is None or row["first_seen_at"] >= since,
        not asked.has_documents or bool(row["documents"]),
        not asked.is_listed or row["is_listed"],
    ]
    return all(tests)


def _between(day: Any, low: Any, high: Any) -> bool:  # noqa: ANN401 - dates or nothing
    if low is None and high is None:
        return True
    return day is not None and (low is None or day >= low) and (high is None or day <= high)


@dataclass(frozen=True)
class _Downwards:
    """Sorts the other way round."""

    value: Any

    def __lt__(self, other: "_Downwards") -> bool:
        return bool(other.value < self.value)


def _by_deadline(row: Row) -> tuple[Any, ...]:
    if row["standing"] != Status.CLOSED:
        return 0, row["closes_at"] or NEVER, row["id"]
    return 1, _Downwards((row["ends_at"], row["id"]))


def _by_relevance(asked: Search) -> Callable[[Row], tuple[Any, ...]]:
    wanted = {folded(word) for word in asked.words.replace('"', " ").split() if not word.startswith("-")}
    return lambda row: (not wanted <= set(words_of(row["title"])), *_by_deadline(row))


def _largest(row: Row) -> Decimal:
    amounts = [row[name] for name in ("amount_max", "amount_min") if row[name] is not None]
    return amounts[0] if amounts else Decimal(-1)


ORDERS: dict[Order, Callable[[Search], Callable[[Row], tuple[Any, ...]]]] = {
    Order.DEADLINE: lambda _: _by_deadline,
    Order.NEWEST: lambda _: lambda row: (_Downwards((row["first_seen_at"], row["id"])),),
    Order.AMOUNT: lambda _: lambda row: (_Downwards((_largest(row), row["id"])),),
    Order.RELEVANCE: _by_relevance,
}
