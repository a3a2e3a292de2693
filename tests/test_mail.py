"""Letters arrive as they were meant, and nothing in them becomes a header."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import SecretStr

from hoistscraper.errors import Invalid
from hoistscraper.mail import Letter, MailNotSent, message_of, send
from hoistscraper.settings import Settings
from tests.mailbox import PASSWORD, USER, Mailbox, mailbox
from tests.sites.certificates import authority, self_signed


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
def posting(box: Mailbox) -> Settings:
    return box.settings(Settings())


async def test_a_letter_arrives_as_it_was_written(box: Mailbox, posting: Settings) -> None:
    text = "Grüße,\nein Link: https://calls.example.org/invitation/#token=" + "a" * 43 + "\n"
    await send(posting, Letter("ana@bücher.example", "Für Ana", text))
    (letter,), (envelope,) = box.letters, box.envelopes
    assert (letter["Subject"], letter["To"]) == ("Für Ana", "ana@xn--bcher-kva.example")
    assert letter["From"] == "HoistScraper <calls@example.org>"
    assert letter.get_content().replace("\r\n", "\n") == text
    assert envelope.rcpt_tos == ["ana@xn--bcher-kva.example"]
    assert letter.get_content_type() == "text/plain"


@pytest.mark.parametrize(
    "to",
    [
        "ana@example.org\r\nBcc: eve@example.org",
        "ana@example.org\nBcc: eve@example.org",
        "ana@example.org, eve@example.org",
        "Ana <ana@example.org>, eve@example.org",
        "ana",
        "",
        "ana@exa\u2028mple.org",
        "ana@" + "x" * 300,
    ],
)
async def test_nothing_in_an_address_becomes_a_header(box: Mailbox, posting: Settings, to: str) -> None:
    with pytest.raises((Invalid, MailNotSent)):
        await send(posting, Letter(to, "x", "x"))
    assert box.letters == []


@pytest.mark.parametrize(
    "subject", ["x\r\nBcc: eve@example.org", "x\nBcc: e@example.org", "x\rBcc: e@example.org"]
)
def test_nothing_in_a_subject_becomes_a_header(subject: str) -> None:
    with pytest.raises(Invalid):
        message_of(Letter("ana@example.org", subject, "x"), sender="calls@example.org")


async def test_a_server_that_cannot_be_used_is_a_sentence_without_secrets(
    box: Mailbox, posting: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    letter = Letter("ana@example.org", "x", "x")
    box.refusal = "550 spam"
    with pytest.raises(MailNotSent, match="refused it"):
        await send(posting, letter)
    wrong = SecretStr(f"smtp://calls:mark-7@127.0.0.1:{box.port}")
    with pytest.raises(MailNotSent, match="does not know the user"):
        await send(posting.model_copy(update={"smtp_url": wrong}), letter)
    nobody = SecretStr("smtp://calls:mark-7@127.0.0.1:1")
    with pytest.raises(MailNotSent, match="cannot be reached"):
        await send(posting.model_copy(update={"smtp_url": nobody}), letter)
    assert "mark-7" not in caplog.text
    assert PASSWORD not in caplog.text


async def test_what_is_sent_elsewhere_is_encrypted_unless_the_settings_say_otherwise() -> None:
    # It is this computer as well, but not by a name that we take for it.
    with mailbox("127.0.0.2") as elsewhere:
        address = f"smtp://{USER}:p%40ss%3Aword%2F7@127.0.0.2:{elsewhere.port}"
        posting = elsewhere.settings(Settings(), smtp_url=SecretStr(address))
        letter = Letter("ana@example.org", "x", "x")
        with pytest.raises(MailNotSent, match="STARTTLS"):
            await send(posting, letter)
        assert elsewhere.letters == []
        plain = SecretStr(f"{address}?starttls=never")
        await send(posting.model_copy(update={"smtp_url": plain}), letter)
        assert len(elsewhere.letters) == 1


async def test_a_certificate_that_nobody_vouches_for_gets_no_letter() -> None:
    with mailbox("127.0.0.2", tls=self_signed("127.0.0.2")) as elsewhere:
        address = SecretStr(f"smtp://{USER}:p%40ss%3Aword%2F7@127.0.0.2:{elsewhere.port}")
        with pytest.raises(MailNotSent, match="certificate"):
            await send(elsewhere.settings(Settings(), smtp_url=address), Letter("ana@example.org", "x", "x"))
        assert elsewhere.letters == []


async def test_what_is_sent_by_a_certificate_that_is_trusted_arrives(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours = authority()
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(ours.certificate.public_bytes(Encoding.PEM))
    # As a town hall names the authority of its own network.
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mailbox("127.0.0.2", tls=ours.serve("127.0.0.2")) as elsewhere:
        address = SecretStr(f"smtp://{USER}:p%40ss%3Aword%2F7@127.0.0.2:{elsewhere.port}")
        await send(elsewhere.settings(Settings(), smtp_url=address), Letter("ana@example.org", "x", "x"))
        assert len(elsewhere.letters) == 1
