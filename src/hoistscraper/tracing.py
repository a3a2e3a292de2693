"""Traces of requests, jobs and pages (OpenTelemetry) and reports of mistakes (Sentry), where they are wanted.

Their libraries are extras that are loaded only then; otherwise a span is a block of nothing. Websites are
never told of our traces.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from hoistscraper.errors import Invalid
from hoistscraper.redaction import hidden, without_secrets
from hoistscraper.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

_NAME = "hoistscraper"
_NOTHING = nullcontext()
_tracers: list["Tracer"] = []
"""The one that is in use, if traces are wanted."""


@contextmanager
def observed(settings: Settings, service: str) -> Iterator[None]:
    """Send traces and mistakes of this process to where the settings say, until the end of the block.

    :raises Invalid: a library that is needed is not installed.
    """
    with ExitStack() as ending:
        if settings.sentry_dsn:
            ending.callback(_report_mistakes(settings.sentry_dsn.get_secret_value()))
        if settings.otel_exporter_otlp_endpoint:
            provider = _provider(settings.otel_exporter_otlp_endpoint, f"{_NAME}-{service}")
            # What has not been sent yet is.
            ending.callback(provider.shutdown)
            ending.callback(_tracers.clear)
            _tracers.append(provider.get_tracer(_NAME))
        yield


def is_tracing() -> bool:
    """Whether spans go anywhere."""
    return bool(_tracers)


def span(
    name: str, attributes: Mapping[str, str] | None = None, *, carrier: Mapping[str, str] | None = None
) -> AbstractContextManager[Any]:
    """Return a block that is timed; it yields the span, or ``None`` where nobody wants it.

    ``carrier`` are headers in which the caller may name the trace that this belongs to (W3C trace context).
    """
    if not _tracers:
        return _NOTHING
    context = None
    if carrier is not None:
        context = _library("opentelemetry.propagate", "otel").extract(carrier)
    told = {key: without_secrets(value) for key, value in (attributes or {}).items()}
    return _tracers[0].start_as_current_span(name, context=context, attributes=told)


def _provider(endpoint: str, service: str) -> Any:  # noqa: ANN401 - of a library that need not be there
    sdk = _library("opentelemetry.sdk.trace", "otel")
    sending = _library("opentelemetry.sdk.trace.export", "otel")
    otlp = _library("opentelemetry.exporter.otlp.proto.http.trace_exporter", "otel")
    resource = _library("opentelemetry.sdk.resources", "otel").Resource.create(
        {"service.name": service, "service.version": version(_NAME)}
    )
    provider = sdk.TracerProvider(resource=resource, shutdown_on_exit=False)
    exporter = otlp.OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(sending.BatchSpanProcessor(exporter))
    return provider


def _report_mistakes(dsn: str) -> Callable[[], None]:
    """Have mistakes reported; return what sends those that wait, and ends it."""
    sentry = _library("sentry_sdk", "sentry")
    logging = _library("sentry_sdk.integrations.logging", "sentry")
    sentry.init(
        dsn=dsn,
        release=f"{_NAME}@{version(_NAME)}",
        # What we log as an error is a mistake; nothing is gathered beside that.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[logging.LoggingIntegration(level=None)],
        include_local_variables=False,
        send_default_pii=False,
        server_name="",
        before_send=lambda event, _hint: hidden(event),
    )
    end: Callable[[], None] = sentry.get_client().close
    return end


def _library(module: str, extra: str) -> Any:  # noqa: ANN401 - of a library that need not be there
    try:
        return import_module(module)
    except ImportError:
        raise Invalid(
            f"A setting wants {extra}, which is not installed: pip install 'hoistscraper[{extra}]', or take "
            "OTEL_EXPORTER_OTLP_ENDPOINT and SENTRY_DSN away."
        ) from None
