"""What a server offers to read, by its own OpenAPI document; what it does not have is not asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WORDS_PARAMETER = "q"
_JSON = "application/json"
_LEFT_OUT = (
    "/health",
    "/metrics",
    "/docs",
    "/openapi",
    "/export",
    "/preview",
    "/settings",
    "/session",
    "/tokens",
    "/users",
)
_READERS = "viewer"


@dataclass(frozen=True, slots=True)
class Offered:
    """An address that is read by GET and answers with JSON.

    ``choices`` are the parameters that take one of a few values; ``free`` those that take a text.
    """

    path: str
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    needs_words: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it comes in pages."""
        return "cursor" in self.free

    @property
    def list_path(self) -> str | None:
        """The list whose ids this address takes, or ``None``."""
        return self.path.split("/{", maxsplit=1)[0] if "{" in self.path else None


def read_offer(document: Mapping[str, Any]) -> list[Offered]:
    """Return the addresses that may be asked without knowing more than an id, in the document's order."""
    found = [_offered(document, path, item) for path, item in document.get("paths", {}).items()]
    return [each for each in found if each is not None]


def _offered(document: Mapping[str, Any], path: str, item: Mapping[str, Any]) -> Offered | None:
    operation = item.get("get")
    if operation is None or path.count("{") > 1 or any(part in path for part in _LEFT_OUT):
        return None
    if operation.get("x-role", _READERS) != _READERS:
        return None
    if set(operation.get("responses", {}).get("200", {}).get("content", {})) != {_JSON}:
        return None
    parameters = [_resolved(document, each) for each in operation.get("parameters", [])]
    of_query = [each for each in parameters if each.get("in") == "query"]
    required = {each["name"] for each in of_query if each.get("required")}
    if required - {WORDS_PARAMETER}:
        return None
    # What rows hold under the name of a parameter for ids is no id of theirs.
    values = {
        str(each["name"]): _values(document, each.get("schema", {}))
        for each in of_query
        if not _is_id(document, each.get("schema", {}))
    }
    return Offered(
        path,
        {name: found for name, found in values.items() if found},
        frozenset(name for name, found in values.items() if not found),
        needs_words=WORDS_PARAMETER in required,
    )


def _values(document: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a parameter may be, where that is told; an array may hold what its items may be."""
    schema = _resolved(document, schema)
    if schema.get("type") == "boolean":
        return ("true", "false")
    if "enum" in schema:
        return tuple(str(value) for value in schema["enum"])
    inner = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    return next((found for each in inner if (found := _values(document, each))), ())


def _is_id(document: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    """Tell whether a parameter, or each of several, is an id."""
    schema = _resolved(document, schema)
    inner = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    return schema.get("format") == "uuid" or any(_is_id(document, each) for each in inner)


def _resolved(document: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = part.get("$ref")
    if not isinstance(reference, str):
        return part
    place: Any = document
    for name in reference.removeprefix("#/").split("/"):
        place = place[name]
    return _resolved(document, place)
