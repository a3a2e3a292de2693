"""``/api/features``: which optimisations are switched on."""

from typing import Literal

from pydantic import BaseModel, Field

from hoistscraper.api.parts import PartsOf
from hoistscraper.api.resource import resource
from hoistscraper.features import FEATURES, Share

router = resource("/features", "settings")


class Feature(BaseModel):
    """An optimisation that can be switched off; results are the same without it."""

    name: str = Field(examples=["response_cache"])
    description: str = Field(examples=["Give ready answers again as long as nothing has changed."])
    variable: str = Field(
        description="The environment variable that switches it.", examples=["HOIST_FEATURES_RESPONSE_CACHE"]
    )
    state: Literal["on", "off", "share"]
    share_percent: float = Field(
        description="For how many websites, or requests where no website is concerned, it is on.",
        ge=0,
        le=100,
        examples=[100],
    )


class FeatureList(BaseModel):
    """Every feature that there is."""

    items: list[Feature]


@router.get("", summary="List features")
async def list_features(parts: PartsOf) -> FeatureList:
    """Return every optimisation with its state; environment variables change them, at the next start."""
    return FeatureList(items=[_shown(name, getattr(parts.settings, f"features_{name}")) for name in FEATURES])


def _shown(name: str, share: Share) -> Feature:
    word = str(share)
    return Feature(
        name=name,
        description=FEATURES[name],
        variable=f"HOIST_FEATURES_{name.upper()}",
        state="on" if word == "on" else "off" if word == "off" else "share",
        share_percent=share.percent,
    )
