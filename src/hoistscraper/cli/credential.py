"""``hoistscraper credential``: what websites know us by."""

import asyncio
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.accounts.kinds import (
    BasicCredential,
    CookieCredential,
    Credential,
    FormCredential,
    HeaderCredential,
    RecordedCredential,
    cookies_from,
)
from hoistscraper.accounts.recording import recorded_steps
from hoistscraper.accounts.store import ListedCredential
from hoistscraper.cli import stored_credentials
from hoistscraper.cli.addresses import Address
from hoistscraper.cli.screen import out, print_json, say, when
from hoistscraper.cli.secrets import Asker, asker, written
from hoistscraper.fetching.urls import typed_address
from hoistscraper.settings import Settings, load_settings
from hoistscraper.websites.addresses import must_be_public, watched_address

app = typer.Typer()


class Choice(StrEnum):
    """The kinds of log-in that can be set from here."""

    BASIC = "basic"
    COOKIE = "cookie"
    HEADER = "header"
    FORM = "form"
    RECORDED = "recorded"


@app.command(name="set")
def set_(
    url: Address,
    *,
    kind: Annotated[
        Choice,
        typer.Option(
            help="basic: name and password that the browser asks for; form: on a page; cookie: of a browser "
            "that is logged in; header: such as an API key; recorded: steps in a browser."
        ),
    ],
    user: Annotated[str | None, typer.Option(help="User name; asked for otherwise.")] = None,
    name: Annotated[str | None, typer.Option(help="header: its name, such as X-Api-Key.")] = None,
    log_in_url: Annotated[
        str | None, typer.Option(help="form, recorded: the page where the log-in begins.")
    ] = None,
    steps: Annotated[
        str | None,
        typer.Option(
            help="recorded: the file with the steps, such as: fill #user NAME, fill #password (asked), "
            "click button[type=submit], wait .welcome 10; each on a line, or as JSON."
        ),
    ] = None,
    user_field: Annotated[
        str | None, typer.Option(help="form: the field for the name, if not found.")
    ] = None,
    password_field: Annotated[
        str | None, typer.Option(help="form: the field for the password, if not found.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="form: a further field, whose value is asked for.")
    ] = None,
    success_text: Annotated[
        str | None, typer.Option(help="form: a text that only who is logged in sees.")
    ] = None,
    from_file: Annotated[
        str | None, typer.Option(help="Read the secrets, one a line, from this file; - is standard input.")
    ] = None,
) -> None:
    """Store the log-in of a website in the list, locked.

    Secrets are asked for without showing them, or read one a line from a file or pipe, in this order: user
    name (unless --user), password, further fields; or the cookies (name=value; name=value); or the header;
    or what the recorded steps leave open as (asked).
    """
    settings, address = load_settings(), watched_address(url)
    # Nobody likes to type a password for nothing.
    asyncio.run(stored_credentials.must_be_listed(settings, address))
    ask = asker(from_file)
    match kind:
        case Choice.BASIC:
            credential: Credential = BasicCredential(
                user=user or ask.name("User name"), password=ask.secret("Password")
            )
        case Choice.COOKIE:
            credential = CookieCredential(
                cookies=cookies_from(ask.secret("Cookies (name=value; name=value)"))
            )
        case Choice.HEADER:
            if name is None:
                raise typer.BadParameter("a header needs a name", param_hint="--name")
            credential = HeaderCredential(name=name, value=ask.secret(f"Value of {name}"))
        case Choice.FORM:
            if log_in_url is None:
                raise typer.BadParameter("a form needs the address of its page", param_hint="--log-in-url")
            credential = FormCredential(
                url=_log_in_page(log_in_url, settings),
                user=user or ask.name("User name"),
                password=ask.secret("Password"),
                user_field=user_field,
                password_field=password_field,
                more=_further(field or [], ask),
                success_text=success_text,
            )
        case Choice.RECORDED:
            if log_in_url is None or steps is None:
                raise typer.BadParameter(
                    "a recorded log-in needs the address where it begins and the file with its steps",
                    param_hint="--log-in-url, --steps",
                )
            credential = RecordedCredential(
                url=_log_in_page(log_in_url, settings), steps=recorded_steps(written(steps), ask.secret)
            )
    asyncio.run(stored_credentials.set_one(settings, address, credential))
    say(f"The log-in of {address} is stored, locked. Next: hoistscraper credential test {address}")


@app.command(name="list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show which websites have a log-in and how it went with it last; never the log-in itself."""
    listed = asyncio.run(stored_credentials.list_all(load_settings()))
    if as_json:
        print_json([_as_json(one) for one in listed])
        return
    if not listed:
        out.print("No log-in is stored. Store one: hoistscraper credential set URL --kind form")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Website", "Kind", "Set", "Last used", "Last let in", "Problem"):
        table.add_column(column, overflow="fold")
    for one in listed:
        times = (when(moment) for moment in (one.changed_at, one.last_used_at, one.last_verified_at))
        table.add_row(Text(one.website_url), one.kind, *times, Text(one.failed_reason or ""))
    out.print(table)


@app.command()
def test(url: Address) -> None:
    """Log in to a website and say what it shows; a log-in that was given up is tried again afterwards."""
    address = watched_address(url)
    seen = asyncio.run(stored_credentials.test_one(load_settings(), address))
    say(f"The website let us in: {seen.title or 'a page without a title'} ({seen.url}).")
    if seen.remark:
        say(seen.remark)


@app.command()
def remove(url: Address) -> None:
    """Forget the log-in of a website; the website stays in the list."""
    address = watched_address(url)
    asyncio.run(stored_credentials.remove_one(load_settings(), address))
    say(f"The log-in of {address} is forgotten.")


@app.command(name="rotate-key")
def rotate_key() -> None:
    """Lock every stored log-in with a new key, all of them or none.

    The new key is put on top of the key file; the older ones stay there for backups. With
    HOIST_CREDENTIAL_KEY, put a new key in front of the old one yourself (new,old) and run this.
    """
    relocked = asyncio.run(stored_credentials.rotate(load_settings()))
    say(f"Log-ins locked with the newest key: {relocked}.")


def _log_in_page(typed: str, settings: Settings) -> str:
    """Return where a log-in begins, judged before any secret is asked for."""
    address = typed_address(typed)
    must_be_public(address, settings.allow_hosts)
    return address


def _further(names: list[str], ask: Asker) -> dict[str, str]:
    return {name: ask.secret(f"Field {name}") for name in names}


def _as_json(one: ListedCredential) -> dict[str, object]:
    return {
        "url": one.website_url,
        "kind": one.kind,
        "changed_at": one.changed_at.isoformat(),
        "last_used_at": one.last_used_at.isoformat() if one.last_used_at else None,
        "last_verified_at": one.last_verified_at.isoformat() if one.last_verified_at else None,
        "failed_reason": one.failed_reason,
    }
