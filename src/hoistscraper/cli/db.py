"""``hoistscraper db``: the database's own commands."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from hoistscraper.cli.opening import reached
from hoistscraper.database.embedded import leases
from hoistscraper.database.embedded.binaries import installed
from hoistscraper.database.embedded.leases import ServerState
from hoistscraper.database.problems import told
from hoistscraper.database.urls import client_url, parse_url, place_of, shown_url, without_password
from hoistscraper.errors import Conflict, Unavailable
from hoistscraper.migrations import HEAD, downgrade, known_revisions, upgrade
from hoistscraper.settings import Settings, load_settings

app = typer.Typer(
    help="Start, stop, upgrade and enter the database.",
    epilog="Without DATABASE_URL an embedded PostgreSQL runs in the data folder: a command that needs it "
    "starts it, and the last one to end stops it. Nothing here is needed for daily use.",
    no_args_is_help=True,
)
_CONNECT_SECONDS = 10


@app.command()
def start() -> None:
    """Start the embedded database and leave it running until `db stop`.

    Commands then begin a little sooner, and other programs can connect to the URL that `db status` shows.
    """
    settings = load_settings()
    _refuse_if_own(settings, "start")
    was_running = leases.state(settings.data_dir).pid is not None
    lease = leases.attach(settings.data_dir, keep=True)
    leases.detach(lease)
    verb = "ran already and now stays" if was_running else "runs"
    typer.echo(f"The database {verb} until `hoistscraper db stop`: {lease.place.home}")


@app.command()
def stop(
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Stop it though other commands are using it.")
    ] = False,
) -> None:
    """Stop the embedded database; what was saved stays saved."""
    settings = load_settings()
    _refuse_if_own(settings, "stop")
    if leases.stop(settings.data_dir, force=force):
        typer.echo("The database has stopped.")
    else:
        typer.echo("The database was not running.")


@app.command()
def status() -> None:
    """Show whether the database runs, where its files are and how to connect to it."""
    settings = load_settings()
    if settings.database_url is None:
        _print_lines(_embedded_lines(leases.state(settings.data_dir)))
    else:
        _print_lines(_own_lines(settings.database_url.get_secret_value()))


@app.command("upgrade")
def upgrade_schema() -> None:
    """Bring the tables to what this release needs; nothing that is kept gets lost.

    The embedded database is upgraded by itself; a server of yours (DATABASE_URL) only by this command.
    """
    with reached(load_settings()) as url, told(place_of(parse_url(url))):
        before = _ask(url).schema
        upgrade(url)
    typer.echo(f"The tables are up to date ({HEAD})." if before == HEAD else f"The tables are now at {HEAD}.")


@app.command("downgrade")
def downgrade_schema(
    revision: Annotated[str, typer.Argument(help="What `db status` of the older version shows: 0013.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take the tables a step back, for an older version; what only the newer ones hold is gone with them.

    Stop `hoistscraper serve` and workers first, make a backup, and install the older version right
    afterwards: any command of this one brings the embedded database up to date again.
    """
    with reached(load_settings()) as url, told(place_of(parse_url(url))):
        before = _ask(url).schema
        if not yes:
            typer.confirm(f"Take the tables from {before} back to {revision}?", abort=True, err=True)
        downgrade(url, revision)
    typer.echo(f"The tables are at {revision} now; install the version that knows them.")


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    options_metavar="",
)
def psql(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="[-c SQL] [ARGUMENTS]", help="Passed on to psql as they are."),
    ] = None,
) -> None:
    """Enter the database with psql, PostgreSQL's own command line, or run one statement.

    Example: hoistscraper db psql -c "select count(*) from opportunity"
    """
    with reached(load_settings()) as url:
        code = _run_psql(url, arguments or [])
    raise typer.Exit(code)


@dataclass(frozen=True, slots=True)
class _Answer:
    version: str
    schema: str | None


def _refuse_if_own(settings: Settings, verb: str) -> None:
    if settings.database_url is not None:
        raise Conflict(
            f"DATABASE_URL names a database of yours, which is not ours to {verb}; unset it to use our own."
        )


def _ask(url: str) -> _Answer:
    address = parse_url(url)
    with (
        told(place_of(address)),
        psycopg.connect(client_url(address), connect_timeout=_CONNECT_SECONDS) as connection,
    ):
        version = connection.info.parameter_status("server_version") or "of an unknown version"
        has_schema = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
        if not has_schema or not has_schema[0]:
            return _Answer(version, None)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return _Answer(version, str(row[0]) if row else None)


def _embedded_lines(state: ServerState) -> Iterator[tuple[str, str]]:
    answer = _ask(state.url) if state.answers else None
    yield "Database", f"embedded PostgreSQL {answer.version}" if answer else "embedded PostgreSQL"
    yield "Running", _running(state)
    if state.pid is not None:
        yield "Stays", _stays(state)
    if answer is not None:
        yield "Tables", _tables(answer.schema)
    yield "Folder", str(state.place.home)
    if state.place.home != state.place.wanted:
        yield "", f"(root's server runs as {state.place.account}, who cannot enter {state.place.wanted})"
    if state.exists:
        yield "Size", _size(state.place.home)
    yield "URL", shown_url(state.url)


def _own_lines(url: str) -> Iterator[tuple[str, str]]:
    yield "Database", "yours, by DATABASE_URL; the embedded one is not used"
    yield "URL", shown_url(url)
    answer = _ask(url)
    yield "Answers", f"yes, PostgreSQL {answer.version}"
    yield "Tables", _tables(answer.schema)


def _running(state: ServerState) -> str:
    if state.pid is None or state.started_at is None:
        return (
            "no; the next command that needs it starts it"
            if state.exists
            else "no; the first scrape makes it"
        )
    answering = "" if state.answers else ", but does not answer yet"
    return f"yes, since {state.started_at:%Y-%m-%d %H:%M:%S} UTC (process {state.pid}){answering}"


def _stays(state: ServerState) -> str:
    if state.kept:
        return "until `hoistscraper db stop`"
    return "as long as a command uses it" if state.in_use else "until the next command ends; none uses it now"


def _tables(revision: str | None) -> str:
    if revision == HEAD:
        return f"up to date ({HEAD})"
    if revision is not None and revision not in known_revisions():
        return f"{revision}, newer than this version of HoistScraper knows; docs/rollback.md tells the ways"
    return f"{revision or 'none yet'}; `hoistscraper db upgrade` brings them to {HEAD}"


def _size(folder: Path) -> str:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(parent, name).lstat().st_size
            except FileNotFoundError:
                continue  # the server removes files of its own while we look
    return f"{total / 1_000_000:,.0f} MB"


def _print_lines(lines: Iterator[tuple[str, str]]) -> None:
    for name, value in lines:
        typer.echo(f"{name:<10}{value}")


def _run_psql(url: str, arguments: list[str]) -> int:
    address = parse_url(url)
    # The list of processes shows arguments to everybody, the environment to nobody else.
    environment = {**os.environ, "PGPASSWORD": address.password} if address.password else dict(os.environ)
    command = [_psql_program(), "--dbname", client_url(without_password(address)), *arguments]
    # Ctrl-C calls off a statement in psql; it must not end the database under it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.run(command, check=False, env=environment).returncode  # noqa: S603 - what was asked for
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def _psql_program() -> str:
    try:
        bundled = installed().program("psql")
    except Unavailable:
        bundled = Path("/nonexistent")
    found = str(bundled) if bundled.is_file() else shutil.which("psql")
    if found is None:
        raise Unavailable("There is no psql on this machine: install PostgreSQL's client programs.")
    return found
