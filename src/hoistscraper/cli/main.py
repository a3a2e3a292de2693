"""The entry point: only the command that is asked for is imported, so that ``--help`` answers at once."""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from hoistscraper.cli.loading import load
from hoistscraper.cli.problems import reported
from hoistscraper.logs import log_to_screen

# Name -> what it does in one line. Its module in this folder has the same name and offers ``app``, a group of
# commands, or ``command``, one function.
COMMANDS = {
    "demo": "Scrape the bundled sample portal and show what was found.",
    "serve": "Answer people and programs: API, web app, workers and database in one command.",
    "inspect": "Show what would be read from a page, with the proof of every value.",
    "scrape": "Scrape a website and keep the calls it offers.",
    "worker": "Take jobs from the queue and scrape, until stopped.",
    "job": "List, show, follow, cancel and retry scrape jobs.",
    "website": "Add, list, import and remove the websites that are watched.",
    "credential": "Keep the log-ins of websites, locked; test them.",
    "user": "Add, invite, list, change and remove those who may sign in.",
    "token": "Make, list and revoke tokens, by which programs are recognised.",
    "opportunity": "List, show and export what was found.",
    "audit": "Show who did what, when; export it.",
    "backup": "Back up everything into one file that is tried out; list and check backups.",
    "restore": "Go back to a backup, into an empty database or beside a full one.",
    "db": "Start, stop, upgrade and enter the database.",
    "loadtest": "Put your own server under the load of many readers, and judge how it stands up.",
    "config": "Show every setting and where it comes from.",
    "doctor": "Check what works here, what is missing and how to get it.",
}


def main() -> None:
    """Run the command line; exit 0, 1 (could not do it) or 2 (wrong usage)."""
    log_to_screen()
    with reported():
        build_app(sys.argv[1:])()


def build_app(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the wanted command loaded and the others by name and summary only."""
    app = typer.Typer(
        name="hoistscraper",
        help="Watch funding websites and keep every tender, grant and call, with the proof of each value.",
        epilog="Start with: hoistscraper demo",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_program)
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name, summary in COMMANDS.items():
        if name == wanted:
            _load(app, name, summary)
        else:
            app.command(name, help=summary)(_not_loaded)
    return app


def _load(app: typer.Typer, name: str, summary: str) -> None:
    module = load(f"hoistscraper.cli.{name}")
    group = getattr(module, "app", None)
    if isinstance(group, typer.Typer):
        # A group that does something by itself needs no word behind its name.
        app.add_typer(
            group, name=name, help=summary, no_args_is_help=group.info.invoke_without_command is not True
        )
    else:
        app.command(name)(module.command)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the framework calls it with the option's value
    if wanted:
        typer.echo(f"hoistscraper {version('hoistscraper')}")
        raise typer.Exit


def _program(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Watch funding websites and keep every tender, grant and call, with the proof of each value."""


def _not_loaded() -> None:
    """Stand in the list of commands; never called, for the wanted command is always loaded."""


if __name__ == "__main__":
    main()
