"""Settings on the wire."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from hoistscraper.settings import CHANGEABLE, Settings, Source, checker, type_of


class SettingLimits(BaseModel):
    """What a setting takes."""

    kind: Literal["switch", "whole number", "number", "choice", "text"] = Field(examples=["number"])
    least: float | None = Field(description="This much or more.", examples=[0])
    above: float | None = Field(description="More than this.", examples=[None])
    most: float | None = Field(description="This much or less.", examples=[3600])
    choices: list[str] = Field(description="One of these, if there are any.", examples=[[]])


class Setting(BaseModel):
    """One setting: its value, and where that comes from."""

    name: str = Field(examples=["pace_seconds"])
    variable: str = Field(
        description="The environment variable that sets it.", examples=["HOIST_PACE_SECONDS"]
    )
    value: bool | int | float | str | list[str] | None = Field(
        description="null: not set, or a secret.", examples=[1.0]
    )
    default: bool | int | float | str | list[str] | None = Field(
        description="What counts if nobody sets it; null: nothing, or what this machine has.",
        examples=[1.0],
    )
    source: Source = Field(
        description="The command line wins, then the environment, then what is stored here."
    )
    is_changeable: bool = Field(
        description="Whether PATCH takes it: not if the environment sets it, or a restart is needed."
    )
    is_secret: bool = Field(description="true: its value is never shown.")
    limits: SettingLimits | None = Field(description="null: it needs a restart in any case.")
    description: str = Field(examples=["Least time between two requests to one host."])


class SettingList(BaseModel):
    """Every setting."""

    items: list[Setting]


_KINDS: dict[str, Literal["switch", "whole number", "number"]] = {
    "boolean": "switch",
    "integer": "whole number",
    "number": "number",
}


def limits_of(name: str) -> SettingLimits | None:
    """Return what a setting takes, by the rules of its field; ``None`` for those that need a restart."""
    if name not in CHANGEABLE:
        return None
    schema = checker(name).json_schema()
    choices = schema.get("enum", [])
    return SettingLimits(
        kind="choice" if choices else _KINDS.get(schema["type"], "text"),
        least=schema.get("minimum"),
        above=schema.get("exclusiveMinimum"),
        most=schema.get("maximum"),
        choices=choices,
    )


def _change(name: str) -> Any:  # noqa: ANN401 - what create_model takes
    described = Settings.model_fields[name].description
    return (type_of(name) | None, Field(default=None, description=f"{described} null: its default."))


SettingChanges = create_model(
    "SettingChanges",
    __config__=ConfigDict(extra="forbid", json_schema_extra={"examples": [{"pace_seconds": 2.0}]}),
    __doc__="What to change; whatever is left out stays. The limits are those of the environment variables.",
    **{name: _change(name) for name in CHANGEABLE},
)
