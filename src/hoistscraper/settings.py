"""Every setting, read once from the environment; a wrong value stops the start with a sentence."""

import os
import re
from collections.abc import Mapping
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    PrivateAttr,
    SecretStr,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from hoistscraper.errors import Invalid
from hoistscraper.features import FEATURES, ON, Share


def _share(value: object) -> object:
    return Share.parse(value) if isinstance(value, str) else value


Switch = Annotated[Share, NoDecode, BeforeValidator(_share)]

# Names that people know from elsewhere.
_EXPECTED_NAMES = (
    "DATABASE_URL",
    "REDIS_URL",
    "PLAYWRIGHT_BROWSERS_PATH",
    "OLLAMA_HOST",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "SENTRY_DSN",
)

Source = Literal["command", "environment", "stored", "default"]


# May be changed while all runs; a worker takes them up with its next job. The others need a new start: they
# say what a process opens, or what it may do to this machine.
CHANGEABLE = (
    "pace_seconds",
    "host_connections",
    "host_daily_requests",
    "timeout_seconds",
    "max_page_megabytes",
    "attempts",
    "respect_robots",
    "max_pages",
    "max_details",
    "verify_after_hours",
    "snapshot_days",
    "log_days",
    "job_attempts",
    "retry_seconds",
    "render",
    "timezone",
)


_MAIL_ADDRESS = re.compile(r"[^@\s<>\",;:()\[\]\\\x00-\x1f\x7f]+@[^@\s<>\",;:()\[\]\\/\x00-\x1f\x7f]+")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def secret_folders() -> list[Path]:
    """Return where files of secrets may lie: systemd's credentials of this process, then a container's."""
    named = os.environ.get("CREDENTIALS_DIRECTORY")  # noqa: TID251 - it says where settings are
    return [*([Path(named)] if named else []), Path("/run/secrets")]


def is_secret_kept(address: str) -> bool:
    """Whether nobody in between reads what is sent to an address: by TLS, or within this computer."""
    try:
        url = urlsplit(address)
        named = bool(url.hostname) and url.username is None and url.port != 0
    except ValueError:
        return False
    return named and (url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK_NAMES))


def _is_mail_server(address: str) -> bool:
    try:
        url = urlsplit(address)
        return (
            url.scheme in {"smtp", "smtps"} and bool(url.hostname) and url.port != 0 and url.path in {"", "/"}
        )
    except ValueError:
        return False


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("there is no such time zone; write it like Europe/Paris or UTC")
    return name


