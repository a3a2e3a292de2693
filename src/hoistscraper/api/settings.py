"""``/api/settings``: what may be changed while all runs, and what counts at this moment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.problems import documented
from hoistscraper.api.resource import resource
from hoistscraper.api.setting_wire import Setting, SettingChanges, SettingList, limits_of
from hoistscraper.api.trail import TrailOf
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.clock import now
from hoistscraper.database.stored_settings import store_settings, stored_settings
from hoistscraper.errors import Conflict
from hoistscraper.features import Share
from hoistscraper.settings import CHANGEABLE, Settings, overlaid, source_of, variable_of

router = resource("/settings", "settings")

_SECRET = frozenset(
    name for name, field in Settings.model_fields.items() if SecretStr in get_args(field.annotation)
)


@router.get("", summary="Read the settings")
async def read_settings(parts: PartsOf) -> SettingList:
    """Return every setting with its value and where that comes from; secrets are never shown."""
    async with parts.database.transaction() as session:
        return _told(parts.settings, await stored_settings(session))


@router.patch("", responses=documented(409), summary="Change settings")
async def change_settings(body: SettingChanges, parts: PartsOf, trail: TrailOf) -> SettingList:
    """Change settings for all workers, which take them up with their next job.

    409: the environment sets one of them, and wins.
    """
    changes = _changes(body)
    for name in changes:
        if name in parts.settings.model_fields_set:
            raise Conflict(
                f"{variable_of(name)} is set in the environment, which wins; unset it there and start anew."
            )
    async with parts.database.transaction() as session:
        before = await stored_settings(session)
        await store_settings(session, changes, at=now())
        said = {name: {"from": before.get(name), "to": value} for name, value in changes.items()}
        await trail.record(session, Action.SETTING_CHANGE, Thing("settings", label=", ".join(changes)), said)
        return _told(parts.settings, await stored_settings(session))


def _changes(body: BaseModel) -> dict[str, object]:
    return body.model_dump(exclude_unset=True)


def _told(settings: Settings, stored: Mapping[str, object]) -> SettingList:
    current = overlaid(settings, stored)
    return SettingList(
        items=[
            Setting(
                name=name,
                variable=variable_of(name),
                value=_shown(name, getattr(current, name)),
                default=_default(name),
                source=source_of(settings, name, stored),
                is_changeable=name in CHANGEABLE and name not in settings.model_fields_set,
                is_secret=name in _SECRET,
                limits=limits_of(name),
                description=field.description or "",
            )
            for name, field in Settings.model_fields.items()
        ]
    )


def _default(name: str) -> Any:  # noqa: ANN401 - what JSON can hold
    default = Settings.model_fields[name].default
    return None if default is PydanticUndefined else _shown(name, default)


def _shown(name: str, value: object) -> Any:  # noqa: ANN401
    match value:
        case _ if name in _SECRET or isinstance(value, SecretStr):
            return None
        case frozenset():
            return sorted(value)
        case Path() | Share():
            return str(value)
        case _:
            return value
