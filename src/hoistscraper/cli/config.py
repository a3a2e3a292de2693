"""``hoistscraper config``: every setting and where it comes from."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.table import Table
from rich.text import Text

from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import out, print_json, progress
from hoistscraper.database.embedded import leases
from hoistscraper.database.stored_settings import stored_settings
from hoistscraper.errors import HoistError
from hoistscraper.settings import Settings, load_settings, overlaid, source_of, variable_of


def command(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show every setting, its value, where that comes from and what it means.

    Settings are environment variables: `HOIST_PACE_SECONDS=2 hoistscraper scrape URL`. Those from "stored"
    were changed over the API; the environment wins over them.
    """
    settings = load_settings()
    stored = _stored(settings)
    current = overlaid(settings, stored)
    rows = [
        (
            variable_of(name),
            _shown(getattr(current, name)),
            source_of(settings, name, stored),
            field.description or "",
        )
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


def _stored(settings: Settings) -> Mapping[str, object]:
    """Return what was changed over the API; a database that is not there yet holds nothing."""
    try:
        if settings.database_url is None and not leases.state(settings.data_dir).exists:
            return {}
        return asyncio.run(_read(settings))
    except HoistError as error:
        progress.print(
            f"What was changed over the API is not shown: {error.message}", markup=False, soft_wrap=True
        )
        return {}


async def _read(settings: Settings) -> Mapping[str, object]:
    async with opened(settings) as database, database.transaction() as session:
        return await stored_settings(session)


def _shown(value: object) -> str:
    if value is None:
        return "(not set)"
    if isinstance(value, SecretStr):
        return "(set, hidden)"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "(none)"
    return str(value)
