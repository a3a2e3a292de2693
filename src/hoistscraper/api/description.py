"""What the API says of itself (OpenAPI): the answers that any request may get, and an example of each."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from hoistscraper.api.examples import example_of
from hoistscraper.api.problems import documented

Json = dict[str, Any]


def describe(app: FastAPI) -> None:
    """Have the application describe itself completely."""
    plain = app.openapi

    def complete() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = completed(plain())
        return app.openapi_schema

    app.openapi = complete  # type: ignore[method-assign]


def completed(description: Json) -> Json:
    """Add what FastAPI cannot know: which requests may be refused unread, and examples."""
    for path in description["paths"].values():
        for operation in path.values():
            for status, answer in _refusals(operation).items():
                operation["responses"].setdefault(str(status), answer)
            _give_examples(operation, description)
    return description


def _refusals(operation: Json) -> Mapping[int | str, Json]:
    statuses = [400, 413] if "requestBody" in operation else []
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
