"""``hoistscraper token``: by which programs are recognised."""

import asyncio
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.accounts.api_tokens import has_ended
from hoistscraper.accounts.roles import Role
from hoistscraper.accounts.user_model import ApiToken, User
from hoistscraper.cli import stored_users
from hoistscraper.cli.screen import out, print_json, say, when
from hoistscraper.clock import now
from hoistscraper.settings import load_settings

app = typer.Typer()


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="E-mail address of the user whose program it is for.")],
    *,
    name: Annotated[str, typer.Option(help="What it is for.")],
    role: Annotated[Role | None, typer.Option(help="What it may do at most; as its user otherwise.")] = None,
    days: Annotated[
        float | None, typer.Option(min=0.001, max=3650, help="Days until it ends; else when revoked.")
    ] = None,
) -> None:
    """Make a token, and print its secret, which is not shown again."""
    expires_at = now() + timedelta(days=days) if days is not None else None
    _, secret = asyncio.run(
        stored_users.issue_token(load_settings(), email, name=name, role=role, expires_at=expires_at)
    )
    say(secret)


@app.command(name="list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show the tokens of everybody, never their secrets."""
    listed = asyncio.run(stored_users.list_tokens(load_settings()))
    if as_json:
        print_json([_as_json(token, user) for token, user in listed])
        return
    if not listed:
        out.print("There are no tokens. Make one: hoistscraper token add EMAIL --name REPORT")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Id", "Begins with", "Name", "User", "Role", "Last used", "Ends"):
        table.add_column(column, overflow="fold")
    for token, user in listed:
        ends = "over" if has_ended(token, at=now()) else when(token.expires_at) if token.expires_at else ""
        table.add_row(
            str(token.id),
            token.prefix,
            Text(token.name),
            Text(user.email),
            token.role,
            when(token.last_used_at),
            ends,
        )
    out.print(table)


@app.command()
def revoke(token_id: Annotated[UUID, typer.Argument(help="Its id, as `token list` shows it.")]) -> None:
    """Revoke a token for good, at once."""
    token = asyncio.run(stored_users.revoke_token(load_settings(), token_id))
    say(f"The token {token.prefix} ({token.name}) is revoked.")


def _as_json(token: ApiToken, user: User) -> dict[str, object]:
    return {
        "id": str(token.id),
        "prefix": token.prefix,
        "name": token.name,
        "user": user.email,
        "role": token.role,
        "active": user.is_active and not has_ended(token, at=now()),
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
        "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
    }
