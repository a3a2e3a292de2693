"""Links made at the command line: printed where no letter can be sent."""

import json
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.mailbox import PASSWORD, USER, Mailbox, mailbox


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


def test_somebody_is_invited_by_a_link_and_not_any_more(run: Run) -> None:
    invited = run(
        "user", "invite", "Bo@example.org", "--role", "editor", HOIST_PUBLIC_URL="https://x.example"
    )
    assert (invited.code, invited.out.startswith("https://x.example/invitation/#token=")) == (0, True)
    assert "HOIST_SMTP_URL" in invited.err
    (listed,) = json.loads(run("user", "invitations", "--json").out)
    assert (listed["email"], listed["role"]) == ("bo@example.org", "editor")
    shown = run("user", "invitations").out
    assert "bo@example.org" in shown
    assert invited.out.strip().partition("=")[2] not in shown
    assert run("user", "uninvite", "bo@example.org").code == 0
    assert "Nobody is invited" in run("user", "invitations").out
    assert run("user", "uninvite", "bo@example.org").code == 1


def test_the_invitation_is_sent_where_it_can_be(run: Run, box: Mailbox) -> None:
    mail = {
        "HOIST_SMTP_URL": f"smtp://{USER}:p%40ss%3Aword%2F7@127.0.0.1:{box.port}",
        "HOIST_MAIL_FROM": "calls@example.org",
        "HOIST_PUBLIC_URL": "https://x.example",
    }
    invited = run("user", "invite", "bo@example.org", **mail)
    assert (invited.code, "sent by e-mail" in invited.out, "#token=" in invited.out) == (0, True, False)
    assert box.link().startswith("https://x.example/invitation/#token=")
    shown = run("config").out
    assert PASSWORD not in shown
    assert "p%40ss" not in shown


def test_a_link_to_a_new_password_is_printed(run: Run) -> None:
    assert run("user", "reset-link", "bo@example.org").code == 1
    assert run("user", "add", "bo@example.org", "--without-password").code == 0
    printed = run("user", "reset-link", "Bo@example.org")
    assert (printed.code, "/new-password/#token=" in printed.out) == (0, True)
    run("user", "disable", "bo@example.org")
    assert "user enable" in run("user", "reset-link", "bo@example.org").err
