"""The statements that find a page: one for each way of walking a leg.

Each gives the calls' whole rows with ``leg``, ``key`` in its order and ``place`` on the page.

PostgreSQL is told which way by how a statement is put. A condition within ``CASE`` is no condition for an
index, and is taken to hold for every second row, so that nothing seems better than to follow the order. A
materialised query is not mixed with what is around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hoistscraper.search.choosing import Gather, Walk, Way
from hoistscraper.search.clauses import Clause, tsquery
from hoistscraper.search.legs import Leg
from hoistscraper.search.windows import Window

Parameters = dict[str, object]
# None, of which PostgreSQL does not know when it plans: who may stop early follows the index, while to read
# all of it nothing may seem cheaper than to sort the whole table.
_UNKNOWN_LIMIT = "(SELECT CAST(NULL AS bigint))"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must hold for every call of a page: words and marks, and conditions on its row."""

    clauses: tuple[Clause, ...]
    conditions: tuple[str, ...] = ()
    parameters: Parameters = field(default_factory=dict)


def found_by(way: Way, leg: Leg, wanted: Wanted, most: int) -> tuple[str, Parameters]:
    """Return a query for the first calls of a leg, with its parameters."""
    match way:
        case Walk(most_rows):
            return _walked(leg, wanted, most, most_rows)
        case Window():
            return _gathered([(0, leg, way)], wanted, most)
        case Gather():
            return _gathered([(0, leg, None)], wanted, most)


def gathered(legs: Sequence[Leg], wanted: Wanted, most: int) -> tuple[str, Parameters]:
    """Return a query for the first calls of several legs of one part, looked up once."""
    return _gathered([(number, leg, None) for number, leg in enumerate(legs)], wanted, most)


def _walked(leg: Leg, wanted: Wanted, most: int, most_rows: int | None) -> tuple[str, Parameters]:
    ranges, parameters = _range(leg, "0")
    limit = _UNKNOWN_LIMIT if most_rows is None else str(most_rows)
    walked = f"SELECT o.* FROM opportunity o WHERE {_all(ranges)} ORDER BY {_order(leg, 'o')} LIMIT {limit}"
    query = tsquery(wanted.clauses)
    words = ["o.search @@ CAST(%(query)s AS tsquery)"] if query else []
    place = f"row_number() OVER (ORDER BY {_order(leg, 'o')})"
    sql = (
        f"SELECT 0 AS leg, o.{leg.column} AS key, {place} AS place, o.* FROM ({walked}) o "
        f"WHERE CASE WHEN {_all([*words, *wanted.conditions])} THEN true ELSE false END "
        f"ORDER BY {_order(leg, 'o')} LIMIT {most}"
    )
    return sql, {**wanted.parameters, **parameters, "query": query}


def _gathered(
    legs: Sequence[tuple[int, Leg, Window | None]], wanted: Wanted, most: int
) -> tuple[str, Parameters]:
    clauses = (*wanted.clauses, *(asked.marks for _, _, asked in legs if asked))
    parameters: Parameters = {**wanted.parameters, "query": tsquery(clauses)}
    chosen = []
    for number, leg, asked in legs:
        ranges, bounds = _range(leg, str(number), asked)
        parameters |= bounds
        chosen.append(
            f"(SELECT {number} AS leg, o.{leg.column} AS key, o.id FROM found o WHERE {_all(ranges)} "
            f"ORDER BY {_order(leg, 'o')} LIMIT {most})"
        )
    column = legs[0][1].column
    holds = _all(["o.search @@ CAST(%(query)s AS tsquery)", *wanted.conditions])
    return (
        f"WITH found AS MATERIALIZED (SELECT o.id, o.{column} FROM opportunity o WHERE {holds}), "
        "page AS MATERIALIZED (SELECT chosen.*, row_number() OVER () AS place "
        f"FROM ({' UNION ALL '.join(chosen)}) chosen LIMIT {most}) "
        "SELECT page.leg, page.key, page.place, o.* FROM page JOIN opportunity o ON o.id = page.id"
    ), parameters


def _range(leg: Leg, suffix: str, asked: Window | None = None) -> tuple[list[str], Parameters]:
    conditions: list[str] = []
    parameters: Parameters = {}
    moving, comparison = ("high", "<") if leg.is_descending else ("low", ">")
    for end, key, within in (("low", leg.low, ">="), ("high", leg.high, "<")):
        if key is None:
            continue
        parameters[f"{end}_{suffix}"] = key
        if leg.after is not None and end == moving:
            parameters[f"after_{suffix}"] = leg.after
            row = f"(%({end}_{suffix})s, %(after_{suffix})s)"
            conditions.append(f"(o.{leg.column}, o.id) {comparison} {row}")
        else:
            conditions.append(f"o.{leg.column} {within} %({end}_{suffix})s")
    if asked:
        parameters["window"] = asked.end
        conditions.append(f"o.{leg.column} {'>=' if leg.is_descending else '<'} %(window)s")
    return conditions, parameters


def _order(leg: Leg, table: str) -> str:
    direction = " DESC" if leg.is_descending else ""
    return f"{table}.{leg.column}{direction}, {table}.id{direction}"


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions) or "true"
