"""``hoistscraper config``: every setting and where it comes from."""

from typing import Annotated

import typer
from pydantic import SecretStr
from pydantic_settings import BaseSettings
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.screen import out, print_json
from hoistscraper.settings import Settings, load_settings, variable_of


def command(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show every setting, its value, where that comes from and what it means.

    Settings are environment variables: `HOIST_PACE_SECONDS=2 hoistscraper scrape URL`.
    """
    settings = load_settings()
    rows = [
        (variable_of(name), _shown(getattr(settings, name)), _source(settings, name), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    if as_json:
        print_json({variable: {"value": value, "source": source} for variable, value, source, _ in rows})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Setting", "Value", "From", "What it means"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


def _source(settings: BaseSettings, name: str) -> str:
    return "environment" if name in settings.model_fields_set else "default"


def _shown(value: object) -> str:
    if value is None:
        return "(not set)"
    if isinstance(value, SecretStr):
        return "(set, hidden)"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "(none)"
    return str(value)
