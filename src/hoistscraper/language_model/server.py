"""Which model is asked, where, and in which protocol: what the settings say of it."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address

from pydantic import SecretStr
from yarl import URL

from hoistscraper.errors import Invalid
from hoistscraper.settings import Settings

_USUAL_PORT = 11434
# What a server listens at, and no address to ask at; people set OLLAMA_HOST for both.
_AT_HOME = {str(IPv4Address(0)): "127.0.0.1", str(IPv6Address(0)): "::1"}


class Protocol(StrEnum):
    """How a server is spoken to."""

    OLLAMA = "ollama"
    OPENAI = "openai"


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A server, and the model that is asked for there; without a ``model``, nothing is asked."""

    protocol: Protocol
    base: URL
    model: str | None
    api_key: SecretStr | None

    @property
    def questions(self) -> URL:
        """Where questions are sent."""
        return self.base / ("api/chat" if self.protocol is Protocol.OLLAMA else "chat/completions")

    @property
    def sign_of_life(self) -> URL:
        """What is asked for to see whether it answers."""
        return self.base / ("api/version" if self.protocol is Protocol.OLLAMA else "models")

    @property
    def authority(self) -> str:
        """The one host and port that may be connected to, as the guard names it."""
        host = self.base.host or ""
        return f"[{host}]:{self.base.port}" if ":" in host else f"{host}:{self.base.port}"

    @property
    def name(self) -> str:
        """By which it is known in our books: another model there may do what this one does not."""
        return f"{self.base} {self.model or ''}".strip()

    @property
    def headers(self) -> dict[str, str]:
        """What tells it who asks."""
        return {"Authorization": f"Bearer {self.api_key.get_secret_value()}"} if self.api_key else {}


def server_in(settings: Settings) -> ModelServer | None:
    """Return the server that the settings name; HOIST_LANGUAGE_MODEL_URL goes before OLLAMA_HOST.

    :raises Invalid: OLLAMA_HOST is no address.
    """
    name, key = settings.language_model_name, settings.language_model_api_key
    if settings.language_model_url:
        return ModelServer(Protocol.OPENAI, URL(settings.language_model_url), name, key)
    if settings.ollama_host:
        return ModelServer(Protocol.OLLAMA, server_of(settings.ollama_host), name, key)
    return None


def asked_for(settings: Settings, website: str) -> ModelServer | None:
    """Return the server that is asked about the pages of a website; ``None``: none is."""
    server = server_in(settings)
    if server is None or server.model is None or not settings.features_language_model.includes(website):
        return None
    return server


def server_of(host: str) -> URL:
    """Return the address of a server as OLLAMA_HOST names it: ``host``, ``host:port`` or a whole address.

    :raises Invalid: it is none.
    """
    try:
        url = URL(host if "://" in host else f"http://{host}")
        port = url.explicit_port or (_USUAL_PORT if "://" not in host else url.port)
    except ValueError:
        url, port = URL(), None
    if url.scheme not in ("http", "https") or not url.host or port is None:
        raise Invalid(
            f"OLLAMA_HOST says {host[:100]}; write it like 127.0.0.1:11434 or https://models.example."
        )
    if at_home := _AT_HOME.get(url.host):
        url = url.with_host(at_home)
    return url.with_port(port).origin()
