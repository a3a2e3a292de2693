"""Statements are put together from our own constants and the names of our columns alone.

Scanners cannot tell such a fragment from a text of a stranger (bandit B608, ruff S608). Instead, what is put
into any statement is written down here, and nothing else may be. Names in capitals are constants of a module.
"""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import hoistscraper
from hoistscraper.audit.listing import AuditFilter
from hoistscraper.search.filters import conditions
from hoistscraper.search.query import Search
from hoistscraper.websites.listing import WebsiteFilter

FOLDER = Path(hoistscraper.__file__).parent
STATEMENT = re.compile(
    r"\bSELECT\b|\bINSERT INTO\b|\bDELETE FROM\b|\bUPDATE \w|\bWHERE\b|\bORDER BY\b|\bSET \w+ =|\bFROM \w"
)
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")

# Module -> what is put into its statements, looked at one by one: names of columns and tables of our models,
# other fragments of the same module, conditions whose values are bound, and counts that the code chose.
PUT_IN = {
    "audit/listing.py": {"columns", "where", "after", "_NEWEST.clause"},
    "backups/dumping.py": {"schema"},
    "desk/triage.py": {"conflict", "owned(user_id)"},
    "database/bulk.py": {
        "_quoted(table.name)",
        "', '.join(names)",
        "', '.join(_names(table, replace_on))",
        "names",
        "unique",
        "assignments",
        "conflict",
    },
    "database/paging.py": {
        "_selected(columns)",
        "', '.join((f'page.{name}' for name in columns))",
        "table",
        "where",
        "after",
        "order.clause",
        "order.expression",
        "page",
        "rows",
        "counted",
        "EXACT_UP_TO + 1",
    },
    "migrations/versions/0010_settings.py": {"_rows(t, table)", "_rows(table, table)", "sign", "changes"},
    "scraping/job_list.py": {"where"},
    "scraping/job_moves.py": {"assignments"},
    "scraping/statistics.py": {"subject", "kind", "pairs"},
    "scraping/store.py": {"where"},
    "search/counting.py": {"sql", "' AND '.join(holds) or 'true'", "most"},
    "search/facets.py": {"' AND '.join(holds) or 'true'", "values", "counted", "name"},
    "search/one.py": {"revisions(_OF_FIELD)"},
    "search/rows.py": {"columns", "holds"},
    "search/statements.py": {
        "_all(ranges)",
        "_all([*words, *wanted.conditions])",
        "_order(leg, 'o')",
        "' UNION ALL '.join(chosen)",
        "column",
        "leg.column",
        "holds",
        "walked",
        "limit",  # a number of ours, or none
        "place",
        "number",
        "most",
    },
    "search/store.py": {"', '.join(told)", "sql"},
    "search/suggesting.py": {
        "column",
        "shown",
        "in_order",
        "first.format('>', 'hops.key')",
        "first.format('>=', '%(start)s')",
    },
    "websites/facets.py": {
        "_VALUES.format(value='category', table='website', most=MOST_VALUES)",
        "_VALUES.format(value='region', table='website', most=MOST_VALUES)",
        "_VALUES.format(value='tag', table='website, unnest(tags) AS tag', most=MOST_VALUES)",
    },
    "websites/listing.py": {"', '.join(COLUMNS)"},
}


def texts(node: ast.AST) -> str:
    """Return the literal parts of an expression."""
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return " ".join(each for each in constants if isinstance(each, str))


def put_in(tree: ast.Module) -> Iterator[str]:
    """Yield every expression that is put into a statement, as it is written."""
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        match node:
            case ast.JoinedStr(values):
                parts = [each.value for each in values if isinstance(each, ast.FormattedValue)]
            case ast.BinOp(left, ast.Add() | ast.Mod(), right):
                parts = [side for side in (left, right) if not isinstance(side, ast.Constant)]
            case ast.Call(ast.Attribute(ast.Constant(), "format"), values, named):
                parts = [*values, *(each.value for each in named)]
        if parts and STATEMENT.search(texts(node)):
            yield from map(ast.unparse, parts)


def found(folder: Path) -> dict[str, set[str]]:
    """Return what is put into the statements of each module, constants left out."""
    told = {}
    for path in folder.rglob("*.py"):
        parts = {each for each in put_in(ast.parse(path.read_text())) if not CONSTANT.fullmatch(each)}
        if parts:
            told[path.relative_to(folder).as_posix()] = parts
    return told


def test_nothing_is_put_into_a_statement_that_was_not_looked_at() -> None:
    assert found(FOLDER) == PUT_IN


def test_what_a_stranger_typed_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        "COLUMNS = 'id'\n"
        "one = f'SELECT {COLUMNS} FROM website WHERE name = {typed}'\n"
        "two = 'SELECT id FROM website WHERE name = ' + given\n"
        "three = 'DELETE FROM website WHERE name = %s' % told\n"
        "four = 'UPDATE website SET name = {}'.format(said)\n"
        "five = f'Nothing of {interest}'\n"
    )
    assert found(tmp_path) == {"bad.py": {"typed", "given", "told", "said"}}


def test_what_conditions_are_made_of_are_bound_values() -> None:
    """Where conditions come from: their values are never part of them."""
    hostile = "x' OR 1=1 --"
    search = Search(amount_min=Decimal(1), websites=(), opens_from=date(2031, 3, 1))
    told, values = conditions(search, datetime(2031, 3, 1, tzinfo=UTC))
    assert all("%(" in each for each in told)
    assert values["amount_min"] == 1
    websites, bound = WebsiteFilter(words=hostile, category=hostile, region=hostile, tag=hostile).condition()
    audit, also = AuditFilter(words=hostile, actor_name=hostile, thing_id=hostile).condition()
    assert "1=1" not in websites + audit
    assert hostile in bound.values()
    assert hostile in also.values()
