"""A mail server of one's own on loopback, and what it received."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from hoistscraper.settings import Settings

USER, PASSWORD = "calls", "p@ss:word/7"
_LINK = re.compile(r"https?://\S+#token=\S+")


@dataclass
class Mailbox:
    """Letters that arrived, in their order; ``refusal`` is answered instead of taking one.

    While it ``is_busy``, a letter waits before it is taken.
    """

    port: int = 0
    is_busy: bool = False
    refusal: str | None = None
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        while self.is_busy:  # noqa: ASYNC110 - it is changed by another thread
            await asyncio.sleep(0.02)
        if not session.authenticated:
            return "530 who are you?"
        if self.refusal:
            return self.refusal
        message = message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        self.envelopes.append(envelope)
        return "250 taken"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        is_right = isinstance(given, LoginPassword) and given == LoginPassword(
            USER.encode(), PASSWORD.encode()
        )
        return AuthResult(success=is_right, handled=False)

    def settings(self, of: Settings, **more: object) -> Settings:
        """Return settings with which letters come here."""
        named = {
            "smtp_url": SecretStr(f"smtp://{USER}:p%40ss%3Aword%2F7@127.0.0.1:{self.port}"),
            "mail_from": "calls@example.org",
            "public_url": "http://127.0.0.1",
        }
        return of.model_copy(update=named | more)

    def link(self) -> str:
        """Return the link of the letter that came last."""
        found = _LINK.search(self.letters[-1].get_content())
        assert found, self.letters[-1]
        return found.group()


@contextmanager
def mailbox(host: str = "127.0.0.1", *, tls: SSLContext | None = None) -> Iterator[Mailbox]:
    """Yield a mailbox whose server listens at a free port of loopback, and asks for a password.

    With ``tls`` it offers encryption by STARTTLS.
    """
    box = Mailbox()
    controller = _Controller(
        box,
        hostname=host,
        port=0,
        authenticator=box.authenticate,
        tls_context=tls,
        auth_require_tls=False,
    )
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


class _Controller(Controller):
    """Listens at any free port; the library wants to know it before, to see whether it answers."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def token_in(link: str) -> str:
    """Return the secret of a link, which stands where no server sees it."""
    _, _, fragment = link.partition("#")
    return fragment.removeprefix("token=")
