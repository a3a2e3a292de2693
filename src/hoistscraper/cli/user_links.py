"""The commands of ``hoistscraper user`` that make links: invitations, and new passwords."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hoistscraper.accounts.roles import Role
from hoistscraper.cli import stored_users
from hoistscraper.cli.screen import out, print_json, progress, say, when
from hoistscraper.clock import now
from hoistscraper.settings import load_settings

Email = Annotated[str, typer.Argument(help="E-mail address of the user.")]


def register(app: typer.Typer) -> None:
    """Add the commands to a group."""
    for command in (invite, invitations, uninvite, reset_link):
        app.command()(command)


def invite(
    email: Annotated[str, typer.Argument(help="E-mail address of whom to invite.")],
    *,
    role: Annotated[
        Role, typer.Option(help="viewer reads; editor changes websites and jobs; administrator everything.")
    ] = Role.VIEWER,
) -> None:
    """Invite somebody, who chooses name and password by a link that works once, for seven days.

    The link is sent by e-mail, or printed where none can be sent. Inviting again makes another link; the one
    before is worth nothing then.
    """
    invited = asyncio.run(stored_users.invite(load_settings(), email, role))
    if invited.link is None:
        say(f"{invited.invitation.email} is invited as {role}; the link was sent by e-mail.")
        return
    progress.print(
        f"{invited.invitation.email} is invited as {role}. {invited.not_sent} Hand this link on; it is not "
        "shown again:",
        markup=False,
        soft_wrap=True,
    )
    say(invited.link)


def invitations(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show who is invited and has not accepted yet; never their links."""
    listed = asyncio.run(stored_users.list_invitations(load_settings()))
    if as_json:
        print_json(
            [
                {"email": each.email, "role": each.role, "expires_at": each.expires_at.isoformat()}
                for each in listed
            ]
        )
        return
    if not listed:
        out.print("Nobody is invited. Invite somebody: hoistscraper user invite EMAIL --role editor")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("E-mail", "Role", "Invited by", "Ends"):
        table.add_column(column, overflow="fold")
    for each in listed:
        ends = when(each.expires_at) if each.expires_at > now() else "over"
        table.add_row(Text(each.email), each.role, Text(each.invited_by), ends)
    out.print(table)


def uninvite(email: Email) -> None:
    """Take an invitation back: its link is worth nothing any more."""
    asyncio.run(stored_users.revoke_invitation(load_settings(), email))
    say(f"{email.strip()} is not invited any more.")


def reset_link(email: Email) -> None:
    """Print a link by which a user sets another password, once and within an hour; hand it on."""
    say(asyncio.run(stored_users.make_reset_link(load_settings(), email)))
