"""``hoistscraper doctor``: what works here, what is missing, how to get it."""

import asyncio
import platform
import shutil
import sys
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pypdfium2
import typer
from rich.table import Table
from rich.text import Text
from sqlalchemy import text

from hoistscraper.accounts.provider_wire import ProviderNotUsable
from hoistscraper.backups.books import is_overdue
from hoistscraper.backups.running import standing_of
from hoistscraper.cli.loading import load
from hoistscraper.cli.screen import out, print_json, when
from hoistscraper.clock import now
from hoistscraper.database.engine import open_database
from hoistscraper.database.reads import opened_reads
from hoistscraper.database.schema import schema_revision
from hoistscraper.errors import HoistError
from hoistscraper.fetching.browsing.choice import find_browser
from hoistscraper.language_model.availability import Availability, Presence
from hoistscraper.language_model.budget import Spent, left_of
from hoistscraper.language_model.figures import ModelFigures, model_figures
from hoistscraper.language_model.server import ModelServer, server_in
from hoistscraper.mail import refusal_of_server
from hoistscraper.migrations import HEAD, must_not_be_newer
from hoistscraper.settings import Settings, load_settings

LEAST_FREE_GIGABYTES = 1.0
PATIENCE_SECONDS = 5.0
_PROVIDERS = {"setting": "by HOIST_BROWSER", "playwright": "Playwright's own", "system": "of this system"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``is_needed``: nothing works without it."""

    what: str
    is_well: bool
    said: str
    is_needed: bool = True


def command(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check what works here, what is missing and how to get it; exit 1 if something needed is missing."""
    findings = asyncio.run(_examine(load_settings()))
    if as_json:
        print_json(
            [{"what": f.what, "ok": f.is_well, "needed": f.is_needed, "said": f.said} for f in findings]
        )
    else:
        table = Table(box=None, pad_edge=False, show_header=False)
        for finding in findings:
            mark = Text("ok", style="green") if finding.is_well else Text("missing", style="red")
            if not finding.is_well and not finding.is_needed:
                mark = Text("later", style="yellow")
            table.add_row(mark, Text(finding.what, style="bold"), Text(finding.said))
        out.print(table)
    sys.exit(int(any(finding.is_needed and not finding.is_well for finding in findings)))


async def _examine(settings: Settings) -> list[Finding]:
    return [
        _python(),
        _disk(settings),
        await _database(settings),
        await _backups(settings),
        _documents(),
        _browser(settings),
        await _language_model(settings),
        await _mail(settings),
        await _provider(settings),
    ]


def _python() -> Finding:
    paris = ZoneInfo("Europe/Paris").key
    return Finding("Python", is_well=True, said=f"{platform.python_version()}, time zones known ({paris})")


def _disk(settings: Settings) -> Finding:
    place = settings.data_dir
    while not place.exists():
        place = place.parent
    gigabytes = shutil.disk_usage(place).free / 1e9
    said = f"{settings.data_dir}, {gigabytes:.1f} GB free"
    if gigabytes < LEAST_FREE_GIGABYTES:
        said += "; free some space, or choose another folder with HOIST_DATA_DIR"
    return Finding("Data folder", is_well=gigabytes >= LEAST_FREE_GIGABYTES, said=said)


async def _database(settings: Settings) -> Finding:
    name = "Database (yours)" if settings.database_url else "Database (embedded)"
    try:
        async with open_database(settings) as database:
            revision = await schema_revision(database)
            async with database.transaction() as session:
                version = await session.scalar(text("SHOW server_version"))
            place = database.place
    except HoistError as error:
        return Finding(name, is_well=False, said=error.message)
    if revision == HEAD:
        return Finding(name, is_well=True, said=f"PostgreSQL {version} at {place}")
    try:
        must_not_be_newer(revision)
    except HoistError as error:
        return Finding(name, is_well=False, said=error.message)
    if settings.database_url:
        return Finding(name, is_well=False, said="it lacks tables; run hoistscraper db upgrade")
    return Finding(name, is_well=True, said=f"PostgreSQL {version}; the first command makes the tables")


async def _backups(settings: Settings) -> Finding:
    name = "Backups"
    try:
        async with open_database(settings) as database:
            if await schema_revision(database) != HEAD:
                return Finding(name, is_well=True, said="none yet", is_needed=False)
            found = await standing_of(database)
            overdue = is_overdue(settings, found, now=now())
    except HoistError as error:
        return Finding(name, is_well=False, said=error.message, is_needed=False)
    said = f"the last one shows {when(found.succeeded_at)}" if found.succeeded_at else "none was made yet"
    if found.problem:
        return Finding(name, is_well=False, said=f"{said}; then: {found.problem}", is_needed=False)
    if overdue:
        said += "; the next one is overdue: is `hoistscraper serve` or a worker running?"
    elif not settings.backup_schedule:
        said += "; `hoistscraper backup` makes one, HOIST_BACKUP_SCHEDULE makes them by itself"
    is_well = bool(found.succeeded_at) and not overdue
    return Finding(name, is_well=is_well, said=said, is_needed=False)


def _documents() -> Finding:
    return Finding("PDF documents", is_well=True, said=f"read by {pypdfium2.version.PYPDFIUM_INFO}")


def _browser(settings: Settings) -> Finding:
    found = find_browser(settings)
    if found is not None:
        said = f"{found.program} ({_PROVIDERS[found.provider]})"
        return Finding("Browser", is_well=True, said=said, is_needed=False)
    said = "needed only for pages that scripts fill: install chromium, or run playwright install chromium"
    if settings.browser:
        said = f"there is no {settings.browser}; correct HOIST_BROWSER, or leave it out"
    return Finding("Browser", is_well=False, said=said, is_needed=False)


async def _mail(settings: Settings) -> Finding:
    name = "Mail server"
    if settings.smtp_url is None:
        said = "none is named by HOIST_SMTP_URL; links for new users and passwords are handed on by you"
        return Finding(name, is_well=True, said=said, is_needed=False)
    place = urlsplit(settings.smtp_url.get_secret_value()).hostname
    reason = await refusal_of_server(settings, patience_seconds=PATIENCE_SECONDS)
    if reason is None:
        return Finding(name, is_well=True, said=f"{place} lets us in")
    # Who asks for a new password waits for a letter, and nobody is told that none comes.
    said = f"no letter can be sent, for {reason}; correct HOIST_SMTP_URL ({place}), or leave it out"
    return Finding(name, is_well=False, said=said)


async def _provider(settings: Settings) -> Finding:
    name = "Sign-in provider"
    if settings.oidc_issuer is None:
        said = "none is named by HOIST_OIDC_ISSUER; people sign in with a password"
        return Finding(name, is_well=True, said=said, is_needed=False)
    # Its libraries take a while to load, and most have no provider.
    provider = load("hoistscraper.accounts.provider").Provider(settings)
    issuer = settings.oidc_issuer
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await provider.check()
    except TimeoutError:
        why = f"no whole answer came within {PATIENCE_SECONDS:g} seconds"
    except ProviderNotUsable as error:
        why = error.why.rstrip(".")
    else:
        return Finding(name, is_well=True, said=f"{settings.oidc_name} at {issuer} answers")
    finally:
        await provider.close()
    said = f"nobody can sign in at {issuer}, for {why}; correct HOIST_OIDC_ISSUER, or leave it out"
    return Finding(name, is_well=False, said=said)


async def _language_model(settings: Settings) -> Finding:
    name = "Language model"
    try:
        server = server_in(settings)
    except HoistError as error:
        return Finding(name, is_well=False, said=error.message, is_needed=False)
    if server is None:
        said = "none is named by OLLAMA_HOST or HOIST_LANGUAGE_MODEL_URL; all works without"
        return Finding(name, is_well=True, said=said, is_needed=False)
    if await Presence(server).found_out() is not Availability.ANSWERS:
        said = f"{server.base} does not answer; start it, or leave its setting out: all works without"
        return Finding(name, is_well=False, said=said, is_needed=False)
    if server.model is None:
        said = f"{server.base} answers, but no model is asked; name one with HOIST_LANGUAGE_MODEL_NAME"
        return Finding(name, is_well=False, said=said, is_needed=False)
    if not settings.features_language_model.percent:
        said = f"{server.base} answers, but HOIST_FEATURES_LANGUAGE_MODEL is off"
        return Finding(name, is_well=True, said=said, is_needed=False)
    return await _model_asked(settings, server)


async def _model_asked(settings: Settings, server: ModelServer) -> Finding:
    """Say what was asked of a server that answers, and whether it is left alone nevertheless."""
    name, said = "Language model", f"{server.model} at {server.base} answers"
    try:
        figures = await _figures(settings, server)
    except HoistError:  # its own line says what is wrong with the database
        return Finding(name, is_well=True, said=said, is_needed=False)
    if figures.circuit is not None:
        said += f", but is left alone until {figures.circuit.retry_at:%H:%M:%S} UTC: {figures.circuit.why}"
        return Finding(name, is_well=False, said=said, is_needed=False)
    calls, tokens = left_of(figures.spent, settings)
    said += f"; today {figures.spent.calls} questions, {figures.spent.tokens} tokens; {figures.waiting} wait"
    if 0 in (calls, tokens):
        said += "; the day's budget is spent (HOIST_LANGUAGE_MODEL_DAILY_CALLS, ..._DAILY_TOKENS)"
    return Finding(name, is_well=True, said=said, is_needed=False)


async def _figures(settings: Settings, server: ModelServer) -> ModelFigures:
    async with open_database(settings) as database:
        if await schema_revision(database) != HEAD:
            return ModelFigures(spent=Spent(0, 0))
        async with opened_reads(database.url, settings) as reads, reads.connection() as connection:
            return await model_figures(connection, server.name, at=now())
