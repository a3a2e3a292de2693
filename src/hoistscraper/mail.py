"""Plain-text e-mail: sent by the server of the settings, without keeping anybody waiting.

Addresses and subjects come from strangers as well: they become headers only through the standard library's
addresses and messages, which refuse line breaks.
"""

import asyncio
import logging
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from ssl import SSLError
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
from pydantic import SecretStr

from hoistscraper.clock import now
from hoistscraper.errors import Invalid, Unavailable
from hoistscraper.settings import Settings

PATIENCE_SECONDS = 20.0
_USUAL_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SENDER = "HoistScraper"
_NO_ENCRYPTION = (
    "the mail server offers no encryption (STARTTLS); "
    "if that is meant, end HOIST_SMTP_URL with ?starttls=never"
)
# The first that fits counts.
_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (SSLError, "the certificate of the mail server is not to be trusted"),
    (
        aiosmtplib.SMTPAuthenticationError,
        "the mail server does not know the user and password of HOIST_SMTP_URL",
    ),
    (aiosmtplib.SMTPRecipientsRefused, "the mail server does not take letters for this address"),
    (aiosmtplib.SMTPSenderRefused, "the mail server does not let us write as HOIST_MAIL_FROM"),
    ((TimeoutError, aiosmtplib.SMTPTimeoutError), "the mail server does not answer"),
    ((aiosmtplib.SMTPConnectError, OSError), "the mail server of HOIST_SMTP_URL cannot be reached"),
)
_OTHER = "the mail server refused it: see HOIST_SMTP_URL and its log"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is to read; ``text`` is plain."""

    to: str
    subject: str
    text: str


class MailNotSent(Unavailable):
    """The mail server did not take a letter."""


def is_sent_here(settings: Settings) -> bool:
    """Whether the settings name a server that sends e-mail."""
    return settings.smtp_url is not None


async def send(settings: Settings, letter: Letter) -> None:
    """Hand a letter to the mail server.

    :raises Invalid: it cannot be addressed.
    :raises MailNotSent: the server cannot be reached, or does not take it; the reason is in the log.
    """
    if settings.smtp_url is None or settings.mail_from is None:
        raise MailNotSent("No mail server is set: name one in HOIST_SMTP_URL.")
    message = message_of(letter, sender=settings.mail_from)
    sender, recipients = settings.mail_from, [_ascii(letter.to)]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), _server(settings.smtp_url, PATIENCE_SECONDS) as server:
            await server.send_message(message, sender=sender, recipients=recipients)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        # What a server answers may repeat what was sent to it: only the kind of fault is written down.
        place = urlsplit(settings.smtp_url.get_secret_value()).hostname
        _log.warning("the mail server at %s did not take a letter: %s", place, type(error).__name__)
        raise MailNotSent(f"The e-mail was not sent, for {_reason(error)}.") from None


async def refusal_of_server(settings: Settings, *, patience_seconds: float) -> str | None:
    """Return why the mail server of the settings cannot be used, ``None`` if it lets us in; sends nothing."""
    if settings.smtp_url is None:
        raise TypeError("the settings name no mail server")
    try:
        async with asyncio.timeout(patience_seconds), _server(settings.smtp_url, patience_seconds):
            return None
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return _reason(error)


def _server(address: SecretStr, patience_seconds: float) -> aiosmtplib.SMTP:
    """Return the mail server of an address; in its block we are connected and logged in."""
    url = urlsplit(address.get_secret_value())
    host, is_tls = url.hostname or "", url.scheme == "smtps"
    is_plain = host in _LOOPBACK or parse_qs(url.query).get("starttls") == ["never"]
    return aiosmtplib.SMTP(
        hostname=host,
        port=url.port or _USUAL_PORTS[url.scheme],
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=is_tls,
        # Whoever is in between could else have the links for themselves.
        start_tls=not (is_tls or is_plain),
        timeout=patience_seconds,
    )


def message_of(letter: Letter, *, sender: str) -> EmailMessage:
    """Return a letter as it travels.

    :raises Invalid: an address or the subject cannot be a header.
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(_SENDER, addr_spec=sender)
        message["To"] = Address(addr_spec=_ascii(letter.to))
        message["Subject"] = letter.subject
    except (MessageError, ValueError, IndexError, TypeError):
        raise Invalid(
            "This cannot be the address of an e-mail: write it like somebody@example.org."
        ) from None
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    # Machines do not answer to it, and it is no newsletter that one leaves.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _ascii(address: str) -> str:
    """Return an address whose domain every server understands."""
    name, _, domain = address.rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Invalid("The e-mail address has a domain that cannot be: check it.") from None


def _reason(error: Exception) -> str:
    if "STARTTLS" in str(error):
        return _NO_ENCRYPTION
    kind = error.__cause__ if isinstance(error.__cause__, SSLError) else error
    return next((reason for kinds, reason in _REASONS if isinstance(kind, kinds)), _OTHER)