class Settings(BaseSettings):
    """The settings of one process, prefix ``HOIST_`` (and ``DATABASE_URL`` as people expect)."""

    model_config = SettingsConfigDict(env_prefix="HOIST_", frozen=True, extra="ignore")

    _commanded: frozenset[str] = PrivateAttr(default=frozenset())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put files of secrets, named like the variables in small letters, behind the environment."""
        folders = [folder for folder in secret_folders() if folder.is_dir()]
        files = [SecretsSettingsSource(settings_cls, secrets_dir=folder) for folder in folders]
        return init_settings, env_settings, *files

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("hoistscraper"),
        description="Folder for the embedded database and everything else that is kept.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "HOIST_DATABASE_URL"),
        description="A PostgreSQL server of yours; without it an embedded one is run in the data folder.",
    )
    pool_size: int = Field(default=20, ge=1, le=500, description="Database connections that are kept open.")
    pool_overflow: int = Field(
        default=40, ge=0, le=500, description="Database connections opened on top for a while under load."
    )
    pool_recycle_seconds: int = Field(
        default=300,
        ge=1,
        description=(
            "Age at which a database connection is replaced by a new one; some at half of it already."
        ),
    )
    pool_wait_seconds: float = Field(
        default=5,
        gt=0,
        le=600,
        description="How long a request waits for a database connection while all are busy.",
    )
    read_pool_size: int = Field(
        default=10, ge=1, le=500, description="Most database connections of the API that only read."
    )
    read_timeout_seconds: float = Field(
        default=10, gt=0, le=3600, description="Longest time for one database statement of the API."
    )
    statement_timeout_seconds: float = Field(
        default=60, ge=0, le=86_400, description="Longest time for one database statement; 0 is no limit."
    )
    allow_hosts: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="Hosts, host:port or networks (10.0.0.0/8), comma-separated, fetched though private.",
    )
    user_agent: str = Field(
        default="HoistScraper/0.1 (+https://github.com/hoistscraper/hoistscraper)",
        description="How we introduce ourselves to websites; add a contact address of yours.",
    )
    pace_seconds: float = Field(
        default=1.0, ge=0, le=3600, description="Least time between two requests to one host."
    )
    host_connections: int = Field(
        default=4, ge=1, le=32, description="Most requests under way to one host at a time."
    )
    timeout_seconds: float = Field(
        default=30, gt=0, le=600, description="Longest time for one page, from connecting to its last byte."
    )
    max_page_megabytes: float = Field(
        default=20, gt=0, le=1000, description="Largest page or document, after decompression."
    )
    max_redirects: int = Field(default=10, ge=0, le=50, description="Most redirects followed for one page.")
    host_daily_requests: int = Field(
        default=0, ge=0, le=10_000_000, description="Most requests to one host in a day; 0 is no limit."
    )
    attempts: int = Field(
        default=4, ge=1, le=10, description="How often a page is asked for when a failure may pass."
    )
    respect_robots: bool = Field(default=True, description="Obey robots.txt.")
    max_pages: int = Field(
        default=50, ge=1, le=10_000, description="Most listing pages followed in one scrape of a website."
    )
    max_details: int = Field(
        default=2_000, ge=0, le=100_000, description="Most detail pages fetched in one scrape of a website."
    )
    verify_after_hours: float = Field(
        default=24, ge=0, description="How old a detail page may grow before it is checked again."
    )
    credential_key: SecretStr | None = Field(
        default=None,
        description="Key of stored log-ins, or several, newest first; else a key file in the data folder.",
    )
    snapshot_days: int = Field(
        default=90, ge=0, description="How long the saved text of a page is kept; 0 keeps none."
    )
    concurrency: int = Field(
        default=4, ge=1, le=64, description="Websites that one worker scrapes side by side."
    )
    stalled_after_seconds: float = Field(
        default=30,
        ge=0.5,
        le=3600,
        description="Silence after which a worker counts as dead and others take up its jobs.",
    )
    stop_seconds: float = Field(
        default=10,
        ge=0,
        le=600,
        description="How long a worker that stops waits for pages in flight.",
    )
    job_attempts: int = Field(
        default=4, ge=1, le=20, description="How often a job is tried when its website may heal."
    )
    retry_seconds: float = Field(
        default=60,
        gt=0,
        le=86_400,
        description="Wait before a second attempt; later ones wait longer.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="Form of what servers and workers log: text for people, or json, an object a line.",
    )
    otel_exporter_otlp_endpoint: str | None = Field(
        default=None,
        validation_alias=AliasChoices("OTEL_EXPORTER_OTLP_ENDPOINT", "HOIST_OTEL_EXPORTER_OTLP_ENDPOINT"),
        description="Where traces are sent by OTLP over HTTP, such as http://127.0.0.1:4318; needs the "
        "extra otel.",
    )
    sentry_dsn: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("SENTRY_DSN", "HOIST_SENTRY_DSN"),
        description="The address by which Sentry takes reports of mistakes; needs the extra sentry.",
    )
    log_days: int = Field(default=30, ge=1, le=3650, description="How long the log of a job is kept.")
    render: Literal["auto", "never"] = Field(
        default="auto", description="Whether pages that need it are shown by a browser: auto or never."
    )
    browser: str | None = Field(
        default=None,
        description="The browser's program; without it Playwright's own Chromium, else one of the system.",
    )
    playwright_browsers_path: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("PLAYWRIGHT_BROWSERS_PATH", "HOIST_PLAYWRIGHT_BROWSERS_PATH"),
        description="Where Playwright keeps its browsers, if not in its usual folder.",
    )
    browser_sandbox: bool = Field(
        default=True, description="Use the browser's own sandbox; root never has it, nor do some containers."
    )
    browser_pages: int = Field(
        default=3, ge=1, le=16, description="Most pages that a browser shows at a time."
    )
    browser_timeout_seconds: float = Field(
        default=30,
        gt=0,
        le=600,
        description="Longest time for a page in the browser until its text is there.",
    )
    browser_recycle_pages: int = Field(
        default=500, ge=1, description="Pages after which the browser is replaced by a fresh one."
    )
    browser_recycle_megabytes: int = Field(
        default=1_500, ge=100, description="Memory of the browser at which it is replaced by a fresh one."
    )
    host: str = Field(
        default="127.0.0.1", description="Address of this machine at which the API and web app answer."
    )
    port: int = Field(default=8000, ge=0, le=65535, description="Their port; 0 takes any free one.")
    public_url: str | None = Field(
        default=None,
        description="Address by which people reach it, such as https://calls.example.org, if not HOIST_HOST.",
    )
    session_idle_hours: float = Field(
        default=12, gt=0, le=24 * 365, description="Hours without use after which one is signed out."
    )
    session_days: float = Field(
        default=30, gt=0, le=365, description="Days after which one is signed out in any case."
    )
    mail_from: str | None = Field(
        default=None, description="Address that our e-mail comes from, such as calls@example.org."
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Server that sends our e-mail: smtp://user:password@host:587 or smtps://… "
        "(?starttls=never: without encryption); else links are shown to who made them.",
    )
    oidc_client_id: str | None = Field(
        default=None, description="Our name at the OpenID Connect provider by which people sign in."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Our secret there, if it wants one."
    )
    oidc_name: str = Field(
        default="Single sign-on",
        min_length=1,
        max_length=60,
        description="What the button to sign in there says.",
    )
    oidc_role: Literal["invited-only", "viewer", "editor"] = Field(
        default="invited-only",
        description="Role of those who come from there for the first time; invited-only: they need an "
        "invitation or an account.",
    )
    oidc_domains: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="What follows the @ of those who may sign in there, comma-separated, as example.org; "
        "none: all.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="Address of the provider, such as https://login.example.org; needs HOIST_PUBLIC_URL and "
        "HOIST_OIDC_CLIENT_ID.",
    )
    metrics: Literal["loopback", "signed-in"] = Field(
        default="loopback",
        description="Who reads /metrics without signing in: programs of this machine (loopback), or nobody "
        "(signed-in).",
    )
    backup_schedule: str | None = Field(
        default=None,
        description="When workers make a backup by themselves, such as `daily at 02:00`; not set: never.",
    )
    backup_to: str | None = Field(
        default=None,
        description="Where backups go: a folder, or s3://bucket/folder; else the folder backups in the data "
        "folder.",
    )
    backup_passphrase: SecretStr | None = Field(
        default=None,
        description="Locks backups; with it, the key of stored log-ins goes along. Keep it elsewhere, too.",
    )
    backup_verify: bool = Field(
        default=True,
        description="Restore each backup for a trial and compare every row before it gets its name.",
    )
    backup_keep_daily: int = Field(
        default=7, ge=0, le=10_000, description="Of so many days with a backup the newest one stays."
    )
    backup_keep_weekly: int = Field(
        default=4, ge=0, le=10_000, description="The same for weeks; 0 for days, weeks and months keeps all."
    )
    backup_keep_monthly: int = Field(default=12, ge=0, le=10_000, description="The same for months.")
    workers: int = Field(
        default=1, ge=0, le=64, description="Worker processes that `hoistscraper serve` runs beside the API."
    )
    max_request_megabytes: float = Field(
        default=10,
        gt=0,
        le=1000,
        description="Largest request that the API accepts, such as a list to import.",
    )
    request_timeout_seconds: float = Field(
        default=60, gt=0, le=3600, description="Longest time until the API begins an answer."
    )
    address_requests_per_minute: int = Field(
        default=6_000,
        ge=0,
        le=10_000_000,
        description="Most requests from one address in a minute; 0 is no limit.",
    )
    user_requests_per_minute: int = Field(
        default=3_000,
        ge=0,
        le=10_000_000,
        description="Most requests of one user in a minute, from wherever; 0 is no limit.",
    )
    limit_loopback: bool = Field(
        default=False, description="Limit requests from this machine, too; load tests are not meant to be."
    )
    trusted_proxies: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="Addresses or networks of proxies in front, comma-separated, whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed.",
    )
    ollama_host: str | None = Field(
        default=None,
        validation_alias=AliasChoices("OLLAMA_HOST", "HOIST_OLLAMA_HOST"),
        description="A language model's server, such as 127.0.0.1:11434; nothing waits for it.",
    )
    language_model_url: str | None = Field(
        default=None,
        description="Address of a server that speaks OpenAI's protocol, such as https://models.example/v1; "
        "goes before OLLAMA_HOST.",
    )
    language_model_name: str | None = Field(
        default=None,
        min_length=1,
        description="The model's name there, such as qwen3:4b; without it none is asked.",
    )
    language_model_api_key: SecretStr | None = Field(
        default=None, description="The key that the model's server wants, if it wants one."
    )
    language_model_timeout_seconds: float = Field(
        default=120, gt=0, le=3600, description="Longest time for one answer of the language model."
    )
    language_model_concurrency: int = Field(
        default=1, ge=1, le=32, description="Questions that the language model is asked side by side."
    )
    language_model_page_characters: int = Field(
        default=8_000,
        ge=500,
        le=200_000,
        description="Most characters of a page that the language model is shown with one question.",
    )
    language_model_daily_calls: int = Field(
        default=2_000, ge=0, description="Most questions to the language model in a day (UTC); 0 is no limit."
    )
    language_model_daily_tokens: int = Field(
        default=5_000_000, ge=0, description="Most tokens of questions and answers in a day; 0 is no limit."
    )
    language_model_website_calls: int = Field(
        default=200, ge=0, description="Most questions about one website's pages in a day; 0 is no limit."
    )
    language_model_website_tokens: int = Field(
        default=500_000, ge=0, description="Most tokens for one website's pages in a day; 0 is no limit."
    )
    cache_megabytes: float = Field(
        default=64, ge=0, le=100_000, description="Memory for answers that are ready to be given again."
    )
    redis_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("REDIS_URL", "HOIST_REDIS_URL"),
        description="A Redis through which several processes of the API share ready answers; never needed.",
    )
    features_response_cache: Switch = Field(default=ON, description=FEATURES["response_cache"])
    features_compression: Switch = Field(default=ON, description=FEATURES["compression"])
    features_search_chooser: Switch = Field(default=ON, description=FEATURES["search_chooser"])
    features_conditional_requests: Switch = Field(default=ON, description=FEATURES["conditional_requests"])
    features_batch_writes: Switch = Field(default=ON, description=FEATURES["batch_writes"])
    features_recipes: Switch = Field(default=ON, description=FEATURES["recipes"])
    features_language_model: Switch = Field(default=ON, description=FEATURES["language_model"])
    features_browser_reuse: Switch = Field(default=ON, description=FEATURES["browser_reuse"])
    timezone: Annotated[str, AfterValidator(_known_timezone)] = Field(
        default="UTC", description="Time zone of schedules that name none, such as Europe/Paris."
    )

    @property
    def commanded(self) -> frozenset[str]:
        """The names of what the command line chose."""
        return self._commanded

    def with_commanded(self, **chosen: object) -> Self:
        """Return the settings with what the command line chose; what it only repeats is left as it is."""
        other = {name: value for name, value in chosen.items() if getattr(self, name) != value}
        changed = self.model_copy(update=other)
        changed._commanded = self._commanded | other.keys()  # noqa: SLF001 - a copy of ourselves
        return changed

    @field_validator("allow_hosts", "oidc_domains", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("allow_hosts")
    @classmethod
    def _must_name_networks(cls, value: frozenset[str]) -> frozenset[str]:
        for entry in sorted(value):
            if "/" in entry:
                try:
                    ip_network(entry)
                except ValueError:
                    raise ValueError(
                        f"{entry} is no network; write one such as 10.0.0.0/8, or a host without /"
                    ) from None
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split_proxies(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        proxies = [part.strip() for part in value.split(",") if part.strip()]
        for proxy in proxies:
            try:
                ip_network(proxy)
            except ValueError:
                raise ValueError(f"{proxy} is no address, nor a network such as 10.0.0.0/8") from None
        return frozenset(proxies)

    @field_validator("public_url")
    @classmethod
    def _must_be_an_origin(cls, value: str | None) -> str | None:
        if not value:
            return None
        url = urlsplit(value.strip().rstrip("/"))
        try:
            is_origin = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
        except ValueError:
            is_origin = False
        if not is_origin or url.path or url.query or url.fragment or url.username is not None:
            raise ValueError("write it as https://calls.example.org, with nothing behind the name and port")
        return f"{url.scheme}://{url.netloc.lower()}"

    @field_validator("mail_from")
    @classmethod
    def _must_be_an_address(cls, value: str | None) -> str | None:
        if not value:
            return None
        if not _MAIL_ADDRESS.fullmatch(value.strip()):
            raise ValueError("write it as calls@example.org, without a name")
        return value.strip()

    @field_validator("smtp_url")
    @classmethod
    def _must_be_a_mail_server(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not _is_mail_server(value.get_secret_value()):
            raise ValueError("write it as smtp://user:password@host:587 or smtps://user:password@host")
        for needed in ("mail_from", "public_url"):
            if not info.data.get(needed):
                raise ValueError(f"it needs {variable_of(needed)}, too")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _must_be_a_provider(cls, value: str | None, info: ValidationInfo) -> str | None:
        if not value:
            return None
        if not is_secret_kept(value) or urlsplit(value).query or urlsplit(value).fragment:
            raise ValueError("write it as https://login.example.org, exactly as the provider names itself")
        for needed in ("oidc_client_id", "public_url"):
            if not info.data.get(needed):
                raise ValueError(f"it needs {variable_of(needed)}, too")
        return value

    @field_validator("language_model_url")
    @classmethod
    def _must_be_a_model_server(cls, value: str | None) -> str | None:
        if not value:
            return None
        try:
            url = urlsplit(value.strip().rstrip("/"))
            is_address = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
        except ValueError:
            is_address = False
        if not is_address or url.query or url.fragment or url.username is not None:
            raise ValueError("write it as https://models.example/v1, and the key in its own setting")
        return value.strip().rstrip("/")

    @field_validator("language_model_api_key")
    @classmethod
    def _must_be_kept_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        # OLLAMA_HOST may be written without a scheme; then the key would travel in the clear, too.
        address = info.data.get("language_model_url") or info.data.get("ollama_host") or ""
        if address and not is_secret_kept(address if "://" in address else f"http://{address}"):
            raise ValueError(
                "everybody on the way could read it; the server's address must begin with https://"
            )
        return value

    @field_validator("database_url")
    @classmethod
    def _must_be_postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        # A server on a unix socket has an empty host: postgresql://user@/name?host=/folder
        if urlsplit(value.get_secret_value()).scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
            raise ValueError("write it as postgresql://user:password@host:5432/name")
        return value

    @field_validator("backup_schedule", "backup_to", "backup_passphrase", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("otel_exporter_otlp_endpoint")
    @classmethod
    def _must_be_a_collector(cls, value: str | None) -> str | None:
        if not value:
            return None
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
            raise ValueError("write it as http://127.0.0.1:4318")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _must_be_a_dsn(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        url = urlsplit(value.get_secret_value())
        if url.scheme not in {"http", "https"} or not url.hostname or not url.username:
            raise ValueError("write it as Sentry shows it, https://key@host/project")
        return value

    @field_validator("redis_url")
    @classmethod
    def _must_be_redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if urlsplit(value.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("write it as redis://user:password@host:6379/0")
        return value


@cache
def load_settings() -> Settings:
    """Read the settings of this process.

    :raises Invalid: naming the variable, what is wrong with it and where it is explained.
    """
    try:
        return Settings()
    except ValidationError as error:
        causes = "; ".join(
            f"{variable_of(str(cause['loc'][0]))}: {cause['msg'].lower()}" for cause in error.errors()
        )
        raise Invalid(f"A setting is wrong: {causes}. `hoistscraper config` explains each.") from None


def overlaid(settings: Settings, stored: Mapping[str, object]) -> Settings:
    """Return the settings with what is stored, where the environment says nothing.

    Stored values that this version does not know or allow are left out.
    """
    fit = {name: value for name, value in stored.items() if source_of(settings, name, stored) == "stored"}
    return settings.model_copy(update=fit) if fit else settings


def source_of(settings: Settings, name: str, stored: Mapping[str, object]) -> Source:
    """Return where the value of a setting comes from; the command line wins, then the environment."""
    if name in settings.commanded:
        return "command"
    if name in settings.model_fields_set:
        return "environment"
    return "stored" if name in CHANGEABLE and name in stored and _fits(name, stored[name]) else "default"


def _fits(name: str, value: object) -> bool:
    try:
        checker(name).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


@cache
def checker(name: str) -> TypeAdapter[object]:
    """Return what checks a value of one setting, by the rules of its field."""
    return TypeAdapter(type_of(name))


def type_of(name: str) -> Any:  # noqa: ANN401 - a type with its limits, whatever it is
    """Return the type of a setting with its limits."""
    field = Settings.model_fields[name]
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def variable_of(field: str) -> str:
    """Return the environment variable that sets a field."""
    name = field.upper()
    return name if name in _EXPECTED_NAMES else f"HOIST_{name}"
