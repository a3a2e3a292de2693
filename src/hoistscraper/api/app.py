"""The API as one ASGI application."""

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from hoistscraper.api import (
    audit_entries,
    backups,
    features,
    health,
    invitations,
    metrics,
    oidc,
    opportunities,
    password_resets,
    problems,
    saved_views,
    scrape_jobs,
    session,
    sessions,
    settings,
    stats,
    system,
    tokens,
    triage,
    users,
    website_figures,
    website_lists,
    website_log_ins,
    website_preview,
    websites,
)
from hoistscraper.api.access import must_all_be_guarded
from hoistscraper.api.content_policies import DOCS
from hoistscraper.api.description import describe
from hoistscraper.api.limits import BodyLimit, QueryLimit, TimeLimit
from hoistscraper.api.parts import Parts

API_VERSION = "1"

_DESCRIPTION = """
Everything that the web app shows, for your own programs.

- Lists come in pages: pass `next` of an answer as `cursor` to get the page after it.
- Everything that goes wrong is a problem document (RFC 9457), whose `detail` says what to do.
- Times are in UTC (RFC 3339). A deadline is what the page prints; `closes_at` is the instant after which
  nobody can apply.
"""


def build_app(parts: Parts) -> FastAPI:
    """Return the application over parts that are open as long as it serves.

    :raises LookupError: an operation does not say who may do it.
    """
    # Its page of explanations works where nothing from outside can be loaded, and tells nobody who reads it.
    app = FastAPIOffline(
        title="HoistScraper",
        # That of the API. Which release answers is nobody's business who only finds us.
        version=API_VERSION,
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=DOCS,
        redoc_url=None,
        static_url=f"{DOCS}/assets",
        swagger_ui_oauth2_redirect_url=f"{DOCS}/signed-in",
        redirect_slashes=False,
    )
    app.state.parts = parts
    problems.install(app)
    # Paths that begin with a word come before those that begin with an id.
    for resource in (
        opportunities,
        website_figures,
        website_lists,
        website_preview,
        website_log_ins,
        websites,
        scrape_jobs,
        triage,
        saved_views,
        settings,
        audit_entries,
        backups,
        stats,
        system,
        features,
        oidc,
        session,
        sessions,
        users,
        invitations,
        password_resets,
        tokens,
        health,
    ):
        app.router.routes.extend(resource.router.routes)
    app.include_router(metrics.router)
    must_all_be_guarded(app)
    describe(app)
    app.add_middleware(BodyLimit, most_bytes=round(parts.settings.max_request_megabytes * 1_000_000))
    app.add_middleware(QueryLimit)
    app.add_middleware(TimeLimit, seconds=parts.settings.request_timeout_seconds)
    return app
