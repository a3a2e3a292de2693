"""``hoistscraper backup``: everything in one file that was tried out."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.backups import books
from hoistscraper.backups.archive import opened as opened_archive
from hoistscraper.backups.creating import Made
from hoistscraper.backups.loading import Opener
from hoistscraper.backups.manifest import Manifest
from hoistscraper.backups.places import file_at, place_of
from hoistscraper.backups.running import make_backup, place_named, scratch_folder, standing_of
from hoistscraper.cli.opening import opened
from hoistscraper.cli.screen import out, print_json, progress, say, when
from hoistscraper.cli.secrets import asker
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.settings import Settings, load_settings

app = typer.Typer(invoke_without_command=True)

To = Annotated[
    str | None, typer.Option("--to", help="A folder, or s3://bucket/folder; HOIST_BACKUP_TO otherwise.")
]
FromFile = Annotated[
    str | None,
    typer.Option(help="Read the passphrase from the first line of this file; - is standard input."),
]
Days = Annotated[int | None, typer.Option(min=0, help="Of so many days the newest backup stays.")]
Weeks = Annotated[int | None, typer.Option(min=0, help="The same for weeks.")]
Months = Annotated[int | None, typer.Option(min=0, help="The same for months; 0 for all three keeps all.")]


@app.callback()
def make(
    context: typer.Context,
    *,
    to: To = None,
    encrypt: Annotated[
        bool,
        typer.Option(
            "--encrypt", help="Lock it with a passphrase: HOIST_BACKUP_PASSPHRASE, or it is asked for."
        ),
    ] = False,
    from_file: FromFile = None,
    verify: Annotated[
        bool | None,
        typer.Option(help="Restore it for a trial and compare every row; HOIST_BACKUP_VERIFY otherwise."),
    ] = None,
    keep_daily: Days = None,
    keep_weekly: Weeks = None,
    keep_monthly: Months = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Back up everything into one file, while all goes on working.

    It has its name only once all of it is there and, unless you do not want that, was restored into a
    database beside for a trial and compared row by row. The key of stored log-ins goes along only where the
    backup is locked with a passphrase. `hoistscraper restore FILE` is the way back.
    """
    if context.invoked_subcommand is not None:
        return
    changes = {
        "backup_to": to,
        "backup_verify": verify,
        "backup_keep_daily": keep_daily,
        "backup_keep_weekly": keep_weekly,
        "backup_keep_monthly": keep_monthly,
    }
    settings = load_settings().model_copy(
        update={name: value for name, value in changes.items() if value is not None}
    )
    made = asyncio.run(_make(settings, _passphrase(settings, from_file, is_wanted=encrypt)))
    if as_json:
        print_json({"file": made.address, "bytes": made.size, **_as_json(made.manifest)})
        return
    _tell(made)


@app.command(name="list")
def list_(
    *, to: To = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Show which backups there are, and how the last one went."""
    settings = load_settings()
    named = to or place_named(settings)
    place = place_of(named, scratch=scratch_folder(settings))
    stored = place.stored()
    found = asyncio.run(_standing(settings))
    if as_json:
        print_json(
            {
                "place": named,
                "items": [
                    {"file": place.address(each.name), "at": each.at.isoformat(), "bytes": each.size}
                    for each in stored
                ],
                "last_success": found.succeeded_at.isoformat() if found.succeeded_at else None,
                "last_problem": found.problem,
            }
        )
        return
    if stored:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("Shows", "Size", "File"):
            table.add_column(column, overflow="fold")
        for each in stored:
            table.add_row(when(each.at), _megabytes(each.size), Text(place.address(each.name)))
        out.print(table)
    else:
        say(f"There is no backup at {named} yet; `hoistscraper backup` makes one.")
    if found.problem:
        say(f"The last attempt failed: {found.problem}")
    if books.is_overdue(settings, found, now=now()):
        say("The next backup of the timetable is overdue: is `hoistscraper serve` or a worker running?")


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A file, or s3://bucket/name.", metavar="FILE_OR_URL")],
    *,
    from_file: FromFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check every byte of a backup without touching any database, and show what it holds."""
    settings = load_settings()
    with file_at(file, scratch=scratch_folder(settings)) as path, opened_archive(path) as archive:
        Opener.of(archive, lambda: passphrase_for_opening(settings, from_file)).check()
        manifest = archive.manifest
    if as_json:
        print_json(_as_json(manifest))
        return
    say(
        f"The backup is whole. It shows {when(manifest.created_at)}: {manifest.rows:,} rows in "
        f"{len(manifest.tables)} tables of version {manifest.program_version} ({manifest.schema_revision}), "
        f"from PostgreSQL {manifest.server_version}{', locked' if manifest.encryption else ''}."
    )


def passphrase_for_opening(settings: Settings, from_file: str | None) -> str:
    """Return the passphrase of a backup that is locked: from a file, the settings, or whoever is there."""
    if from_file is None and settings.backup_passphrase is not None:
        return settings.backup_passphrase.get_secret_value()
    return asker(from_file).secret("Passphrase of the backup")


def _passphrase(settings: Settings, from_file: str | None, *, is_wanted: bool) -> str | None:
    if from_file is None and settings.backup_passphrase is not None:
        return settings.backup_passphrase.get_secret_value()
    return asker(from_file).new_secret("Passphrase") if is_wanted or from_file else None


async def _make(settings: Settings, passphrase: str | None) -> Made:
    async with opened(settings) as database:
        made = await make_backup(
            settings, database, trigger=books.PERSON, passphrase=passphrase, tell=progress.print
        )
        async with database.transaction() as session:
            await trail_here().record(
                session,
                Action.BACKUP_MAKE,
                Thing("backup", made.name, made.address),
                {"bytes": made.size, "removed": list(made.removed)},
            )
    return made


async def _standing(settings: Settings) -> books.Standing:
    async with opened(settings) as database:
        return await standing_of(database)


def _tell(made: Made) -> None:
    manifest = made.manifest
    proven = "restored for a trial and compared" if manifest.was_verified else "not tried out"
    say(f"{made.address}: {manifest.rows:,} rows, {_megabytes(made.size)}, {proven}.")
    if manifest.encryption is None:
        say(
            "It is not locked: whoever has the file can read what it holds. The key of stored log-ins did "
            "not go along; --encrypt locks it and takes the key along."
        )
    else:
        say("It is locked: keep the passphrase somewhere else, for without it nobody can open the backup.")
    if made.removed:
        say(f"Let go, as newer ones are enough: {', '.join(made.removed)}.")


def _as_json(manifest: Manifest) -> dict[str, object]:
    document: dict[str, object] = manifest.model_dump(mode="json")
    return document


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
