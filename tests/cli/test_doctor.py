"""``doctor`` tells of the mail server and the provider before people miss their letters."""

import json
from collections.abc import Iterator

import pytest

from hoistscraper.cli import doctor
from tests.api.test_oidc import issuer
from tests.cli.conftest import Run
from tests.mailbox import USER, Mailbox, mailbox
from tests.sites import Site
from tests.sites.thread import in_thread

__all__ = ["issuer"]

RIGHT = "p%40ss%3Aword%2F7"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


def examined(run: Run, what: str, **named: str) -> tuple[bool, bool, str]:
    """Return whether it is well, whether that is needed, and what is said of it."""
    printed = run("doctor", "--json", **named)
    [finding] = [each for each in json.loads(printed.out) if each["what"] == what]
    assert printed.code == int(finding["needed"] and not finding["ok"])
    return finding["ok"], finding["needed"], finding["said"]


def mail(box: Mailbox, password: str = RIGHT, port: int | None = None) -> dict[str, str]:
    address = f"smtp://{USER}:{password}@127.0.0.1:{port or box.port}"
    return {"HOIST_SMTP_URL": address, "HOIST_MAIL_FROM": "calls@example.org", "HOIST_PUBLIC_URL": "http://x"}


def test_the_mail_server_is_asked_whether_it_lets_us_in_and_gets_no_letter(run: Run, box: Mailbox) -> None:
    is_well, is_needed, said = examined(run, "Mail server")
    assert (is_well, is_needed, "HOIST_SMTP_URL" in said) == (True, False, True)
    assert examined(run, "Mail server", **mail(box)) == (True, True, "127.0.0.1 lets us in")
    is_well, _, said = examined(run, "Mail server", **mail(box, password="mark-7"))
    assert (is_well, "does not know the user" in said, "mark-7" in said) == (False, True, False)
    is_well, _, said = examined(run, "Mail server", **mail(box, port=1))
    assert (is_well, "cannot be reached" in said, "correct HOIST_SMTP_URL" in said) == (False, True, True)
    assert box.letters == []


class Silent(Site):
    """Takes connections, and answers nobody."""

    async def _answer_one(self, reader, writer) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
        await reader.read()
        return False


def test_who_does_not_answer_is_not_waited_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, box: Mailbox
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE_SECONDS", 0.3)
    with in_thread(Silent({})) as silent:
        is_well, _, said = examined(run, "Mail server", **mail(box, port=silent.port))
        assert (is_well, "does not answer" in said) == (False, True)
        is_well, _, said = examined(run, "Sign-in provider", **at(f"http://127.0.0.1:{silent.port}"))
        assert (is_well, "no whole answer came" in said) == (False, True)


def at(address: str) -> dict[str, str]:
    return {
        "HOIST_OIDC_ISSUER": address,
        "HOIST_OIDC_CLIENT_ID": "hoist",
        "HOIST_PUBLIC_URL": "http://127.0.0.1",
        "HOIST_SMTP_URL": "",
    }


def test_the_provider_is_asked_what_it_says_of_itself(run: Run, issuer: str) -> None:
    is_well, is_needed, said = examined(run, "Sign-in provider")
    assert (is_well, is_needed, "HOIST_OIDC_ISSUER" in said) == (True, False, True)
    assert examined(run, "Sign-in provider", **at(issuer)) == (
        True,
        True,
        f"Single sign-on at {issuer} answers",
    )
    is_well, _, said = examined(run, "Sign-in provider", **at(f"{issuer}/elsewhere"))
    assert (is_well, "status 404" in said, "correct HOIST_OIDC_ISSUER" in said) == (
        False,
        True,
        True,
    )
    is_well, _, said = examined(run, "Sign-in provider", **at(issuer), HOIST_ALLOW_HOSTS="")
    assert (is_well, "set HOIST_ALLOW_HOSTS=127.0.0.1" in said) == (False, True)
