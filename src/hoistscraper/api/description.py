"""What the API says of itself (OpenAPI): the answers that any request may get, and an example of each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI

from hoistscraper.accounts.roles import Role
from hoistscraper.api.access import ACCESS
from hoistscraper.api.cookies import Cookies
from hoistscraper.api.examples import example_of
from hoistscraper.api.problems import documented

Json = dict[str, Any]

SECURITY_SCHEMES: Mapping[str, Json] = MappingProxyType(
    {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of `hoistscraper token add` or `POST /api/tokens`, such as hst_….",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": Cookies.SESSION,
            "description": "The cookie that `POST /api/session` sets; behind TLS its name begins __Host-.",
        },
        "csrf": {
            "type": "apiKey",
            "in": "header",
            "name": "X-CSRF-Token",
            "description": "`csrf_token` of `GET /api/session`; with the cookie, each change needs it.",
        },
    }
)


def describe(app: FastAPI) -> None:
    """Have the application describe itself completely."""
    plain = app.openapi

    def complete() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = completed(plain())
        return app.openapi_schema

    app.openapi = complete  # type: ignore[method-assign]


def completed(description: Json) -> Json:
    """Add what FastAPI cannot know: who may ask, which requests may be refused unread, and examples."""
    description["components"]["securitySchemes"] = dict(SECURITY_SCHEMES)
    for path in description["paths"].values():
        for method, operation in path.items():
            needed = ACCESS[operation["operationId"]]
            operation["security"] = _ways_in(needed, is_change=method != "get")
            operation["x-role"] = needed or "anybody"
            for status, answer in _refusals(operation, needed, is_change=method != "get").items():
                operation["responses"].setdefault(str(status), answer)
            _give_examples(operation, description)
    return description


def _ways_in(needed: Role | None, *, is_change: bool) -> list[Json]:
    """Return by what one may be recognised: any one of these; the empty one is nothing."""
    by_session: Json = {"session": [], "csrf": []} if is_change else {"session": []}
    by_token: Json = {"token": []}
    return [by_token, by_session] if needed else [{}, by_token, by_session]


def _refusals(operation: Json, needed: Role | None, *, is_change: bool) -> Mapping[int | str, Json]:
    # A token that has ended is told of everywhere; another website's change is refused everywhere.
    statuses = [401, 421, *([403] if needed or is_change else [])]
    if "requestBody" in operation:
        statuses += [400, 413]
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        statuses.append(414)
    answers = documented(*statuses)
    return {
        status: {"description": answer["description"], "content": answer["content"]}
        for status, answer in answers.items()
    }


def _give_examples(operation: Json, description: Json) -> None:
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for part in (*bodies, *operation["responses"].values()):
        for kind, media in part.get("content", {}).items():
            if kind == "application/json" and "example" not in media:
                media["example"] = example_of(media["schema"], description)
