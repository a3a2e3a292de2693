"""``hoistscraper restore``: back to a backup."""

import asyncio
import sys
from typing import Annotated

import typer

from hoistscraper.accounts import keys
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.backups.archive import opened as opened_archive
from hoistscraper.backups.loading import Opener
from hoistscraper.backups.places import file_at
from hoistscraper.backups.restoring import Aim, Restored, must_be_known, restore
from hoistscraper.backups.running import scratch_folder
from hoistscraper.cli.backup import FromFile, passphrase_for_opening
from hoistscraper.cli.opening import reached
from hoistscraper.cli.screen import progress, say, when
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.database.engine import connected
from hoistscraper.database.urls import parse_url
from hoistscraper.errors import Conflict
from hoistscraper.migrations import known_revisions, upgrade
from hoistscraper.settings import Settings, load_settings


def command(
    file: Annotated[str, typer.Argument(help="A file, or s3://bucket/name.", metavar="FILE_OR_URL")],
    *,
    into: Annotated[
        str | None,
        typer.Option("--into", help="Another database on the same server; it is made if it is not there."),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take the place of a database that is not empty; you type its name."),
    ] = False,
    confirm: Annotated[
        str | None, typer.Option("--confirm", help="That name, where nobody is there to type it.")
    ] = None,
    from_file: FromFile = None,
) -> None:
    """Go back to a backup.

    Every byte of it is checked before anything is touched. It goes into an empty database; a full one is left
    alone unless --replace is given and its name typed: then it is kept under another name. Tables of an older
    version are brought up to date. Whoever was signed in has to sign in again.
    """
    settings = load_settings()
    with file_at(file, scratch=scratch_folder(settings)) as path, opened_archive(path) as archive:
        must_be_known(archive.manifest, known_revisions())
        opener = Opener.of(archive, lambda: passphrase_for_opening(settings, from_file))
        key = opener.credential_key()
        with reached(settings) as url:
            database = into or parse_url(url).database or ""
            if replace:
                _must_be_meant(database, confirm)
            aim = Aim(
                url=url,
                database=database,
                replaces=replace,
                known_revisions=known_revisions(),
                upgrade=upgrade,
                at=now(),
            )
            done = restore(opener, aim, tell=progress.print)
            asyncio.run(_note(settings, done, path.name if path.suffix else file))
    _tell(done)
    if key is not None and keys.put_back(settings, key.decode("ascii", "replace")):
        say(f"The key of stored log-ins is back in {keys.key_file(settings)}.")


def _must_be_meant(database: str, confirm: str | None) -> None:
    typed = confirm
    if typed is None:
        if not sys.stdin.isatty():
            raise Conflict(f"Type the name of the database to replace it, or give it: --confirm {database}")
        typed = typer.prompt(f"Type the name of the database that is to be replaced ({database})", err=True)
    if typed != database:
        raise Conflict(f"{typed} is not the name of the database, {database}: nothing was changed.")


async def _note(settings: Settings, done: Restored, file: str) -> None:
    async with connected(parse_url(done.url), settings) as database, database.transaction() as session:
        await trail_here().record(
            session,
            Action.DATABASE_RESTORE,
            Thing("database", done.database, done.database),
            {"backup": file, "shows": done.manifest.created_at.isoformat(), "kept_as": done.old},
        )


def _tell(done: Restored) -> None:
    manifest = done.manifest
    say(
        f"The database {done.database} is as it was at {when(manifest.created_at)}: {manifest.rows:,} rows "
        f"in {len(manifest.tables)} tables, each compared with what was backed up."
    )
    if done.old:
        say(
            f"What was there before is kept as the database {done.old}. Once you do not need it any more: "
            f"hoistscraper db psql -c 'DROP DATABASE \"{done.old}\"'"
        )
    say(
        "Everybody has to sign in again. Users, passwords and API tokens are those of that moment: whom you "
        "removed since then, and tokens that you revoked, are back."
    )
