"""Examples, put together from those that stand at the fields: they cannot grow apart from the schemas."""

from typing import Any

_OF_FORMATS = {
    "uuid": "0198c5f2-7a4b-7c3e-9d51-2f6b8e0a4d17",
    "date-time": "2031-03-01T06:00:00Z",
    "date": "2031-03-01",
    "binary": "",
}
_OF_TYPES: dict[str, object] = {
    "string": "text",
    "integer": 1,
    "number": 1.0,
    "boolean": False,
    "object": {},
    "null": None,
}
_PREFIX = "#/components/schemas/"

Json = dict[str, Any]


def example_of(schema: Json, description: Json) -> object:
    """Return a value that fits a schema of a description."""
    if reference := schema.get("$ref"):
        return example_of(description["components"]["schemas"][reference.removeprefix(_PREFIX)], description)
    for name in ("examples", "enum"):
        if schema.get(name):
            return schema[name][0]
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return example_of(_most_telling(choices), description)
    return _of_type(schema, description)


def _most_telling(choices: list[Json]) -> Json:
    """Return a choice that somebody gave an example for, or else null where that is possible."""
    with_example = next((choice for choice in choices if choice.get("examples")), None)
    return with_example or next((choice for choice in choices if choice.get("type") == "null"), choices[0])


def _of_type(schema: Json, description: Json) -> object:
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {name: example_of(each, description) for name, each in schema["properties"].items()}
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return {"name": example_of(schema["additionalProperties"], description)}
        case "array":
            return [example_of(schema.get("items", {}), description)]
        case kind:
            return _OF_FORMATS.get(schema.get("format", ""), _OF_TYPES.get(kind or "null"))
