"""``hoistscraper user`` and ``token`` as their user meets them."""

import io
import json
import sys

import pytest

from tests.cli.conftest import Printed, Run

PASSWORD = "a bridge over still water"


@pytest.fixture
def piped(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with a password in a pipe."""

    def command(*arguments: str, password: str = PASSWORD) -> Printed:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{password}\n".encode())))
        return run(*arguments)

    return command


def test_users_are_added_listed_changed_and_removed(run: Run, piped: Run) -> None:
    assert "hoistscraper user add" in run("user", "list").out
    added = piped("user", "add", "Ana@Example.org", "--name", "Ana [b]", "--role", "administrator")
    assert (added.code, added.out) == (0, "ana@example.org is administrator now.\n")
    assert piped("user", "add", "bea@example.org").out == "bea@example.org is viewer now.\n"
    assert run("user", "role", "BEA@example.org", "editor").out == "bea@example.org is editor now.\n"
    assert "signed out" in piped("user", "password", "bea@example.org", password="another long line").out
    assert "may not sign in" in run("user", "disable", "bea@example.org").out
    listed = json.loads(run("user", "list", "--json").out)
    assert [(user["email"], user["role"], user["active"]) for user in listed] == [
        ("ana@example.org", "administrator", True),
        ("bea@example.org", "editor", False),
    ]
    assert "Ana [b]" in run("user", "list").out
    assert "may sign in again" in run("user", "enable", "bea@example.org").out
    assert run("user", "remove", "bea@example.org").code == 0
    assert "argon2" not in run("user", "list", "--json").out


@pytest.mark.parametrize(
    ("arguments", "password", "sentence"),
    [
        (("add", "bea@example.org"), "eleven-char", "too short"),
        (("add", "bea@example.org"), "password1234", "guessed first"),
        (("add", "no-address"), PASSWORD, "no e-mail address"),
        (("add", "ana@example.org"), PASSWORD, "already"),
        (("remove", "ana@example.org"), PASSWORD, "last administrator"),
        (("disable", "ana@example.org"), PASSWORD, "last administrator"),
        (("role", "ana@example.org", "viewer"), PASSWORD, "last administrator"),
        (("role", "nobody@example.org", "viewer"), PASSWORD, "There is no user"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    piped: Run, arguments: tuple[str, ...], password: str, sentence: str
) -> None:
    assert piped("user", "add", "ana@example.org", "--role", "administrator").code == 0
    refused = piped("user", *arguments, password=password)
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert sentence in refused.err
    assert password not in refused.err


def test_the_secret_of_a_token_is_printed_once(run: Run, piped: Run) -> None:
    piped("user", "add", "ana@example.org", "--role", "editor")
    assert "hoistscraper token add" in run("token", "list").out
    secret = run("token", "add", "ana@example.org", "--name", "Report", "--role", "viewer", "--days", "7").out
    assert secret.startswith("hst_")
    shown = run("token", "list").out
    assert secret[:10] in shown
    assert secret.strip() not in shown
    [listed] = json.loads(run("token", "list", "--json").out)
    assert (listed["role"], listed["active"], listed["user"]) == ("viewer", True, "ana@example.org")
    refused = run("token", "add", "ana@example.org", "--name", "More", "--role", "administrator")
    assert (refused.code, "more than its user" in refused.err) == (1, True)
    assert "is revoked" in run("token", "revoke", listed["id"]).out
    assert json.loads(run("token", "list", "--json").out)[0]["active"] is False
