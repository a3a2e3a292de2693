"""``hoistscraper user``: who may sign in, and what each of them may do."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.accounts import users
from hoistscraper.accounts.passwords import check_password
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.user_model import User
from hoistscraper.cli import stored_users, user_links
from hoistscraper.cli.screen import out, print_json, say, when
from hoistscraper.cli.secrets import asker
from hoistscraper.settings import load_settings

app = typer.Typer()
user_links.register(app)

Email = Annotated[str, typer.Argument(help="E-mail address of the user.")]
FromFile = Annotated[
    str | None, typer.Option(help="Read the password from the first line of this file; - is standard input.")
]


@app.command()
def add(
    email: Email,
    *,
    name: Annotated[str | None, typer.Option(help="Name to show; the e-mail address otherwise.")] = None,
    role: Annotated[
        Role, typer.Option(help="viewer reads; editor changes websites and jobs; administrator everything.")
    ] = Role.VIEWER,
    without_password: Annotated[
        bool, typer.Option("--without-password", help="Do not let this user sign in by password.")
    ] = False,
    from_file: FromFile = None,
) -> None:
    """Add somebody who may sign in; the password is asked for, or read from a file or pipe."""
    settings = load_settings()
    folded, shown = users.folded_email(email), users.cleaned_name(name or email)
    password = None if without_password else asker(from_file).new_secret("Password")
    if password is not None:
        check_password(password, email=folded, name=shown)
    asyncio.run(stored_users.add(settings, email=folded, name=shown, role=role, password=password))
    say(f"{folded} is {role} now.")


@app.command(name="list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show who may sign in."""
    listed = asyncio.run(stored_users.list_all(load_settings()))
    if as_json:
        print_json([_as_json(user) for user in listed])
        return
    if not listed:
        out.print("There are no users. Add one: hoistscraper user add EMAIL --role administrator")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("E-mail", "Name", "Role", "May sign in", "Last signed in"):
        table.add_column(column, overflow="fold")
    for user in listed:
        may = "no" if not user.is_active else "yes" if user.password_hash else "not by password"
        table.add_row(Text(user.email), Text(user.name), user.role, may, when(user.last_sign_in_at))
    out.print(table)


@app.command()
def role(email: Email, new: Annotated[Role, typer.Argument(help="The new role.", metavar="ROLE")]) -> None:
    """Give a user another role; the user has to sign in again."""
    user = asyncio.run(stored_users.change_role(load_settings(), email, new))
    say(f"{user.email} is {new} now.")


@app.command()
def password(email: Email, *, from_file: FromFile = None) -> None:
    """Give a user another password, and end all sessions of this user."""
    settings = load_settings()
    user = asyncio.run(stored_users.find(settings, email))
    new = asker(from_file).new_secret("New password")
    check_password(new, email=user.email, name=user.name)
    asyncio.run(stored_users.set_password(settings, user.email, new))
    say(f"{user.email} has a new password; whoever was signed in as this user is signed out.")


@app.command()
def disable(email: Email) -> None:
    """Let a user in no more, at once; tokens of this user are worth nothing either."""
    user = asyncio.run(stored_users.set_active(load_settings(), email, is_active=False))
    say(f"{user.email} may not sign in any more. Again: hoistscraper user enable {user.email}")


@app.command()
def enable(email: Email) -> None:
    """Let a user in again."""
    user = asyncio.run(stored_users.set_active(load_settings(), email, is_active=True))
    say(f"{user.email} may sign in again.")


@app.command()
def remove(email: Email) -> None:
    """Remove a user, with sessions and tokens."""
    user = asyncio.run(stored_users.remove(load_settings(), email))
    say(f"{user.email} is removed.")


def _as_json(user: User) -> dict[str, object]:
    return {
        "id": str(user.id),
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "active": user.is_active,
        "has_password": user.password_hash is not None,
        "created_at": user.created_at.isoformat(),
        "last_sign_in_at": user.last_sign_in_at.isoformat() if user.last_sign_in_at else None,
    }
